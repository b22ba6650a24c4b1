import type { Finding } from "../errors.ts";
import { firthInterceptCorrected } from "../math/firth-corrections.ts";
import { firthRegression } from "../math/firth-regression.ts";
import { type LogisticFit, logisticRegression } from "../math/logistic-regression.ts";
import type { Matrix } from "../math/matrix.ts";
import { collinearityFindings } from "./collinearity-findings.ts";

/** The regressions whose penalty, if any, is not chosen: maximum likelihood, and Firth's. */
export type UnpenalisedMethod = "maximum-likelihood" | "firth";

/** Coefficients of a design with their precision. */
export interface UnpenalisedFit {
  /** Intercept first. */
  readonly coefficients: Float64Array;
  /** Null where Wald's limits would mislead. */
  readonly covariance: Matrix | null;
  readonly findings: readonly Finding[];
}

/**
 * A fit by maximum likelihood or by Firth's penalised likelihood with intercept correction (FLIC), or what it would have
 * needed, in words.
 *
 * Both need columns that do not depend on each other and more patients than columns; maximum likelihood needs outcomes that
 * the columns do not separate. Firth's coefficients are finite under separation, but Wald's limits are then wrong: there
 * are none, and a finding.
 *
 * @param names Of the columns, for the words.
 * @throws {InputError} As `logisticRegression`.
 */
export function fitUnpenalised(
  design: Matrix,
  outcome: Uint8Array,
  names: readonly string[],
  method: UnpenalisedMethod,
): UnpenalisedFit | string {
  if (design.columns + 1 >= design.rows)
    return `more patients than columns; got ${design.rows} and ${design.columns}`;
  const fit = logisticRegression(design, outcome);
  if (fit.aliased.length > 0)
    return `columns that do not depend on each other; got ${namesAt(names, fit.aliased)} from the others`;
  if (method === "firth") return fitFirth(design, outcome, names, fit);
  if (fit.separated)
    return `outcomes that the predictors do not separate; got separation by ${namesAt(names, fit.separatingColumns)}`;
  if (!fit.converged) return "an estimate that converges; got none";
  return {
    coefficients: fit.coefficients,
    covariance: fit.covariance,
    findings: collinearityFindings(fit, design, names),
  };
}

function fitFirth(
  design: Matrix,
  outcome: Uint8Array,
  names: readonly string[],
  unpenalised: LogisticFit,
): UnpenalisedFit {
  const { coefficients } = firthInterceptCorrected(design, outcome);
  if (unpenalised.converged) {
    const { covariance } = firthRegression(design, outcome);
    return {
      coefficients,
      covariance,
      findings: collinearityFindings({ coefficients, covariance }, design, names),
    };
  }
  return {
    coefficients,
    covariance: null,
    findings: [
      {
        code: "firth-separation",
        severity: "info",
        message: `Wald's limits need outcomes that the predictors do not separate; got separation by ${namesAt(names, unpenalised.separatingColumns)}; Firth's coefficients are finite and given without limits; profile limits hold and are to be had from the library`,
      },
    ],
  };
}

/** Names of columns by their positions among the coefficients, the intercept left out. */
function namesAt(names: readonly string[], positions: readonly number[]): string {
  return positions
    .filter((position) => position > 0)
    .map((position) => names[position - 1])
    .join(", ");
}

/**
 * Coefficients for the prediction of patients outside a fold: finite whatever the fold holds, those of the last step where
 * maximum likelihood has no estimate, 0 for a column that depends on others.
 */
export function foldCoefficients(
  design: Matrix,
  outcome: ArrayLike<number>,
  method: UnpenalisedMethod,
): Float64Array {
  const { coefficients } =
    method === "firth" ? firthInterceptCorrected(design, outcome) : logisticRegression(design, outcome);
  return coefficients.map((coefficient) => (Number.isNaN(coefficient) ? 0 : coefficient));
}
