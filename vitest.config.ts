import { defineConfig } from "vitest/config";

/**
 * Three suites: `npm test` needs the checkout alone, `npm run test:data` reads the folders named by the environment,
 * `npm run test:e2e` needs a Chromium.
 */
const suite = process.env["SENTINODE_SUITE"] ?? "unit";

const suites: Readonly<Record<string, string[]>> = {
  unit: ["packages/*/src/**/*.test.ts", "scripts/**/*.test.ts"],
  data: ["oracles/**/*.data.test.ts"],
  e2e: ["e2e/**/*.test.ts"],
};

export default defineConfig({
  resolve: { conditions: ["@sentinode/source"] },
  ssr: { resolve: { conditions: ["@sentinode/source"] } },
  test: {
    include: suites[suite],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: suite === "unit" ? 30_000 : 600_000,
    hookTimeout: 120_000,
    pool: "threads",
  },
});
