import { defineConfig } from "vitest/config";

/** Two suites: `npm test` needs the checkout alone, `npm run test:data` reads the folders named by the environment. */
const suite = process.env["SENTINODE_SUITE"] ?? "unit";

export default defineConfig({
  resolve: { conditions: ["@sentinode/source"] },
  ssr: { resolve: { conditions: ["@sentinode/source"] } },
  test: {
    include:
      suite === "unit"
        ? ["packages/*/src/**/*.test.ts", "scripts/**/*.test.ts"]
        : ["oracles/**/*.data.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: suite === "unit" ? 30_000 : 600_000,
    hookTimeout: 120_000,
    pool: "threads",
  },
});
