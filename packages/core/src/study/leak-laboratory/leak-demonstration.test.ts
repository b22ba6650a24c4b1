import { describe, expect, it } from "vitest";
import { demonstrateClean, demonstrateLeak } from "./leak-demonstration.ts";
import { findMistake } from "./mistakes.ts";

// The whole table, with the other mistakes and fifty clean cohorts, is that of `npm run bench:leaks`.
const options = { patients: 120, seed: 4, permutations: 20 };
const patience = 120_000;

describe("demonstrateLeak", () => {
  it.each([
    ["scaling-before-split", ["identities"]],
    ["outcome-derived-column", ["availability"]],
    ["site-is-outcome", ["shortcuts"]],
  ])(
    "%s: has red lamps for %j",
    async (mode, lamps) => {
      const { caughtBy } = await demonstrateLeak(findMistake(mode), options);
      expect(caughtBy).toEqual(expect.arrayContaining(lamps));
    },
    patience,
  );

  it(
    "claims more than new patients confirm, under permuted outcomes too, is the same for the same seed, and plain JSON",
    async () => {
      const leak = await demonstrateLeak(findMistake("tuning-on-test"), options);
      const { test, truth } = leak.leaky.models[1];
      expect(test.value - truth.value).toBeGreaterThan(0.15);
      expect(leak.caughtBy).toEqual(expect.arrayContaining(["permutations", "ledger"]));
      expect(leak.honest.audit.lamps[2].colour).toBe("green");
      expect(JSON.parse(JSON.stringify(leak))).toEqual(leak);
      expect(await demonstrateLeak(findMistake("tuning-on-test"), options)).toEqual(leak);
    },
    patience,
  );
});

describe("demonstrateClean", () => {
  it.each([11, 12, 13])(
    "raises no alarm on a cohort without a mistake (seed %i)",
    async (seed) => {
      const { audit } = await demonstrateClean({ ...options, seed });
      expect(audit.lamps.filter(({ colour }) => colour === "red")).toEqual([]);
    },
    patience,
  );
});
