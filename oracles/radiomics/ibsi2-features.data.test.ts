/** Every reference value of IBSI-2 phase 2 in the folder SENTINODE_IBSI, within its tolerance. */
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { isWithin } from "./ibsi1.ts";
import { compareIbsi2 } from "./ibsi2-features.ts";

const folder = resolve(import.meta.dirname, "../..", process.env["SENTINODE_IBSI"] ?? "../shared/ibsi");
const comparisons = compareIbsi2(folder);
if (comparisons.length === 0)
  console.log(`SENTINODE_IBSI: no reference values of IBSI-2 in ${folder}; skipped`);

describe.runIf(comparisons.length > 0)("IBSI-2 reference values", () => {
  it.each(comparisons.filter(({ hasConsensus }) => hasConsensus))("$dataset: $feature", (comparison) => {
    const { ours, reference, tolerance } = comparison;
    expect(isWithin(comparison), `${ours} for ${reference} ± ${tolerance}`).toBe(true);
  });
});
