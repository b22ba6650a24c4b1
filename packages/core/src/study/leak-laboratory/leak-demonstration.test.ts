import { describe, expect, it } from "vitest";
import { demonstrateClean, demonstrateLeak } from "./leak-demonstration.ts";
import { findMistake } from "./mistakes.ts";

const options = { patients: 150, seed: 4, permutations: 20 };

describe("demonstrateLeak", () => {
  it.each([
    ["selection-before-split", ["permutations", "identities"]],
    ["scaling-before-split", ["identities"]],
    ["tuning-on-test", ["ledger"]],
    ["outcome-derived-column", ["availability"]],
    ["site-is-outcome", ["shortcuts"]],
    ["time-travel", ["availability"]],
  ])("%s: has red lamps for %j", async (mode, lamps) => {
    const { caughtBy } = await demonstrateLeak(findMistake(mode), options);
    expect(caughtBy).toEqual(expect.arrayContaining(lamps));
  });

  it("claims more than new patients confirm, and its honest twin does not", async () => {
    const { honest, leaky } = await demonstrateLeak(findMistake("tuning-on-test"), options);
    const excess = ({ models }: typeof honest) => models[1].test.value - models[1].truth.value;
    expect(excess(leaky)).toBeGreaterThan(0.15);
    expect(Math.abs(excess(honest))).toBeLessThan(0.12);
  });

  it("is the same for the same seed, and plain JSON", async () => {
    const once = await demonstrateLeak(findMistake("scaling-before-split"), options);
    expect(JSON.parse(JSON.stringify(once))).toEqual(once);
    expect(await demonstrateLeak(findMistake("scaling-before-split"), options)).toEqual(once);
  });
});

describe("demonstrateClean", () => {
  it.each([11, 12, 13])("raises no alarm on a cohort without a mistake (seed %i)", async (seed) => {
    const { audit } = await demonstrateClean({ ...options, seed });
    expect(audit.lamps.filter(({ colour }) => colour === "red")).toEqual([]);
  });
});
