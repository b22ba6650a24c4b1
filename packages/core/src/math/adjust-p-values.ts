import { InputError } from "../errors.ts";

/** How p-values of several tests are adjusted: the first three for any error, the others for the false discovery rate. */
export type Adjustment = "bonferroni" | "holm" | "hochberg" | "benjamini-hochberg" | "benjamini-yekutieli";

/**
 * P-values adjusted for the number of tests.
 *
 * @param pValues In [0, 1]; NaN for a test without a p-value, which does not count as a test.
 * @returns Adjusted p-values in [0, 1] in the same order; NaN stays NaN.
 * @throws {InputError} A p-value outside [0, 1].
 * @source Holm 1979, Scand J Stat 6:65-70; Hochberg 1988, Biometrika 75:800-802; Benjamini & Hochberg 1995, JRSS B
 *   57:289-300; Benjamini & Yekutieli 2001, Ann Stat 29:1165-1188.
 * @example adjustPValues([0.01, 0.04, 0.03], "holm") // => [0.03, 0.06, 0.06]
 */
export function adjustPValues(pValues: ArrayLike<number>, adjustment: Adjustment): Float64Array {
  const tests = Array.from({ length: pValues.length }, (_, test) => test).filter(
    (test) => !Number.isNaN(pValues[test]),
  );
  if (tests.some((test) => !(pValues[test] >= 0 && pValues[test] <= 1)))
    throw new InputError(
      "an adjustment needs p-values from 0 to 1; got another; use NaN where there is none",
    );
  const adjusted = new Float64Array(pValues.length).fill(NaN);
  tests.sort((a, b) => pValues[a] - pValues[b] || a - b);
  const n = tests.length;
  // Holm steps down from the smallest and keeps the running maximum; the step-up methods run the other way.
  const stepsUp = adjustment !== "holm" && adjustment !== "bonferroni";
  let bound = stepsUp ? 1 : 0;
  for (let step = 0; step < n; step++) {
    const position = stepsUp ? n - 1 - step : step;
    const test = tests[position];
    const scaled = pValues[test] * factor(adjustment, position, n);
    bound = stepsUp ? Math.min(bound, scaled) : adjustment === "holm" ? Math.max(bound, scaled) : scaled;
    adjusted[test] = Math.min(1, bound);
  }
  return adjusted;
}

/** Multiplier of the p-value at a position, 0 = smallest, of n. */
function factor(adjustment: Adjustment, position: number, n: number): number {
  switch (adjustment) {
    case "bonferroni":
      return n;
    case "holm":
    case "hochberg":
      return n - position;
    case "benjamini-hochberg":
      return n / (position + 1);
    case "benjamini-yekutieli": {
      let harmonic = 0;
      for (let i = 1; i <= n; i++) harmonic += 1 / i;
      return (harmonic * n) / (position + 1);
    }
  }
}
