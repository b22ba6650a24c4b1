import { choleskyOrNull } from "./cholesky.ts";
import { log } from "./elementary.ts";
import { firthDerivatives } from "./firth-penalty.ts";
import { combination, informationMatrix, projections } from "./logistic-information.ts";
import type { LogisticInput } from "./logistic-input.ts";
import { evaluateLogisticLoss, logisticTerms, type LogisticTerms } from "./logistic-loss.ts";
import type { Matrix } from "./matrix.ts";
import type { OrthonormalBasis } from "./qr.ts";

/** A logistic log likelihood in the coordinates of an orthonormal basis of the design. */
export interface LogisticLikelihood {
  readonly input: LogisticInput;
  readonly decomposition: OrthonormalBasis;
  /** Whether half the log determinant of the Fisher information is added: Jeffreys' prior, Firth's penalty. */
  readonly isPenalised: boolean;
}

/** The likelihood at one point. */
export interface LikelihoodPoint {
  /** Shape [rank]. */
  readonly coordinates: Float64Array;
  readonly terms: LogisticTerms;
  /** Log likelihood with the penalty, if there is one; -Infinity where the information is singular to working precision. */
  readonly value: number;
  /** Log likelihood alone. */
  readonly logLikelihood: number;
  /** Fisher information Q' W Q, shape [rank, rank]. */
  readonly information: Matrix;
  /** Its Cholesky factor; null where it is singular to working precision. */
  readonly factor: Matrix | null;
}

/** First derivatives of the likelihood, and minus its second ones. */
export interface LikelihoodDerivatives {
  readonly gradient: Float64Array;
  readonly curvature: Matrix;
}

/** The likelihood at some coordinates. */
export function likelihoodAt(likelihood: LogisticLikelihood, coordinates: Float64Array): LikelihoodPoint {
  const { input, decomposition, isPenalised } = likelihood;
  const linear = combination(decomposition.basis, coordinates);
  for (let i = 0; i < linear.length; i++) linear[i] += input.offset[i];
  const terms = logisticTerms(linear.length);
  const logLikelihood = -evaluateLogisticLoss(linear, input.outcome, input.weights, terms);
  const information = informationMatrix(decomposition.basis, terms.curvature);
  const factor = isPenalised ? preciseFactor(information) : choleskyOrNull(information);
  let value = factor === null ? -Infinity : logLikelihood;
  if (isPenalised && factor !== null) value += logDiagonal(factor) + logDiagonal(decomposition.triangle);
  return { coordinates, terms, value, logLikelihood, information, factor };
}

/** The derivatives of the likelihood at a point whose value is finite. */
export function derivativesAt(likelihood: LogisticLikelihood, point: LikelihoodPoint): LikelihoodDerivatives {
  const { basis } = likelihood.decomposition;
  if (likelihood.isPenalised && point.factor !== null)
    return firthDerivatives(basis, point.terms, point.factor);
  return { gradient: projections(basis, point.terms.residual), curvature: point.information };
}

/** Pivots below this share of their diagonal entry have lost most of their digits. */
const WEAKEST_PIVOT = 1e-10;

/**
 * The Cholesky factor of the information, null where its determinant would be rounding noise: far out, where hardly a row
 * has any weight.
 */
function preciseFactor(information: Matrix): Matrix | null {
  const factor = choleskyOrNull(information);
  return factor === null || weakestPivot(factor) < WEAKEST_PIVOT ? null : factor;
}

/** The least share of a diagonal entry of L L' that is new in its column. */
function weakestPivot({ rows, values }: Matrix): number {
  let weakest = 1;
  for (let k = 0; k < rows; k++) {
    let diagonal = 0;
    for (let j = 0; j <= k; j++) diagonal += values[j * rows + k] * values[j * rows + k];
    const pivot = values[k * (rows + 1)];
    weakest = Math.min(weakest, (pivot * pivot) / diagonal);
  }
  return weakest;
}

/** The log of the determinant of a triangle, signs left aside. */
function logDiagonal({ rows, values }: Matrix): number {
  let sum = 0;
  for (let k = 0; k < rows; k++) sum += log(Math.abs(values[k * (rows + 1)]));
  return sum;
}
