import { stratifiedFolds } from "../cohort/folds.ts";
import { patientFolds } from "../cohort/patient-folds.ts";
import type { PatientId } from "../cohort/patient.ts";
import type { Finding } from "../errors.ts";
import {
  crossValidateElasticNet,
  crossValidatePath,
  type FoldDesign,
  linearPredictor,
} from "../math/elastic-net-cross-validation.ts";
import { log, pow } from "../math/elementary.ts";
import { type Matrix, takeRows } from "../math/matrix.ts";
import type { Random } from "../math/random.ts";
import { mean } from "../math/statistics.ts";
import { fitUnpenalised, foldCoefficients, type UnpenalisedMethod } from "./fit-unpenalised.ts";
import type { Regression } from "./model.ts";

/** A logistic regression on the columns of a design. */
export interface FittedRegression {
  readonly intercept: number;
  /** One per column of the design. */
  readonly coefficients: Float64Array;
  /** The regression that was used: the stated one, or ridge where that had no answer. */
  readonly regression: Regression;
  readonly lambda: number | null;
  /** Intercept first; null for penalised regression, and for Firth's under separation. */
  readonly standardErrors: readonly number[] | null;
  /** Covariances of the coefficients, intercept first; absent where `standardErrors` is null. */
  readonly covariance?: Matrix;
  /**
   * Linear predictor of each training patient from folds that did not see the patient's outcome, shape [n]; of a
   * penalised regression at the one penalty that was chosen, so that all folds share a scale.
   */
  readonly outOfFold: Float64Array;
  readonly findings: readonly Finding[];
}

/** Design and outcome of the training patients. */
export interface RegressionData {
  /** Standardised columns. */
  readonly design: Matrix;
  readonly outcome: Uint8Array;
  /**
   * The same patients as a fold that does not hold them must see them, e.g. imputed without their outcome; the design
   * itself without it. A patient's linear predictor out of fold comes from here.
   */
  readonly heldOut?: Matrix;
  /** Names for messages, one per column. */
  readonly names: readonly string[];
  /** Who each row is, where a patient may stand several times: the patient's rows then share a fold. */
  readonly patients?: readonly PatientId[];
}

/** Half as many lambdas as glmnet: neighbours differ by about a fifth, far less than folds can tell. */
const LAMBDA_COUNT = 50;
/** A lambda is not looked for beyond this many standard errors above the best mean deviance. */
const PATIENCE = 1;

/**
 * A logistic regression as a protocol asks for, with out-of-fold predictions of its training patients.
 *
 * Maximum likelihood has no answer under separation, with linearly dependent columns, or with too few patients for the
 * columns, Firth's regression none in the last two cases: the stated rule is ridge regression with the penalty of least
 * cross-validated deviance, and a warning.
 *
 * @param folds Number of folds of the out-of-fold predictions of maximum likelihood and of Firth's regression.
 * @throws {InputError} A class has fewer patients than folds.
 */
export function fitRegression(
  data: RegressionData,
  regression: Regression,
  folds: number,
  random: Random,
): FittedRegression {
  if (data.design.columns === 0) return interceptOnly(data, regression);
  if (regression.method === "penalised") return fitPenalised(data, regression, random);
  const { method } = regression;
  const fitted = fitStated(data, method, folds, random);
  if (typeof fitted !== "string") return fitted;
  const ridge = { method: "penalised", alpha: 0, folds: Math.max(3, folds), rule: "minimum" } as const;
  const name = method === "firth" ? "Firth's regression" : "maximum likelihood";
  const message = `${name} needs ${fitted}; ridge regression with the penalty of least cross-validated deviance was used`;
  const fallback = fitPenalised(data, ridge, random);
  return {
    ...fallback,
    findings: [{ code: `${method}-replaced`, severity: "warning", message }, ...fallback.findings],
  };
}

function interceptOnly({ outcome }: RegressionData, regression: Regression): FittedRegression {
  const prevalence = mean(outcome);
  return {
    intercept: log(prevalence / (1 - prevalence)),
    coefficients: new Float64Array(0),
    regression,
    lambda: null,
    standardErrors: null,
    outOfFold: new Float64Array(outcome.length).fill(log(prevalence / (1 - prevalence))),
    findings: [
      {
        code: "model-empty",
        severity: "warning",
        message: "no predictor was left; the model predicts the same risk for everybody",
      },
    ],
  };
}

function fitPenalised(
  data: RegressionData,
  regression: Regression & { method: "penalised" },
  random: Random,
): FittedRegression {
  const folds = foldsOf(data, regression.folds, random.fork("penalty"));
  const settings = {
    alpha: regression.alpha,
    patience: PATIENCE,
    ...(regression.alpha === 0 ? { lambdas: ridgeLambdas(data) } : { lambdaCount: LAMBDA_COUNT }),
  };
  const { models, curve, outOfFold } =
    data.heldOut === undefined
      ? crossValidateElasticNet(data.design, data.outcome, folds, settings)
      : crossValidatePath(data, foldDesigns(data, folds), settings);
  const chosen = regression.rule === "minimum" ? curve.minimum : curve.oneStandardError;
  const { intercept, coefficients, lambda } = models[chosen];
  const empty = coefficients.every((coefficient) => coefficient === 0);
  return {
    intercept,
    coefficients,
    regression,
    lambda: Number.isFinite(lambda) ? lambda : null,
    standardErrors: null,
    // Without a predictor folds differ by their prevalence alone, which is no information about a patient.
    outOfFold: empty ? outOfFold[chosen].fill(intercept) : outOfFold[chosen],
    findings: empty
      ? [
          {
            code: "model-empty",
            severity: "warning",
            message:
              "the penalty of least deviance leaves no predictor; the model predicts the same risk for everybody",
          },
        ]
      : [],
  };
}

/**
 * Penalties for ridge, from one that leaves next to nothing to one that hardly shrinks. Glmnet's own sequence ends where a
 * single strong predictor is still shrunken to a fraction, and its predictions are too timid.
 *
 * @returns Descending, from 10 times to a thousandth of the largest slope at zero.
 */
function ridgeLambdas({ design, outcome }: RegressionData): Float64Array {
  const prevalence = mean(outcome);
  let largest = 0;
  for (let column = 0; column < design.columns; column++) {
    let slope = 0;
    for (let row = 0; row < design.rows; row++)
      slope += design.values[column * design.rows + row] * (outcome[row] - prevalence);
    largest = Math.max(largest, Math.abs(slope) / design.rows);
  }
  const start = 10 * Math.max(largest, 1e-6);
  return Float64Array.from({ length: LAMBDA_COUNT }, (_, k) => start * pow(1e-4, k / (LAMBDA_COUNT - 1)));
}

/** The fit, or what the method would have needed. */
function fitStated(
  data: RegressionData,
  method: UnpenalisedMethod,
  folds: number,
  random: Random,
): FittedRegression | string {
  const { design, outcome, names } = data;
  const fit = fitUnpenalised(design, outcome, names, method);
  if (typeof fit === "string") return fit;
  const { coefficients, covariance, findings } = fit;
  const assigned = foldsOf(data, folds, random.fork("out-of-fold"));
  const size = design.columns + 1;
  return {
    intercept: coefficients[0],
    coefficients: coefficients.slice(1),
    regression: { method },
    lambda: null,
    standardErrors:
      covariance === null
        ? null
        : Array.from({ length: size }, (_, j) => Math.sqrt(covariance.values[j * (size + 1)])),
    ...(covariance === null ? {} : { covariance }),
    outOfFold: outOfFoldPredictors(data, assigned, method),
    findings,
  };
}

function foldsOf({ outcome, patients }: RegressionData, folds: number, random: Random): Int32Array {
  return patients === undefined
    ? stratifiedFolds(outcome, folds, random)
    : patientFolds(outcome, patients, folds, random);
}

/** The patients that each fold learns from, and those that it holds out as they are then known. */
function foldDesigns({ design, outcome, heldOut = design }: RegressionData, folds: Int32Array): FoldDesign[] {
  return [...new Set(folds)].map((fold) => {
    const rowsOf = (inside: boolean) => [...folds.keys()].filter((row) => (folds[row] === fold) === inside);
    const [training, rows] = [rowsOf(false), rowsOf(true)];
    return {
      training: takeRows(design, training),
      outcome: Uint8Array.from(training, (row) => outcome[row]),
      testing: takeRows(heldOut, rows),
      rows,
    };
  });
}

function outOfFoldPredictors(
  data: RegressionData,
  folds: Int32Array,
  method: UnpenalisedMethod,
): Float64Array {
  const predictors = new Float64Array(data.design.rows);
  for (const { training, outcome, testing, rows } of foldDesigns(data, folds)) {
    const coefficients = foldCoefficients(training, outcome, method);
    const linear = linearPredictor(
      { intercept: coefficients[0], coefficients: coefficients.subarray(1) },
      testing,
    );
    rows.forEach((row, index) => (predictors[row] = linear[index]));
  }
  return predictors;
}
