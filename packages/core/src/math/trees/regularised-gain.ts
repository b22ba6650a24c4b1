/** Penalties and limits of a second-order tree; see {@link "./second-order-boosting.ts"} for their meaning. */
export interface TreePenalties {
  /** L2 penalty of leaf values. */
  readonly lambda: number;
  /** L1 penalty of leaf values. */
  readonly alpha: number;
  /** Least sum of second derivatives in a child. */
  readonly minimumChildWeight: number;
  /** Largest absolute value of a leaf before shrinkage; 0 for no limit. */
  readonly maximumDeltaStep: number;
}

/**
 * The leaf value that minimises the penalised second-order loss.
 *
 * @param gradient Sum of first derivatives.
 * @param hessian Sum of second derivatives.
 * @returns -S(G, alpha) / (H + lambda), clamped to the largest step, in single precision; 0 where H is below its least.
 * @source Chen & Guestrin 2016, KDD '16:785-794, eq. 5, with soft thresholding S for the L1 penalty.
 * @example leafWeight(-2, 3, { lambda: 1, alpha: 0, minimumChildWeight: 1, maximumDeltaStep: 0 }) // => 0.5
 */
export function leafWeight(gradient: number, hessian: number, penalties: TreePenalties): number {
  const { lambda, alpha, minimumChildWeight, maximumDeltaStep } = penalties;
  if (hessian < minimumChildWeight || hessian <= 0) return 0;
  const weight = (0 - softThreshold(gradient, alpha)) / (hessian + lambda);
  if (maximumDeltaStep !== 0 && Math.abs(weight) > maximumDeltaStep)
    return Math.fround(Math.sign(weight) * maximumDeltaStep);
  return Math.fround(weight);
}

/**
 * Twice the reduction of the penalised second-order loss that one node brings with its best leaf value.
 *
 * @returns S(G, alpha)² / (H + lambda) in single precision, as XGBoost computes it; at least 0.
 * @source Chen & Guestrin 2016, eq. 6 and 7.
 * @example nodeGain(-2, 3, { lambda: 1, alpha: 0, minimumChildWeight: 1, maximumDeltaStep: 0 }) // => 1
 */
export function nodeGain(gradient: number, hessian: number, penalties: TreePenalties): number {
  if (hessian <= 0) return 0;
  const { lambda, alpha } = penalties;
  if (penalties.maximumDeltaStep === 0) {
    const reduced = alpha === 0 ? gradient : softThreshold(gradient, alpha);
    return Math.fround(Math.fround(reduced * reduced) / Math.fround(hessian + lambda));
  }
  // With a limit the leaf value need not be the best one: the loss at the value itself, without its L1 part as in XGBoost.
  const weight = leafWeight(gradient, hessian, penalties);
  const linear = Math.fround(Math.fround(2 * Math.fround(gradient)) * weight);
  const squared = Math.fround(weight * weight);
  const quadratic = Math.fround(Math.fround(Math.fround(hessian) + lambda) * squared);
  return -Math.fround(linear + quadratic);
}

function softThreshold(gradient: number, alpha: number): number {
  if (gradient > alpha) return gradient - alpha;
  return gradient < -alpha ? gradient + alpha : 0;
}
