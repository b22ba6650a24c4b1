import { exp } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import type { Binary } from "./simulate-clinical.ts";

/**
 * Number of positive non-sentinel nodes of one patient.
 *
 * An assumption: beyond the first node the count is Poisson with a log-mean that rises with the burden of the axilla and
 * the clinical log-odds, so that about a third of the patients with the event have four or more positive nodes in all.
 *
 * @param event Whether a non-sentinel node is positive.
 * @param burden Latent standard normal burden that clinical findings do not explain.
 * @param clinicalScore Standardised clinical log-odds of non-sentinel metastasis.
 * @param random Generator of this patient alone.
 * @returns 0 without the event, else 1 to 20.
 */
export function simulateNonSentinelNodes(
  event: Binary,
  burden: number,
  clinicalScore: number,
  random: Random,
): number {
  if (event === 0) return 0;
  const further = random.poisson(exp(Math.min(3, -0.85 + 0.55 * burden + 0.3 * clinicalScore)));
  return Math.min(20, 1 + further);
}
