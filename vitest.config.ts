import { defineConfig } from "vitest/config";

/**
 * Four suites: `npm test` needs the checkout alone, `npm run test:data` reads the folders named by the environment,
 * `npm run test:e2e` needs a Chromium and, for its rigs of crashes, root and strace; `npm run test:long` runs these rigs in
 * full, one after the other.
 */
const suite = process.env["SENTINODE_SUITE"] ?? "unit";

const suites: Readonly<Record<string, string[]>> = {
  unit: ["packages/*/src/**/*.test.ts", "scripts/**/*.test.ts"],
  data: ["oracles/**/*.data.test.ts"],
  e2e: ["e2e/**/*.test.ts"],
  long: ["e2e/nothing-lost/*.test.ts", "e2e/determinism.test.ts"],
};

const hour = 3_600_000;
const timeouts: Readonly<Record<string, number>> = {
  unit: 30_000,
  data: hour / 6,
  e2e: hour / 6,
  long: 12 * hour,
};

export default defineConfig({
  resolve: { conditions: ["@sentinode/source"] },
  ssr: { resolve: { conditions: ["@sentinode/source"] } },
  test: {
    include: suites[suite],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: timeouts[suite],
    hookTimeout: 120_000,
    fileParallelism: suite !== "long",
    pool: "threads",
  },
});
