import { exp, log1p } from "./elementary.ts";

/** Where the pass over the rows writes; all of shape [n]. */
export interface LogisticTerms {
  /** Probability of the event. */
  readonly probability: Float64Array;
  /** Case weight * probability * (1 - probability), without cancellation in the tails. */
  readonly curvature: Float64Array;
  /** Case weight * (outcome - probability): minus the gradient of the loss. */
  readonly residual: Float64Array;
}

/**
 * Room for the terms of n rows.
 *
 * @example logisticTerms(1).residual // => [0]
 */
export function logisticTerms(rows: number): LogisticTerms {
  return {
    probability: new Float64Array(rows),
    curvature: new Float64Array(rows),
    residual: new Float64Array(rows),
  };
}

/**
 * Minus the weighted log likelihood of a logistic model; fills `terms` on the way.
 *
 * @param linear Linear predictor, shape [n].
 * @param outcome Share of events in [0, 1] per row, shape [n].
 * @param weights Case weights, shape [n].
 * @param terms Overwritten.
 * @returns At least 0; half the deviance where every outcome is 0 or 1.
 */
export function evaluateLogisticLoss(
  linear: Float64Array,
  outcome: ArrayLike<number>,
  weights: Float64Array,
  terms: LogisticTerms,
): number {
  const { probability, curvature, residual } = terms;
  let loss = 0;
  for (let i = 0; i < linear.length; i++) {
    const eta = linear[i];
    const y = outcome[i];
    const small = exp(eta < 0 ? eta : -eta);
    const rare = small / (1 + small);
    const usual = 1 / (1 + small);
    const p = eta < 0 ? rare : usual;
    probability[i] = p;
    curvature[i] = weights[i] * rare * usual;
    // y - p written so that a nearly certain event keeps its digits.
    residual[i] = weights[i] * (eta < 0 ? y - rare : rare - (1 - y));
    loss += weights[i] * ((eta < 0 ? y * -eta : (1 - y) * eta) + log1p(small));
  }
  return loss;
}
