import type { PatientId } from "../cohort/patient.ts";
import { InputError } from "../errors.ts";
import { log } from "../math/elementary.ts";
import { type Fold, poolFolds } from "./cross-validation.ts";

/** Fits on training patients and predicts the risk of the testing patients, in their order. Learns from nobody else. */
export type FitAndPredict = (
  training: readonly PatientId[],
  testing: readonly PatientId[],
) => ArrayLike<number>;

/** As {@link FitAndPredict} for several candidates at once, such as the penalties of a path, simplest first. */
export type FitCandidates = (
  training: readonly PatientId[],
  testing: readonly PatientId[],
) => readonly ArrayLike<number>[];

/** All patients once, with their outcome in the same order. */
export interface LabelledPatients {
  readonly patients: readonly PatientId[];
  /** 1 = event, 0 = none. */
  readonly outcome: Uint8Array;
}

/** How a candidate is chosen on the inner folds of a training set. */
export interface CandidateChoice {
  readonly fitCandidates: FitCandidates;
  /** Inner folds of the training patients of an outer fold. */
  readonly innerPlan: (fold: Fold) => readonly Fold[];
  /** The least mean loss, or the simplest candidate within one standard error of it. */
  readonly rule: "minimum" | "one-standard-error";
  /** Loss of a patient; the deviance, with risks kept 1e-5 from 0 and 1 as in glmnet, without it. */
  readonly loss?: (event: number, risk: number) => number;
}

/** What an outer fold chose, and why. */
export interface CandidateCurve {
  /** Position of the chosen candidate. */
  readonly chosen: number;
  /** Mean loss of each candidate over inner folds, weighted by their size, and its standard error. */
  readonly means: Float64Array;
  readonly standardErrors: Float64Array;
}

/** A cross-validation inside which a candidate is chosen anew for every fold. */
export interface NestedCrossValidation {
  /** Out-of-fold risks, one array of shape [n] a repeat. */
  readonly repeats: readonly Float64Array[];
  /** One an outer fold, in the order of the plan. */
  readonly choices: readonly CandidateCurve[];
}

/**
 * Out-of-fold predictions of a repeated cross-validation.
 *
 * @param patients Every patient once; the order of the result.
 * @param plan From `crossValidationPlan`.
 * @param fitAndPredict Sees the training patients of a fold only.
 * @returns One array of shape [n] a repeat.
 * @throws {InputError} As `poolFolds`.
 */
export function crossValidate(
  patients: readonly PatientId[],
  plan: readonly Fold[],
  fitAndPredict: FitAndPredict,
): readonly Float64Array[] {
  const values = plan.map(({ training, testing }) => fitAndPredict(training, testing));
  return poolFolds(patients, plan, values);
}

/**
 * Nested cross-validation: within every outer fold the candidate is chosen by a cross-validation of its training
 * patients, refitted on all of them, and judged on patients that had no part in the choice.
 *
 * @param cohort All patients of the plan.
 * @param plan Outer folds, from `crossValidationPlan`.
 * @param choice Candidates, inner folds and rule.
 * @throws {InputError} An inner fold holds a patient who is no training patient of its outer fold, inner folds without a
 *   patient, no candidate, or as `poolFolds`.
 * @source Varma & Simon 2006, BMC Bioinformatics 7:91; one standard error: Hastie, Tibshirani & Friedman 2009, section 7.10.
 */
export function nestedCrossValidation(
  cohort: LabelledPatients,
  plan: readonly Fold[],
  choice: CandidateChoice,
): NestedCrossValidation {
  const outcomeOf = new Map(cohort.patients.map((patient, i) => [patient, cohort.outcome[i]]));
  const choices: CandidateCurve[] = [];
  const repeats = poolFolds(
    cohort.patients,
    plan,
    plan.map((fold) => {
      const inner = choice.innerPlan(fold);
      requireInside(fold, inner);
      const curve = chooseCandidate(inner, choice, outcomeOf);
      choices.push(curve);
      return choice.fitCandidates(fold.training, fold.testing)[curve.chosen];
    }),
  );
  return { repeats, choices };
}

function chooseCandidate(
  inner: readonly Fold[],
  { fitCandidates, rule, loss = deviance }: CandidateChoice,
  outcomeOf: ReadonlyMap<PatientId, number>,
): CandidateCurve {
  const folds = inner.map(({ training, testing }) => ({
    size: testing.length,
    losses: fitCandidates(training, testing).map(
      (risks) =>
        testing.reduce((sum, patient, i) => sum + loss(outcomeOf.get(patient)!, risks[i]), 0) /
        testing.length,
    ),
  }));
  const candidates = Math.min(...folds.map(({ losses }) => losses.length));
  if (!(candidates > 0 && candidates < Infinity))
    throw new InputError("a choice needs candidates and inner folds; got none; name at least one of each");
  const [means, standardErrors] = [new Float64Array(candidates), new Float64Array(candidates)];
  const total = folds.reduce((sum, { size }) => sum + size, 0);
  for (let k = 0; k < candidates; k++) {
    const mean = folds.reduce((sum, { size, losses }) => sum + size * losses[k], 0) / total;
    const spread = folds.reduce((sum, { size, losses }) => sum + size * square(losses[k] - mean), 0) / total;
    means[k] = mean;
    standardErrors[k] = Math.sqrt(spread / (folds.length - 1));
  }
  const best = means.reduce((least, mean, k) => (mean < means[least] ? k : least), 0);
  const limit = rule === "minimum" ? means[best] : means[best] + standardErrors[best];
  return { chosen: means.findIndex((mean) => mean <= limit), means, standardErrors };
}

function deviance(event: number, risk: number): number {
  const inside = Math.min(1 - 1e-5, Math.max(1e-5, risk));
  return -2 * log(event === 1 ? inside : 1 - inside);
}

function square(x: number): number {
  return x * x;
}

/** A choice that saw a testing patient would leak. */
function requireInside(fold: Fold, inner: readonly Fold[]): void {
  const training = new Set(fold.training);
  const outside = inner
    .flatMap(({ training: learning, testing }) => [...learning, ...testing])
    .some((patient) => !training.has(patient));
  if (outside || inner.some(({ testing }) => testing.length === 0))
    throw new InputError(
      "inner folds need training patients of their outer fold only, some in each; got others or an empty fold; draw them from the fold's training set",
    );
}
