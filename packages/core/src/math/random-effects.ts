import { InputError, NumericalError } from "../errors.ts";
import { chiSquaredUpper, normalQuantile, studentTQuantile } from "./distributions.ts";

/** How the variance between studies is estimated. */
export type HeterogeneityMethod = "dersimonian-laird" | "restricted-likelihood";

/** How pooling is done. */
export interface RandomEffectsOptions {
  /** Restricted maximum likelihood without it. */
  readonly method?: HeterogeneityMethod;
  /** Interval by Hartung, Knapp, Sidik and Jonkman with Student's t, or by the normal; the former without it. */
  readonly interval?: "hartung-knapp" | "normal";
  /** Confidence level in (0, 1); 0.95 without it. */
  readonly level?: number;
}

/** A pooled estimate of studies that differ. */
export interface PooledEffect {
  readonly value: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  /** Where the true effect of a new study lies; null with fewer than three studies. */
  readonly prediction: { readonly lower: number; readonly upper: number } | null;
  /** Variance of the true effects between studies. */
  readonly betweenVariance: number;
  /** Share of the total variance that lies between studies, in [0, 1). */
  readonly heterogeneity: number;
  /** Cochran's Q and its test that the studies do not differ. */
  readonly q: number;
  readonly qPValue: number;
  readonly studies: number;
}

/**
 * The mean of effects of studies that differ at random, with its confidence and prediction interval.
 *
 * @param effects On a scale where they are normal, e.g. a log odds; shape [k], at least two.
 * @param variances Their squared standard errors, above 0; shape [k].
 * @param options Estimator, kind of interval and level.
 * @returns The prediction interval uses Student's t with k - 1 degrees of freedom where the confidence interval does, the
 *   normal otherwise, and the same standard error as it.
 * @throws {InputError} Fewer than two effects, unequal lengths, an effect that is not finite or a variance not above 0.
 * @throws {NumericalError} The restricted likelihood has no maximum that the search finds.
 * @source DerSimonian & Laird 1986, Control Clin Trials 7:177-188; Viechtbauer 2005, J Educ Behav Stat 30:261-293; Knapp &
 *   Hartung 2003, Stat Med 22:2693-2710; Higgins, Thompson & Spiegelhalter 2009, JRSS A 172:137-159.
 */
export function poolRandomEffects(
  effects: ArrayLike<number>,
  variances: ArrayLike<number>,
  options: RandomEffectsOptions = {},
): PooledEffect {
  requireEffects(effects, variances);
  const { method = "restricted-likelihood", interval = "hartung-knapp", level = 0.95 } = options;
  const studies = effects.length;
  const fixed = weighted(effects, variances, 0);
  const moment = momentVariance(fixed, studies);
  const betweenVariance =
    method === "dersimonian-laird" ? moment : restrictedVariance(effects, variances, moment);
  const pooled = weighted(effects, variances, betweenVariance);
  const isAdjusted = interval === "hartung-knapp";
  // Hartung and Knapp scale the variance by the weighted residual mean square.
  const scale = isAdjusted ? pooled.q / (studies - 1) : 1;
  const standardError = Math.sqrt(scale / pooled.weight);
  const tail = 1 - (1 - level) / 2;
  const quantile = isAdjusted ? studentTQuantile(tail, studies - 1) : normalQuantile(tail);
  const spread = Math.sqrt(betweenVariance + standardError * standardError);
  return {
    value: pooled.mean,
    standardError,
    lower: pooled.mean - quantile * standardError,
    upper: pooled.mean + quantile * standardError,
    prediction:
      studies < 3 ? null : { lower: pooled.mean - quantile * spread, upper: pooled.mean + quantile * spread },
    betweenVariance,
    heterogeneity: betweenVariance / (betweenVariance + typicalVariance(fixed, studies)),
    q: fixed.q,
    qPValue: chiSquaredUpper(fixed.q, studies - 1),
    studies,
  };
}

interface WeightedMean {
  readonly mean: number;
  /** Sums of the weights 1 / (variance + between variance), of their squares and cubes. */
  readonly weight: number;
  readonly squares: number;
  readonly cubes: number;
  /** Weighted sum of squared distances from the mean, and the same with squared weights. */
  readonly q: number;
  readonly squaredQ: number;
}

function weighted(
  effects: ArrayLike<number>,
  variances: ArrayLike<number>,
  betweenVariance: number,
): WeightedMean {
  let [weight, squares, cubes, total] = [0, 0, 0, 0];
  for (let k = 0; k < effects.length; k++) {
    const w = 1 / (variances[k] + betweenVariance);
    weight += w;
    squares += w * w;
    cubes += w * w * w;
    total += w * effects[k];
  }
  const mean = total / weight;
  let [q, squaredQ] = [0, 0];
  for (let k = 0; k < effects.length; k++) {
    const w = 1 / (variances[k] + betweenVariance);
    const distance = effects[k] - mean;
    q += w * distance * distance;
    squaredQ += w * w * distance * distance;
  }
  return { mean, weight, squares, cubes, q, squaredQ };
}

/** DerSimonian and Laird's moment estimate from the fixed-effect mean. */
function momentVariance(fixed: WeightedMean, studies: number): number {
  return Math.max(0, (fixed.q - (studies - 1)) / (fixed.weight - fixed.squares / fixed.weight));
}

/** Fisher scoring for the restricted likelihood, cut off at 0. */
function restrictedVariance(effects: ArrayLike<number>, variances: ArrayLike<number>, start: number): number {
  let between = start;
  for (let iteration = 0; iteration < 1000; iteration++) {
    const at = weighted(effects, variances, between);
    const score = at.squaredQ - at.weight + at.squares / at.weight;
    const ratio = at.squares / at.weight;
    const information = at.squares - (2 * at.cubes) / at.weight + ratio * ratio;
    const next = Math.max(0, between + score / information);
    if (Math.abs(next - between) <= 1e-13 * (next + 1 / at.weight)) return next;
    between = next;
  }
  throw new NumericalError(
    "a restricted likelihood needs a maximum that its search finds; got none in 1000 steps; use DerSimonian and Laird's estimate",
  );
}

/** The variance that stands for those within studies in I². */
function typicalVariance({ weight, squares }: WeightedMean, studies: number): number {
  return ((studies - 1) * weight) / (weight * weight - squares);
}

function requireEffects(effects: ArrayLike<number>, variances: ArrayLike<number>): void {
  if (effects.length < 2 || effects.length !== variances.length)
    throw new InputError(
      `pooling needs at least two effects with a variance each; got ${effects.length} effects and ${variances.length} variances; report the study alone`,
    );
  for (let k = 0; k < effects.length; k++)
    if (!Number.isFinite(effects[k]) || !(variances[k] > 0 && variances[k] < Infinity))
      throw new InputError(
        `pooling needs finite effects with variances above 0; number ${k + 1} has none; leave it out`,
      );
}
