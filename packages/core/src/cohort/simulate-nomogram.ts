import { logistic } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";

/**
 * Probability that a clinician typed in from a published nomogram, simulated.
 *
 * An assumption, since the coefficients of the real tool are not public: a noisy function of the clinical log-odds with
 * an AUC near 0.72 that is too high on the whole and too extreme, as tools are in a cohort that they were not made for.
 *
 * @param clinicalScore Standardised clinical log-odds of non-sentinel metastasis.
 * @param random Generator of this patient alone.
 * @returns 0.01 to 0.99 in steps of 0.01, as such tools print per cent.
 */
export function simulateNomogram(clinicalScore: number, random: Random): number {
  const seen = 0.9 * clinicalScore + 0.9 * random.normal();
  return Math.min(99, Math.max(1, Math.round(100 * logistic(-0.3 + 1.1 * seen)))) / 100;
}
