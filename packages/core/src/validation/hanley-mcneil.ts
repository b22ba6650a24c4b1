import { countClasses, requireClasses } from "./predictions.ts";
import { auc } from "./roc.ts";

/**
 * Hanley and McNeil's standard error of the AUC, which needs only the AUC and the class counts.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param score Higher means more likely positive; shape [n].
 * @returns At least 0; for planning and for comparison with older papers. Report DeLong's interval.
 * @throws {InputError} As `auc`.
 * @source Hanley & McNeil 1982, Radiology 143:29-36, with Q1 = A / (2 - A) and Q2 = 2 A² / (1 + A).
 * @example hanleyMcNeilStandardError(Uint8Array.of(0, 1), Float64Array.of(0.2, 0.9)) // => 0
 */
export function hanleyMcNeilStandardError(outcome: Uint8Array, score: Float64Array): number {
  const { positives, negatives } = requireClasses(countClasses(outcome), 1, "a standard error of the AUC");
  const area = auc(outcome, score);
  const [q1, q2] = [area / (2 - area), (2 * area * area) / (1 + area)];
  const variance =
    area * (1 - area) + (positives - 1) * (q1 - area * area) + (negatives - 1) * (q2 - area * area);
  return Math.sqrt(Math.max(0, variance) / (positives * negatives));
}
