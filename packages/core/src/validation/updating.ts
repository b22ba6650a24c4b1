import { InputError, NumericalError } from "../errors.ts";
import { chiSquaredUpper } from "../math/distributions.ts";
import { exp, log1p } from "../math/elementary.ts";
import { logisticRegression, type LogisticFit } from "../math/logistic-regression.ts";
import { type Matrix, matrixOfColumns } from "../math/matrix.ts";
import type { ChiSquaredTail } from "./calibration-tests.ts";
import { requireClasses, requireScores } from "./predictions.ts";

/** What of a model is estimated anew: nothing, its intercept, intercept and common slope, or every coefficient. */
export type UpdateMethod = "original" | "intercept" | "recalibration" | "revision";

/** A model updated on new patients. */
export interface UpdatedModel {
  readonly method: UpdateMethod;
  /** Added to the linear predictor times `slope`; for a revision the new intercept. */
  readonly intercept: number;
  /** Multiplies the old linear predictor; 0 for a revision, which does not use it. */
  readonly slope: number;
  /** New coefficients of the design's columns, NaN where aliased; null but for a revision. */
  readonly coefficients: Float64Array | null;
  readonly logLikelihood: number;
  /** Numbers estimated on the new patients. */
  readonly parameters: number;
}

/** A likelihood-ratio test of a simpler update against revision. */
export interface UpdateTest extends ChiSquaredTail {
  readonly method: UpdateMethod;
}

/** Which update the closed test chose, with all it looked at. */
export interface ClosedTest {
  readonly chosen: UpdatedModel;
  /** In the order they were made; the last that is not significant decides. */
  readonly tests: readonly UpdateTest[];
}

/** New patients with the linear predictor of the model to update. */
export interface NewPatients {
  /** 1 = event, 0 = none; shape [n], at least one patient of each. */
  readonly outcome: Uint8Array;
  /** Logit of the old model's risk, finite; shape [n]. */
  readonly linear: Float64Array;
}

/**
 * The model with a part of it estimated anew by maximum likelihood on new patients.
 *
 * @param method What is estimated.
 * @param patients New patients; for honest figures validate the updated model on others.
 * @param design The model's predictors, shape [n, p]; only a revision needs it.
 * @throws {InputError} A class without patients, unequal lengths, or no design for a revision.
 * @throws {NumericalError} No finite estimate: the new patients are separated, or too few.
 * @source Steyerberg et al. 2004, Stat Med 23:2567-2586, methods 0 to 3 without selection.
 */
export function updateModel(method: UpdateMethod, patients: NewPatients, design?: Matrix): UpdatedModel {
  const { outcome, linear } = patients;
  requireClasses(requireScores(outcome, linear), 1, "an update");
  const rows = outcome.length;
  switch (method) {
    case "original":
      return { method, ...kept, logLikelihood: originalLogLikelihood(patients), parameters: 0 };
    case "intercept": {
      const fit = estimated(
        logisticRegression(matrixOfColumns(rows, []), outcome, { offset: linear }),
        method,
      );
      return { method, ...kept, intercept: fit.coefficients[0], ...sizeOf(fit) };
    }
    case "recalibration": {
      const fit = estimated(logisticRegression(matrixOfColumns(rows, [linear]), outcome), method);
      if (fit.aliased.length > 0)
        throw new NumericalError(
          "recalibration needs linear predictors that differ; got one value for all patients; update the intercept",
        );
      const [intercept, slope] = fit.coefficients;
      return { method, intercept, slope, coefficients: null, ...sizeOf(fit) };
    }
    case "revision": {
      if (design === undefined)
        throw new InputError("a revision needs the model's predictors; got none; pass their design");
      const fit = estimated(logisticRegression(design, outcome), method);
      const [intercept] = fit.coefficients;
      return { method, intercept, slope: 0, coefficients: fit.coefficients.slice(1), ...sizeOf(fit) };
    }
  }
}

/**
 * The least update that the new patients do not contradict: revision is tested against the original model, then against
 * an update of the intercept, then against recalibration, each with its degrees of freedom.
 *
 * @param patients As {@link updateModel}.
 * @param design As {@link updateModel}; the old model's linear predictor should lie in its span.
 * @param alpha Significance level of every test, in (0, 1).
 * @returns The first model whose test is not significant, revision where all are.
 * @throws {InputError} As {@link updateModel}, or an alpha outside (0, 1).
 * @throws {NumericalError} As {@link updateModel}, for any of the models.
 * @source Vergouwe et al. 2017, Stat Med 36:4529-4539.
 */
export function closedTest(patients: NewPatients, design: Matrix, alpha = 0.05): ClosedTest {
  if (!(alpha > 0 && alpha < 1))
    throw new InputError(`a closed test needs a level between 0 and 1; got ${alpha}; use 0.05`);
  const revision = updateModel("revision", patients, design);
  const tests: UpdateTest[] = [];
  for (const method of ["original", "intercept", "recalibration"] as const) {
    const model = updateModel(method, patients);
    const degreesOfFreedom = revision.parameters - model.parameters;
    // With one predictor recalibration is the revision.
    if (degreesOfFreedom < 1) continue;
    const chiSquared = Math.max(0, 2 * (revision.logLikelihood - model.logLikelihood));
    const pValue = chiSquaredUpper(chiSquared, degreesOfFreedom);
    tests.push({ method, chiSquared, degreesOfFreedom, pValue });
    if (pValue >= alpha) return { chosen: model, tests };
  }
  return { chosen: revision, tests };
}

/**
 * Linear predictors of an updated model.
 *
 * @param model From {@link updateModel}.
 * @param linear Linear predictors of the old model; shape [n].
 * @param design The model's predictors, for a revision; shape [n, p].
 * @throws {InputError} A revision without a design.
 */
export function updatedLinearPredictor(
  model: UpdatedModel,
  linear: Float64Array,
  design?: Matrix,
): Float64Array {
  const { intercept, slope, coefficients } = model;
  if (coefficients === null) return linear.map((value) => intercept + slope * value);
  if (design === undefined)
    throw new InputError("a revised model needs its predictors; got none; pass their design");
  const revised = new Float64Array(design.rows).fill(intercept);
  for (let j = 0; j < design.columns; j++) {
    if (Number.isNaN(coefficients[j])) continue;
    for (let i = 0; i < design.rows; i++) revised[i] += coefficients[j] * design.values[j * design.rows + i];
  }
  return revised;
}

const kept = { intercept: 0, slope: 1, coefficients: null };

function sizeOf({ logLikelihood, coefficients, aliased }: LogisticFit) {
  return { logLikelihood, parameters: coefficients.length - aliased.length };
}

function estimated(fit: LogisticFit, method: UpdateMethod): LogisticFit {
  if (fit.separated || !fit.converged)
    throw new NumericalError(
      `an update by ${method} needs a finite estimate; got ${fit.separated ? "separation" : "no convergence"}; update less, or collect more patients`,
    );
  return fit;
}

function originalLogLikelihood({ outcome, linear }: NewPatients): number {
  let loss = 0;
  for (let i = 0; i < linear.length; i++) {
    const towardsError = outcome[i] === 1 ? -linear[i] : linear[i];
    loss += Math.max(towardsError, 0) + log1p(exp(-Math.abs(towardsError)));
  }
  return -loss;
}
