import { InputError, NumericalError } from "../errors.ts";
import { exp, log, logistic } from "../math/elementary.ts";
import { logisticRegression } from "../math/logistic-regression.ts";
import { sortedQuantile } from "../math/statistics.ts";
import { callAccuracy } from "./begg-greenes.ts";
import type { Estimate } from "./estimate.ts";
import { ascendingRows, expectedAuc } from "./expected-auc.ts";

/** Predictions for everybody the model is meant for, and the truth of those whose nodes were examined. */
export interface VerifiedPredictions {
  /** Predicted risk in [0, 1], shape [n]; not from a fit that saw the patient. */
  readonly probability: Float64Array;
  /** 1 = the truth is known, shape [n]. */
  readonly verified: Uint8Array;
  /** 1 = event, 0 = none; looked at where verified only. */
  readonly outcome: Uint8Array;
}

/** What is asked of the analysis. */
export interface VerificationSettings {
  /** Patients at or above it are called positive. */
  readonly threshold: number;
  /**
   * Log odds ratios: how much likelier an event is without verification than with it, at the same predicted risk. 0 is
   * missing at random.
   */
  readonly deltas: readonly number[];
  /** Samples of rows for percentile intervals, as `bootstrapResamples` draws; none for no intervals. */
  readonly resamples: readonly Int32Array[];
  /** Confidence level in (0, 1). */
  readonly level: number;
}

/** Measures that depend on what is assumed of unverified patients. */
export const VERIFICATION_MEASURES = [
  "prevalence",
  "auc",
  "sensitivity",
  "specificity",
  "ppv",
  "npv",
] as const;

/** One of {@link VERIFICATION_MEASURES}. */
export type VerificationMeasure = (typeof VERIFICATION_MEASURES)[number];

/** The measures under one assumption; NaN where nobody counts towards one. */
export interface VerificationRow {
  readonly delta: number;
  readonly oddsRatio: number;
  readonly estimates: Readonly<Record<VerificationMeasure, Estimate>>;
}

/** How conclusions depend on the patients whose truth is not known. */
export interface VerificationSensitivity {
  readonly patients: number;
  readonly verified: number;
  /** Of verified patients only: what is usually printed. */
  readonly naive: Readonly<Record<VerificationMeasure, number>>;
  /** In the order of the settings' deltas. */
  readonly rows: readonly VerificationRow[];
  /** Samples whose model of the truth could not be fitted; they are left out of the intervals. */
  readonly failedResamples: number;
}

/** Measures of one sample under one assumption, in the order of {@link VERIFICATION_MEASURES}. */
type Measured = readonly number[];

/**
 * What AUC, sensitivity, specificity and predictive values would be in all patients, verified or not, as a function of how
 * far unverified patients depart from missing at random.
 *
 * The truth of verified patients is modelled by their predicted risk on the logit scale; unverified patients count with
 * that probability, its log odds moved by delta. At 0 this is Begg and Greenes's correction with the risk in place of a
 * table; larger deltas ask what had to be true for the conclusion to fall.
 *
 * @throws {InputError} Unequal lengths, a probability outside [0, 1], or verified patients of one class only.
 * @throws {NumericalError} The risk separates the verified patients, or most samples have no answer.
 * @source Begg & Greenes 1983, Biometrics 39:207-215; Kosinski & Barnhart 2003, Biometrics 59:163-171; Alonzo & Pepe 2005,
 *   J R Stat Soc C 54:173-190; the shift delta: Rotnitzky, Faraggi & Schisterman 2006, J Am Stat Assoc 101:1276-1288.
 */
export function verificationSensitivity(
  data: VerifiedPredictions,
  { threshold, deltas, resamples, level }: VerificationSettings,
): VerificationSensitivity {
  checkPredictions(data);
  const linear = data.probability.map(boundedLogit);
  const all = Int32Array.from(data.probability.keys());
  const whole = measureSample(data, linear, all, { threshold, deltas });
  const replicates = resamples.flatMap((rows) => {
    const measured = measureOrNull(data, linear, rows, { threshold, deltas });
    return measured === null ? [] : [measured];
  });
  if (resamples.length > 0 && replicates.length < resamples.length / 2)
    throw new NumericalError(
      `intervals need samples with an answer; got ${replicates.length} of ${resamples.length}; verified patients are too few to model their truth`,
    );
  const verified = all.filter((row) => data.verified[row] === 1);
  const known = measureWith(data, verified, threshold, (row) => data.outcome[row]);
  return {
    patients: all.length,
    verified: verified.length,
    naive: named((_, index) => known[index]),
    rows: deltas.map((delta, k) => ({
      delta,
      oddsRatio: exp(delta),
      estimates: named((_, index) =>
        percentileEstimate(
          whole[k][index],
          replicates.map((measured) => measured[k][index]),
          level,
        ),
      ),
    })),
    failedResamples: resamples.length - replicates.length,
  };
}

function named<T>(
  valueOf: (measure: VerificationMeasure, index: number) => T,
): Record<VerificationMeasure, T> {
  return Object.fromEntries(
    VERIFICATION_MEASURES.map((measure, index) => [measure, valueOf(measure, index)]),
  ) as Record<VerificationMeasure, T>;
}

function measureOrNull(...sample: Parameters<typeof measureSample>): readonly Measured[] | null {
  try {
    return measureSample(...sample);
  } catch (error) {
    if (error instanceof NumericalError || error instanceof InputError) return null;
    throw error;
  }
}

/** One list of measures for each delta. */
function measureSample(
  data: VerifiedPredictions,
  linear: Float64Array,
  rows: Int32Array,
  { threshold, deltas }: Pick<VerificationSettings, "threshold" | "deltas">,
): readonly Measured[] {
  const known = rows.filter((row) => data.verified[row] === 1);
  const fit = logisticRegression(
    { rows: known.length, columns: 1, values: Float64Array.from(known, (row) => linear[row]) },
    Uint8Array.from(known, (row) => data.outcome[row]),
  );
  if (!fit.converged)
    throw new NumericalError(
      "the correction for verification bias needs verified patients whose risks overlap; the events all have other risks than the rest; verify more patients",
    );
  // A risk that is the same for all has no slope.
  const [intercept, slope] = [
    fit.coefficients[0],
    Number.isNaN(fit.coefficients[1]) ? 0 : fit.coefficients[1],
  ];
  return deltas.map((delta) =>
    measureWith(data, rows, threshold, (row) =>
      data.verified[row] === 1 ? data.outcome[row] : logistic(intercept + slope * linear[row] + delta),
    ),
  );
}

function measureWith(
  { probability }: VerifiedPredictions,
  rows: Int32Array,
  threshold: number,
  chanceOf: (row: number) => number,
): Measured {
  const chance = Float64Array.from(rows, chanceOf);
  const score = Float64Array.from(rows, (row) => probability[row]);
  const events = [0, 0];
  const patients = [0, 0];
  for (let k = 0; k < rows.length; k++) {
    const call = score[k] >= threshold ? 1 : 0;
    events[call] += chance[k];
    patients[call] += 1;
  }
  const { prevalence, sensitivity, specificity, ppv, npv } = callAccuracy({ events, patients });
  const auc = expectedAuc(chance, score, ascendingRows(score));
  return [prevalence, auc, sensitivity ?? NaN, specificity ?? NaN, ppv ?? NaN, npv ?? NaN];
}

function percentileEstimate(value: number, replicates: readonly number[], level: number): Estimate {
  const present = replicates.filter((one) => !Number.isNaN(one)).sort((a, b) => a - b);
  const tail = (1 - level) / 2;
  const has = present.length > 0 && !Number.isNaN(value);
  return {
    value,
    lower: has ? sortedQuantile(present, tail) : NaN,
    upper: has ? sortedQuantile(present, 1 - tail) : NaN,
    method: has ? `percentiles of ${present.length} bootstrap samples` : "no interval",
  };
}

/** Beyond a risk of 1 in a million the logit says nothing that a patient's data could. */
function boundedLogit(probability: number): number {
  const bounded = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return log(bounded / (1 - bounded));
}

function checkPredictions({ probability, verified, outcome }: VerifiedPredictions): void {
  const n = probability.length;
  if (n === 0 || verified.length !== n || outcome.length !== n)
    throw new InputError(
      `the analysis of verification bias needs a probability, a verification and an outcome of every patient; got ${n}, ${verified.length} and ${outcome.length}; match them`,
    );
  if (!probability.every((value) => value >= 0 && value <= 1) || !verified.every((value) => value <= 1))
    throw new InputError(
      "the analysis of verification bias needs risks from 0 to 1 and verifications of 0 or 1; got another value; recode it",
    );
  const events = [0, 0];
  for (let row = 0; row < n; row++)
    if (verified[row] === 1) {
      if (outcome[row] > 1)
        throw new InputError(
          "an outcome needs 0 or 1 for every verified patient; got another value; recode it",
        );
      events[outcome[row]] += 1;
    }
  if (events[0] === 0 || events[1] === 0)
    throw new InputError(
      `the analysis of verification bias needs verified patients with and without the event; got ${events[1]} and ${events[0]}; verify more patients`,
    );
}
