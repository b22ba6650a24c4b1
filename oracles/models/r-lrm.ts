/**
 * A logistic regression as `rms::lrm` leaves it (6.5): Newton's method until twice the log likelihood changes by less
 * than 0.025, then one step more, and rank statistics of risks in bins of 1/5000.
 */
import { choleskyFactor, choleskySolve } from "../../packages/core/src/math/cholesky.ts";
import { addMultiple } from "../../packages/core/src/math/dot-product.ts";
import {
  combination,
  informationMatrix,
  naturalCovariance,
  projections,
} from "../../packages/core/src/math/logistic-information.ts";
import { evaluateLogisticLoss, logisticTerms } from "../../packages/core/src/math/logistic-loss.ts";
import type { LogisticFit } from "../../packages/core/src/math/logistic-regression.ts";
import type { Matrix } from "../../packages/core/src/math/matrix.ts";
import { multiplyTriangle, orthonormalise, solveTriangle } from "../../packages/core/src/math/qr.ts";
import {
  type RankAssociation,
  rankAssociation,
} from "../../packages/core/src/validation/rank-association.ts";
import { withIntercept } from "./r-glm.ts";

/** What the tests read of a fit. */
export type LrmOfR = Pick<LogisticFit, "coefficients" | "covariance" | "logLikelihood"> & {
  readonly linear: Float64Array;
};

/** Change of minus twice the log likelihood at which lrm stops. */
export const LRM_CHANGE = 0.025;
const MAXIMUM_STEPS = 11;
const BINS = 5000;

/**
 * The fit of `lrm`, without penalty, offset or weights.
 *
 * @param design Without the column of ones, of full rank; shape [n, p].
 */
export function lrmOfR(design: Matrix, outcome: Uint8Array): LrmOfR {
  const decomposition = orthonormalise(withIntercept(design));
  const { basis, triangle } = decomposition;
  const weights = new Float64Array(design.rows).fill(1);
  const terms = logisticTerms(design.rows);
  const share = outcome.reduce((sum, y) => sum + y, 0) / outcome.length;
  const start = new Float64Array(triangle.rows);
  start[0] = Math.log(share / (1 - share));
  // Newton's steps are the same in any coordinates; those of an orthonormal basis keep their digits.
  const place = multiplyTriangle(triangle, start);
  const lossAt = () => evaluateLogisticLoss(combination(basis, place), outcome, weights, terms);
  let step: Float64Array = new Float64Array(place.length);
  let [before, size] = [Infinity, 1];
  for (let steps = 0; steps < MAXIMUM_STEPS; steps++) {
    const loss = lossAt();
    if (loss > before) {
      size /= 2;
      addMultiple(place, -size, step, 0);
      continue;
    }
    size = 1;
    const score = projections(basis, terms.residual);
    step = choleskySolve(choleskyFactor(informationMatrix(basis, terms.curvature)), score);
    addMultiple(place, 1, step, 0);
    if (2 * (before - loss) <= LRM_CHANGE) break;
    before = loss;
  }
  const loss = lossAt();
  return {
    coefficients: solveTriangle(triangle, place),
    covariance: naturalCovariance(informationMatrix(basis, terms.curvature), decomposition, triangle.rows),
    logLikelihood: -loss,
    linear: combination(basis, place),
  };
}

/** C, Dxy, Gamma and Tau-a as `lrm` counts them: risks in one bin are tied. */
export function binnedRankAssociation(outcome: Uint8Array, risk: Float64Array): RankAssociation {
  return rankAssociation(
    outcome,
    risk.map((p) => Math.floor(BINS * p + 1)),
  );
}
