import { InputError, NumericalError } from "../errors.ts";
import { logistic, logit } from "../math/elementary.ts";
import { type PooledEstimate, poolEstimates } from "../math/rubin.ts";
import type { Estimate } from "./estimate.ts";
import { placementAuc, placementCovariance, placements } from "./placements.ts";

/** An AUC pooled over completed data sets. */
export interface PooledAuc {
  /** AUC and interval, in (0, 1). */
  readonly auc: Estimate;
  /** Rubin's rules on the logit scale. */
  readonly onLogit: PooledEstimate;
  /** One AUC per imputation. */
  readonly perImputation: Float64Array;
}

/**
 * The AUC pooled over imputations by Rubin's rules on the logit scale, where it is nearly normal and its interval stays
 * inside (0, 1).
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least two patients of each.
 * @param scores One score per imputation, each of shape [n], in the order of `outcome`.
 * @param level Confidence level in (0, 1).
 * @returns The variance of a logit is DeLong's divided by (AUC (1 - AUC)) squared.
 * @throws {InputError} Fewer than two imputations, or as `delongAuc`.
 * @throws {NumericalError} An AUC of exactly 0 or 1, which has no logit.
 * @source Marshall, Altman, Holder & Royston 2009, BMC Med Res Methodol 9:57; delta method: Pepe 2003, section 5.2.
 */
export function pooledAuc(outcome: Uint8Array, scores: readonly Float64Array[], level = 0.95): PooledAuc {
  if (scores.length < 2)
    throw new InputError(
      `a pooled AUC needs at least 2 imputations; got ${scores.length}; impute more often`,
    );
  const perImputation = new Float64Array(scores.length);
  const [estimates, variances] = [new Float64Array(scores.length), new Float64Array(scores.length)];
  scores.forEach((score, index) => {
    const components = placements(outcome, score);
    const value = placementAuc(components);
    if (value === 0 || value === 1)
      throw new NumericalError(
        `an AUC on the logit scale needs an AUC between 0 and 1; got ${value} in imputation ${index + 1}; report each imputation by itself`,
      );
    const slope = value * (1 - value);
    perImputation[index] = value;
    estimates[index] = logit(value);
    variances[index] = placementCovariance(components, components) / (slope * slope);
  });
  const onLogit = poolEstimates({ estimates, variances }, { level });
  return {
    auc: {
      value: logistic(onLogit.estimate),
      lower: logistic(onLogit.lower),
      upper: logistic(onLogit.upper),
      method: "DeLong on the logit scale, pooled by Rubin's rules",
    },
    onLogit,
    perImputation,
  };
}
