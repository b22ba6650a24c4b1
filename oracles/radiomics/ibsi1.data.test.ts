/**
 * Every reference value of IBSI-1 in the folder SENTINODE_IBSI, digital phantom and CT phantom, within its tolerance.
 * Values without consensus are reported, not tested.
 */
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { compareIbsi1, isWithin } from "./ibsi1.ts";

const folder = resolve(import.meta.dirname, "../..", process.env["SENTINODE_IBSI"] ?? "../shared/ibsi");
const comparisons = compareIbsi1(folder);
if (comparisons.length === 0)
  console.log(`SENTINODE_IBSI: no reference values of IBSI-1 in ${folder}; skipped`);

describe.runIf(comparisons.length > 0)("IBSI-1 reference values", () => {
  it.each(comparisons.filter(({ hasConsensus }) => hasConsensus))(
    "$dataset: $family, $feature ($code), $aggregation",
    (comparison) => {
      const { ours, reference, tolerance } = comparison;
      expect(isWithin(comparison), `${ours} for ${reference} ± ${tolerance}`).toBe(true);
    },
  );
});
