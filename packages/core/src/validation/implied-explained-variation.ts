import { InputError } from "../errors.ts";
import { exp, log, log1p, logit } from "../math/elementary.ts";
import { rStream } from "../math/mersenne-twister.ts";
import { normalQuantile } from "../math/normal-quantile.ts";

/** Half the width of the integral in standard deviations, beyond which the normal density is below 1e-30. */
const REACH = 12;
/** The trapezoidal rule of a smooth function that vanishes at both ends is exact to rounding at this step. */
const STEP = 1 / 32;
const SQRT_TWO_PI = 2.5066282746310002;

/**
 * The largest Cox-Snell R² that a logistic model can have at a prevalence.
 *
 * @param prevalence Share with the event, in (0, 1).
 * @returns In (0, 0.75].
 * @throws {InputError} A prevalence outside (0, 1).
 * @source Riley et al. 2020, BMJ 368:m441, box 2.
 * @example maximumCoxSnell(0.5) // => 0.75
 */
export function maximumCoxSnell(prevalence: number): number {
  requirePrevalence(prevalence);
  return 1 - exp(2 * nullLogLikelihood(prevalence));
}

/**
 * The Cox-Snell R² that a C statistic implies when the linear predictor is normal, with equal variance, in both classes.
 *
 * @param cStatistic Anticipated C statistic, in (0.5, 1).
 * @param prevalence Share with the event, in (0, 1).
 * @returns In (0, {@link maximumCoxSnell}); the exact integral of the log-likelihood.
 * @throws {InputError} A C statistic outside (0.5, 1), or a prevalence outside (0, 1).
 * @source Riley, Van Calster & Collins 2021, Stat Med 40:859-864, whose simulation this integral replaces.
 */
export function coxSnellOfC(cStatistic: number, prevalence: number): number {
  requireC(cStatistic);
  requirePrevalence(prevalence);
  const mu = separation(cStatistic);
  const intercept = logit(prevalence) - (mu * mu) / 2;
  let total = 0;
  for (let x = -REACH; x <= REACH; x += STEP) {
    const density = (STEP * exp((-x * x) / 2)) / SQRT_TWO_PI;
    total -= density * prevalence * softplus(-(intercept + mu * (x + mu)));
    total -= density * (1 - prevalence) * softplus(intercept + mu * x);
  }
  return 1 - exp(2 * (nullLogLikelihood(prevalence) - total));
}

/**
 * The same by pmsampsize's simulation, for readers who compare with that package: a million normal numbers of R's seed
 * 123456, a logistic regression on them, rounded to four decimals.
 *
 * @param cStatistic As {@link coxSnellOfC}.
 * @param prevalence As {@link coxSnellOfC}.
 * @param seed R's seed of the simulation.
 * @returns {@link coxSnellOfC} with an error of about 0.001.
 * @throws {InputError} As {@link coxSnellOfC}.
 * @source The code in the supplement of Riley, Van Calster & Collins 2021; it draws the share of the prevalence without
 *   the event and the rest with it, which leaves R² the same.
 */
export function simulatedCoxSnellOfC(cStatistic: number, prevalence: number, seed = 123456): number {
  requireC(cStatistic);
  requirePrevalence(prevalence);
  const stream = rStream(seed);
  const mu = separation(cStatistic);
  const drawn = 1_000_000;
  // R cuts the fraction of a length off.
  const [without, having] = [Math.floor(prevalence * drawn), Math.floor((1 - prevalence) * drawn)];
  const x = new Float64Array(without + having);
  for (let i = 0; i < x.length; i++) x[i] = stream.normal() + (i < without ? 0 : mu);
  const perPatient = maximumLogLikelihood(x, without, mu) / x.length;
  return Math.round(1e4 * (1 - exp(2 * (nullLogLikelihood(having / x.length) - perPatient)))) / 1e4;
}

/** Log-likelihood of a logistic regression on one variable, whose first values have no event; Newton from the truth. */
function maximumLogLikelihood(x: Float64Array, without: number, slopeStart: number): number {
  const share = (x.length - without) / x.length;
  let [intercept, slope] = [logit(share) - (slopeStart * slopeStart) / 2, slopeStart];
  for (;;) {
    let [loss, score0, score1, h00, h01, h11] = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < x.length; i++) {
      const value = x[i];
      const eta = intercept + slope * value;
      const small = exp(-Math.abs(eta));
      const p = eta < 0 ? small / (1 + small) : 1 / (1 + small);
      const residual = (i < without ? 0 : 1) - p;
      const curvature = p * (1 - p);
      loss += Math.max(i < without ? eta : -eta, 0) + log1p(small);
      score0 += residual;
      score1 += residual * value;
      h00 += curvature;
      h01 += curvature * value;
      h11 += curvature * value * value;
    }
    const determinant = h00 * h11 - h01 * h01;
    const [step0, step1] = [
      (h11 * score0 - h01 * score1) / determinant,
      (h00 * score1 - h01 * score0) / determinant,
    ];
    // The loss is flat at its minimum: half the predicted gain is all that is left.
    if (step0 * score0 + step1 * score1 < 1e-9 * loss) return -loss + (step0 * score0 + step1 * score1) / 2;
    intercept += step0;
    slope += step1;
  }
}

/** Distance of the means of two unit normals with this C statistic. */
function separation(cStatistic: number): number {
  return Math.sqrt(2) * normalQuantile(cStatistic);
}

function nullLogLikelihood(prevalence: number): number {
  return prevalence * log(prevalence) + (1 - prevalence) * log1p(-prevalence);
}

function softplus(z: number): number {
  return Math.max(z, 0) + log1p(exp(-Math.abs(z)));
}

function requireC(cStatistic: number): void {
  if (!(cStatistic > 0.5 && cStatistic < 1))
    throw new InputError(
      `an anticipated C statistic needs a number between 0.5 and 1; got ${cStatistic}; take it from an earlier study`,
    );
}

function requirePrevalence(prevalence: number): void {
  if (!(prevalence > 0 && prevalence < 1))
    throw new InputError(`a prevalence needs a number between 0 and 1; got ${prevalence}; correct it`);
}
