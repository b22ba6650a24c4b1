import type { PatientId } from "../cohort/patient.ts";
import { type Finding, InputError, NumericalError } from "../errors.ts";
import { exp, log, logistic, logit } from "../math/elementary.ts";
import { poolRandomEffects, type PooledEffect, type RandomEffectsOptions } from "../math/random-effects.ts";
import { calibrationInTheLarge, calibrationSlope, observedExpectedRatio } from "./calibration.ts";
import { delongAuc, delongVariance } from "./delong.ts";
import { type Estimate, twoSidedNormal } from "./estimate.ts";
import type { FitAndPredict, LabelledPatients } from "./nested-cross-validation.ts";
import { requireProbabilities } from "./predictions.ts";
import type { Subgroups } from "./subgroup.ts";

/** Predicted risks of the patients of one centre by a model that did not learn from them. */
export interface CentrePredictions {
  readonly centre: string;
  /** 1 = event, 0 = none; shape [n]. */
  readonly outcome: Uint8Array;
  /** In [0, 1]; shape [n]. */
  readonly probability: Float64Array;
}

/** The measures that are pooled over centres. */
export type CentreMeasure = "auc" | "slope" | "intercept" | "observedExpected";

/** How a model does in one centre; null where a measure does not exist there. */
export interface CentreRow extends Readonly<Record<CentreMeasure, Estimate | null>> {
  readonly centre: string;
  readonly patients: number;
  readonly events: number;
}

/** A measure pooled over centres, on its own scale. */
export interface PooledMeasure extends Estimate {
  /** Where the measure of a new centre lies; null with fewer than three centres. */
  readonly prediction: { readonly lower: number; readonly upper: number } | null;
  /** Between centres, on the scale of pooling: logit for the AUC, log for observed to expected. */
  readonly betweenVariance: number;
  /** I², the share of variance that lies between centres. */
  readonly heterogeneity: number;
  readonly centres: number;
}

/** Performance by centre with its random-effects mean. */
export interface CentreValidation {
  readonly rows: readonly CentreRow[];
  /** Null where fewer than two centres have the measure. */
  readonly pooled: Readonly<Record<CentreMeasure, PooledMeasure | null>>;
  readonly findings: readonly Finding[];
}

interface Scale {
  readonly measure: (outcome: Uint8Array, probability: Float64Array, level: number) => Estimate;
  /** To the scale of pooling, and back. */
  readonly to: (value: number) => number;
  readonly from: (value: number) => number;
  readonly variance: (centre: CentrePredictions, estimate: Estimate, z: number) => number;
}

const itself = (value: number) => value;
const ofLimits =
  (to: (value: number) => number) =>
  (_: CentrePredictions, { lower, upper }: Estimate, z: number) => {
    const standardError = (to(upper) - to(lower)) / (2 * z);
    return standardError * standardError;
  };

const scales: Readonly<Record<CentreMeasure, Scale>> = {
  auc: {
    measure: delongAuc,
    to: logit,
    from: logistic,
    variance: ({ outcome, probability }, { value }) => {
      const slope = value * (1 - value);
      return delongVariance(outcome, probability) / (slope * slope);
    },
  },
  slope: {
    measure: (outcome, probability, level) => calibrationSlope(outcome, probability, level).slope,
    to: itself,
    from: itself,
    variance: ofLimits(itself),
  },
  intercept: { measure: calibrationInTheLarge, to: itself, from: itself, variance: ofLimits(itself) },
  observedExpected: {
    measure: (outcome, probability, level) => observedExpectedRatio(outcome, probability, level).ratio,
    to: log,
    from: exp,
    variance: ofLimits(log),
  },
};

/**
 * Internal-external validation: every centre in turn is predicted by a model that learned from all others.
 *
 * @param cohort Every patient once.
 * @param centres Centre of every patient, none missing; at least two centres with patients.
 * @param fitAndPredict The whole way from data to risks; sees the patients of the other centres only.
 * @param options How the centres are pooled.
 * @throws {InputError} Fewer than two centres, a patient without one, or predictions of another number than patients.
 * @source Royston, Parmar & Sylvester 2004, Stat Med 23:907-926; Steyerberg & Harrell 2016, J Clin Epidemiol 69:245-247.
 */
export function internalExternalValidation(
  cohort: LabelledPatients,
  centres: Subgroups,
  fitAndPredict: FitAndPredict,
  options: RandomEffectsOptions = {},
): CentreValidation {
  const { patients, outcome } = cohort;
  const codes = Array.from(centres.codes);
  const used = centres.levels.flatMap((centre, code) => (codes.includes(code) ? [{ centre, code }] : []));
  if (codes.length !== patients.length || codes.some((code) => !(code >= 0)) || used.length < 2)
    throw new InputError(
      `internal-external validation needs a centre for every patient and two centres; got ${codes.filter((code) => code >= 0).length} of ${patients.length} patients in ${used.length} centres; complete the column`,
    );
  const predictions = used.map(({ centre, code }) => {
    const select = (isIn: boolean): PatientId[] => patients.filter((_, i) => (codes[i] === code) === isIn);
    return {
      centre,
      outcome: outcome.filter((_, i) => codes[i] === code),
      probability: Float64Array.from(fitAndPredict(select(false), select(true))),
    };
  });
  return validateByCentre(predictions, options);
}

/**
 * Performance of given predictions in every centre, and its random-effects mean with a prediction interval.
 *
 * @param centres Predictions of each centre by a model that did not learn from it.
 * @param options How the centres are pooled.
 * @returns A centre without a measure, or without a variance of it, is left out of that mean, with a finding.
 * @throws {InputError} A centre without patients, unequal lengths, risks outside [0, 1], or a level outside (0, 1).
 * @source Debray et al. 2017, BMJ 356:i6460; scales: Snell et al. 2018, Stat Methods Med Res 27:3505-3522.
 */
export function validateByCentre(
  centres: readonly CentrePredictions[],
  options: RandomEffectsOptions = {},
): CentreValidation {
  const level = options.level ?? 0.95;
  const quantile = twoSidedNormal(level);
  for (const { outcome, probability } of centres) requireProbabilities(outcome, probability);
  const measures = Object.keys(scales) as CentreMeasure[];
  const findings: Finding[] = [];
  const rows = centres.map((centre): CentreRow => {
    const estimates = measures.map((measure) => [measure, estimateOrNull(scales[measure], centre, level)]);
    return {
      centre: centre.centre,
      patients: centre.outcome.length,
      events: centre.outcome.reduce((sum, event) => sum + event, 0),
      ...(Object.fromEntries(estimates) as Record<CentreMeasure, Estimate | null>),
    };
  });
  const pooled = measures.map((measure) => {
    const { to, variance } = scales[measure];
    const usable = rows.flatMap((row, k) => {
      const estimate = row[measure];
      if (estimate === null) return [];
      const effect = to(estimate.value);
      const squaredError = variance(centres[k], estimate, quantile);
      return Number.isFinite(effect) && squaredError > 0 && squaredError < Infinity
        ? [{ effect, squaredError }]
        : [];
    });
    if (usable.length < centres.length)
      findings.push(leftOut(measure, centres.length - usable.length, centres.length));
    return [measure, usable.length < 2 ? null : pool(measure, usable, options)];
  });
  return { rows, pooled: Object.fromEntries(pooled) as CentreValidation["pooled"], findings };
}

function pool(
  measure: CentreMeasure,
  usable: readonly { readonly effect: number; readonly squaredError: number }[],
  options: RandomEffectsOptions,
): PooledMeasure {
  const { from } = scales[measure];
  const effect: PooledEffect = poolRandomEffects(
    usable.map((centre) => centre.effect),
    usable.map((centre) => centre.squaredError),
    options,
  );
  const { prediction } = effect;
  return {
    value: from(effect.value),
    lower: from(effect.lower),
    upper: from(effect.upper),
    method: methodOf(options),
    prediction: prediction === null ? null : { lower: from(prediction.lower), upper: from(prediction.upper) },
    betweenVariance: effect.betweenVariance,
    heterogeneity: effect.heterogeneity,
    centres: effect.studies,
  };
}

function methodOf({
  method = "restricted-likelihood",
  interval = "hartung-knapp",
}: RandomEffectsOptions): string {
  const estimator = method === "restricted-likelihood" ? "REML" : "DerSimonian-Laird";
  return `random effects, ${estimator}, ${interval === "normal" ? "normal" : "Hartung-Knapp"} interval`;
}

/** Null where the centre is too small or its patients give no estimate: its data were found sound before. */
function estimateOrNull({ measure }: Scale, centre: CentrePredictions, level: number): Estimate | null {
  try {
    return measure(centre.outcome, centre.probability, level);
  } catch (error) {
    if (error instanceof NumericalError || error instanceof InputError) return null;
    throw error;
  }
}

function leftOut(measure: CentreMeasure, missing: number, centres: number): Finding {
  return {
    code: "centre-not-pooled",
    severity: "warning",
    message: `pooling of ${measure} needs its value and variance in every centre; got none in ${missing} of ${centres}, which are left out; read their counts`,
  };
}
