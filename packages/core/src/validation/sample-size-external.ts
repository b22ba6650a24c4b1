import { InputError } from "../errors.ts";
import { exp, logistic } from "../math/elementary.ts";
import { twoSidedNormal } from "./estimate.ts";

/** What an external validation study should show, and how precisely; a width is that of the 95 % interval. */
export interface ExternalPlan {
  /** Expected share with the event, in (0, 1). */
  readonly prevalence: number;
  /** Ratio of observed to expected events; anticipated 1 without it. */
  readonly observedExpected?: { readonly anticipated?: number; readonly width: number };
  readonly cStatistic?: { readonly anticipated: number; readonly width: number };
  /** Calibration slope; needs the distribution of the model's linear predictor. */
  readonly slope?: {
    readonly anticipated?: number;
    readonly width: number;
    readonly linearPredictor: LinearPredictorDistribution;
  };
  /** Net benefit divided by the prevalence, at one threshold. */
  readonly netBenefit?: {
    readonly threshold: number;
    readonly sensitivity: number;
    readonly specificity: number;
    readonly width: number;
  };
}

/** Linear predictors in the population to validate in: normal, or a sample of them. */
export type LinearPredictorDistribution =
  { readonly mean: number; readonly standardDeviation: number } | { readonly sample: Float64Array };

/** Patients that each target asks for, null where it was not set; the largest decides. */
export interface ExternalSampleSize {
  readonly observedExpected: number | null;
  readonly cStatistic: number | null;
  readonly slope: number | null;
  readonly netBenefit: number | null;
  readonly patients: number;
  readonly events: number;
}

/**
 * The smallest number of patients to validate a prediction model with, for the precision of four measures.
 *
 * @param plan At least one target with a width above 0.
 * @returns Whole patients for each target.
 * @throws {InputError} No target, or a number outside its range.
 * @source Riley et al. 2021, Stat Med 40:4230-4251; net benefit: Marsh et al. 2018, Stat Med 37:1953-1975.
 * @example externalSampleSize({ prevalence: 0.28, observedExpected: { width: 0.4 } }).patients // => 251
 */
export function externalSampleSize(plan: ExternalPlan): ExternalSampleSize {
  requireShare("prevalence", plan.prevalence);
  const sizes = {
    observedExpected: forObservedExpected(plan),
    cStatistic: forC(plan),
    slope: forSlope(plan),
    netBenefit: forNetBenefit(plan),
  };
  const patients = Math.max(0, ...Object.values(sizes).map((size) => size ?? 0));
  if (patients === 0)
    throw new InputError(
      "a validation sample size needs a measure with the width of its interval; got none; give the C statistic and a width of 0.1",
    );
  return { ...sizes, patients, events: patients * plan.prevalence };
}

/** Standard error of log(O/E) is sqrt((1 - prevalence) / events); its interval on the ratio scale has the width. */
function forObservedExpected({ prevalence, observedExpected }: ExternalPlan): number | null {
  if (observedExpected === undefined) return null;
  const { anticipated = 1, width } = observedExpected;
  requirePositive("observed to expected ratio", anticipated);
  const standardError = widestError(width, (se) => anticipated * (exp(se) - exp(-se)));
  return Math.ceil((1 - prevalence) / (prevalence * standardError * standardError));
}

/** Newcombe's standard error falls with n but not as its root, so n is searched for. */
function forC({ prevalence, cStatistic }: ExternalPlan): number | null {
  if (cStatistic === undefined) return null;
  const { anticipated: c, width } = cStatistic;
  requireShare("C statistic", c);
  requirePositive("width", width);
  const standardError = (n: number) => {
    const pairs = (n / 2 - 1) * ((1 - c) / (2 - c) + c / (1 + c));
    return Math.sqrt((c * (1 - c) * (1 + pairs)) / (n * n * prevalence * (1 - prevalence)));
  };
  const fits = (n: number) => 2 * twoSidedNormal(0.95) * standardError(n) <= width;
  let [below, above] = [1, 2];
  while (!fits(above)) [below, above] = [above, 2 * above];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (fits(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/** The slope's variance is that of a logistic regression of one variable: the inverse of its expected information. */
function forSlope({ slope }: ExternalPlan): number | null {
  if (slope === undefined) return null;
  const { anticipated = 1, width, linearPredictor } = slope;
  requirePositive("width", width);
  const { values, weights } = quadrature(linearPredictor);
  let [level, cross, square] = [0, 0, 0];
  for (let k = 0; k < values.length; k++) {
    const p = logistic(anticipated * values[k]);
    const curvature = weights[k] * p * (1 - p);
    level += curvature;
    cross += curvature * values[k];
    square += curvature * values[k] * values[k];
  }
  const standardError = width / (2 * twoSidedNormal(0.95));
  return Math.ceil(level / (standardError * standardError * (level * square - cross * cross)));
}

function forNetBenefit({ prevalence, netBenefit }: ExternalPlan): number | null {
  if (netBenefit === undefined) return null;
  const { threshold, sensitivity, specificity, width } = netBenefit;
  requireShare("threshold", threshold);
  requireShare("sensitivity", sensitivity);
  requireShare("specificity", specificity);
  requirePositive("width", width);
  const weight = (((1 - prevalence) / prevalence) * threshold) / (1 - threshold);
  const falseAlarms = 1 - specificity;
  const perPatient =
    (sensitivity * (1 - sensitivity)) / prevalence +
    (weight * weight * specificity * falseAlarms) / (1 - prevalence) +
    (weight * weight * falseAlarms * falseAlarms) / (prevalence * (1 - prevalence));
  const standardError = width / (2 * twoSidedNormal(0.95));
  return Math.ceil(perPatient / (standardError * standardError));
}

/** The largest standard error whose interval is no wider than asked, where the width grows with it. */
function widestError(width: number, widthAt: (halfWidth: number) => number): number {
  requirePositive("width", width);
  let [below, above] = [0, 1];
  while (widthAt(above) < width) above *= 2;
  for (let step = 0; step < 100; step++) {
    const middle = (below + above) / 2;
    if (widthAt(middle) < width) below = middle;
    else above = middle;
  }
  return above / twoSidedNormal(0.95);
}

/** Places and weights whose weighted sums are means over the distribution. */
function quadrature(distribution: LinearPredictorDistribution): {
  readonly values: Float64Array;
  readonly weights: Float64Array;
} {
  if ("sample" in distribution) {
    const { sample } = distribution;
    return { values: sample, weights: new Float64Array(sample.length).fill(1 / sample.length) };
  }
  requirePositive("standard deviation", distribution.standardDeviation);
  // Trapezoids over 10 standard deviations each way, exact to rounding for a smooth function.
  const standard = Float64Array.from({ length: 641 }, (_, k) => (k - 320) / 32);
  return {
    values: standard.map((z) => distribution.mean + distribution.standardDeviation * z),
    weights: standard.map((z) => exp((-z * z) / 2) / 32 / 2.5066282746310002),
  };
}

function requireShare(name: string, value: number): void {
  if (!(value > 0 && value < 1))
    throw new InputError(`a sample size needs a ${name} between 0 and 1; got ${value}; correct it`);
}

function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity))
    throw new InputError(`a sample size needs a ${name} above 0; got ${value}; correct it`);
}
