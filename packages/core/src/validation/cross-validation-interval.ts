/**
 * Intervals after cross-validation. The default of reports is the mean of the repeats' DeLong variances
 * (`pooledDelongAuc`): it judges the pooled predictions, needs no refit, and repeats do not narrow it. The ones here answer
 * other questions: the AUC within folds, the loss of the learner with its training variability, and differences over
 * resampled splits.
 */
import type { PatientId } from "../cohort/patient.ts";
import { InputError, NumericalError } from "../errors.ts";
import { studentTQuantile } from "../math/distributions.ts";
import type { Random } from "../math/random.ts";
import { mean, sampleStandardDeviation, sampleVariance } from "../math/statistics.ts";
import { crossValidationPlan, type CrossValidationSize, type Fold } from "./cross-validation.ts";
import { type Estimate, twoSidedNormal, waldEstimate } from "./estimate.ts";
import type { FitAndPredict, LabelledPatients } from "./nested-cross-validation.ts";
import { placementAuc, placements } from "./placements.ts";

/**
 * The mean over folds of the AUC within each fold, with LeDell's influence-curve interval.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param score Out-of-fold predictions; shape [n].
 * @param folds Fold of each patient; every fold needs two patients of each outcome. Shape [n].
 * @param level Confidence level in (0, 1).
 * @throws {InputError} Unequal lengths, or a fold with fewer than two patients of an outcome.
 * @source LeDell, Petersen & van der Laan 2015, Electron J Stat 9:1583-1607; ties counted half.
 */
export function influenceCurveAuc(
  outcome: Uint8Array,
  score: Float64Array,
  folds: ArrayLike<number>,
  level = 0.95,
): Estimate {
  if (folds.length !== outcome.length)
    throw new InputError(
      `an AUC by folds needs a fold for every patient; got ${folds.length} for ${outcome.length}; match them`,
    );
  const names = [...new Set(Array.from(folds))];
  const prevalence = mean(outcome);
  const byFold = names.map((fold) => {
    const components = placements(
      outcome.filter((_, i) => folds[i] === fold),
      score.filter((_, i) => folds[i] === fold),
    );
    const { ofPositives, ofNegatives } = components;
    const area = placementAuc(components);
    let squares = 0;
    // A patient's influence: the placement's distance from the AUC over the share of the patient's class.
    for (const doubled of ofPositives)
      squares += square((doubled / (2 * ofNegatives.length) - area) / prevalence);
    for (const doubled of ofNegatives)
      squares += square((doubled / (2 * ofPositives.length) - area) / (1 - prevalence));
    return { area, variance: squares / (ofPositives.length + ofNegatives.length) };
  });
  const standardError = Math.sqrt(mean(byFold.map(({ variance }) => variance)) / outcome.length);
  const value = mean(byFold.map(({ area }) => area));
  return waldEstimate({ value, standardError, level, method: "LeDell's influence curve" }, [0, 1]);
}

/** What a learner is and what its errors cost. */
export interface LossProcedure {
  readonly fitAndPredict: FitAndPredict;
  /** Of one patient, finite. */
  readonly loss: (event: number, risk: number) => number;
}

/** The loss of a learner with an interval that counts the dependence between folds. */
export interface NestedLoss extends Estimate {
  /** The usual cross-validation estimate. */
  readonly crossValidated: number;
  /** How many times wider the interval is than one that takes the errors of all patients as independent. */
  readonly inflation: number;
}

/**
 * Mean loss with the nested cross-validation interval: its width comes from how far inner cross-validation misses outer
 * folds. It costs k(k + 1) / 2 fits a repeat.
 *
 * @param cohort All patients.
 * @param size Folds, at least 3, and repeats; 10 folds and 50 repeats or more for a stable width.
 * @param procedure The learner and its loss.
 * @param random Draws the folds.
 * @returns A 95 % interval, corrected for the smaller training sets of the inner folds.
 * @throws {InputError} Fewer than three folds, or as `crossValidationPlan`.
 * @throws {NumericalError} All patients have the same loss.
 * @source Bates, Hastie & Tibshirani 2024, JASA 119:1434-1445, algorithm 1; inflation limited to 1 and the root of the number
 *   of folds as in the authors' code.
 */
export function nestedLossInterval(
  cohort: LabelledPatients,
  size: CrossValidationSize,
  procedure: LossProcedure,
  random: Random,
): NestedLoss {
  if (!(size.folds >= 3))
    throw new InputError(`nested cross-validation needs 3 folds or more; got ${size.folds}; use 10`);
  const plan = crossValidationPlan(cohort.patients, cohort.outcome, size, random);
  const outcomeOf = new Map(cohort.patients.map((patient, i) => [patient, cohort.outcome[i]]));
  const lossesOf = (training: readonly PatientId[], testing: readonly PatientId[]) => {
    const risks = procedure.fitAndPredict(training, testing);
    return testing.map((patient, i) => procedure.loss(outcomeOf.get(patient)!, risks[i]));
  };
  const [inner, outer, excess]: number[][] = [[], [], []];
  for (let repeat = 0; repeat < size.repeats; repeat++) {
    const folds = plan.filter((fold) => fold.repeat === repeat);
    const insideOf = innerLosses(folds, lossesOf);
    folds.forEach(({ training, testing }, k) => {
      const out = lossesOf(training, testing);
      outer.push(...out);
      inner.push(...insideOf[k]);
      excess.push(square(mean(insideOf[k]) - mean(out)) - sampleVariance(out) / out.length);
    });
  }
  const n = cohort.patients.length;
  const deviation = sampleStandardDeviation(inner);
  if (deviation === 0)
    throw new NumericalError(
      "an interval of a loss needs losses that differ; got one value for all patients; check the predictions",
    );
  const trained = Math.floor((n * (size.folds - 1)) / size.folds);
  const raw = Math.sqrt(Math.max(0, mean(excess))) / (deviation / Math.sqrt(trained));
  const inflation = Math.min(Math.sqrt(size.folds), Math.max(1, raw));
  const crossValidated = mean(outer);
  const bias = (1 + (size.folds - 2) / size.folds) * (mean(inner) - crossValidated);
  const terms = { value: mean(inner) - bias, standardError: (inflation * deviation) / Math.sqrt(n) };
  const estimate = waldEstimate({ ...terms, level: 0.95, method: "nested cross-validation (Bates)" });
  return { ...estimate, crossValidated, inflation };
}

/**
 * The mean of a measure, or of a difference, over resampled splits of the same patients.
 *
 * @param values One a split, e.g. a fold of a repeated cross-validation; at least two.
 * @param share Testing patients of a split divided by its training patients; 1 / 9 in tenfold cross-validation.
 * @param level Confidence level in (0, 1).
 * @returns Student's interval with the variance that counts the overlap of the training sets.
 * @throws {InputError} Fewer than two values, a share that is not above 0, or a level outside (0, 1).
 * @source Nadeau & Bengio 2003, Mach Learn 52:239-281; for cross-validation Bouckaert & Frank 2004, LNCS 3056:3-12.
 * @example correctedResampledInterval([0.1, 0.2, 0.3], 0.25).value // => 0.2
 */
export function correctedResampledInterval(values: ArrayLike<number>, share: number, level = 0.95): Estimate {
  twoSidedNormal(level);
  if (values.length < 2 || !(share > 0 && share < Infinity))
    throw new InputError(
      `a corrected resampled interval needs two splits and a share above 0; got ${values.length} and ${share}; give testing over training patients`,
    );
  const value = mean(values);
  const variance = (1 / values.length + share) * sampleVariance(values);
  const halfWidth = studentTQuantile(1 - (1 - level) / 2, values.length - 1) * Math.sqrt(variance);
  return {
    value,
    lower: value - halfWidth,
    upper: value + halfWidth,
    method: "corrected resampled t (Nadeau and Bengio)",
  };
}

/** Losses of the inner folds of every outer fold; the fit without folds j and k serves both. */
function innerLosses(
  folds: readonly Fold[],
  lossesOf: (training: readonly PatientId[], testing: readonly PatientId[]) => number[],
): readonly number[][] {
  const inside: number[][] = folds.map(() => []);
  folds.forEach(({ training, testing }, k) => {
    for (let j = 0; j < k; j++) {
      const other = new Set(folds[j].testing);
      const rest = training.filter((patient) => !other.has(patient));
      const losses = lossesOf(rest, [...folds[j].testing, ...testing]);
      inside[k].push(...losses.slice(0, other.size));
      inside[j].push(...losses.slice(other.size));
    }
  });
  return inside;
}

function square(x: number): number {
  return x * x;
}
