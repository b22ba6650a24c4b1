import { expm1 } from "./elementary.ts";

/** How much of the outcome a model of likelihood explains beyond the intercept. */
export interface ExplainedVariation {
  /** Below 1 even for a perfect model of a binary outcome. */
  readonly coxSnell: number;
  /** Cox and Snell's, divided by the most that it can be. */
  readonly nagelkerke: number;
  readonly mcFadden: number;
}

/**
 * The R squared measures that are made of likelihoods.
 *
 * @param logLikelihood Of the model, negative.
 * @param nullLogLikelihood Of the intercept alone on the same rows, negative.
 * @param rows Number of patients, or the sum of their weights.
 * @returns In [0, 1] for a maximum likelihood fit to its own data; may be negative in other data.
 * @source Nagelkerke 1991, Biometrika 78:691-692; McFadden 1974, in Frontiers in Econometrics, 105-142.
 * @example explainedVariation(-10, -20, 40).mcFadden // => 0.5
 */
export function explainedVariation(
  logLikelihood: number,
  nullLogLikelihood: number,
  rows: number,
): ExplainedVariation {
  const coxSnell = 0 - expm1((2 * (nullLogLikelihood - logLikelihood)) / rows);
  return {
    coxSnell,
    nagelkerke: coxSnell / -expm1((2 * nullLogLikelihood) / rows),
    mcFadden: 1 - logLikelihood / nullLogLikelihood,
  };
}
