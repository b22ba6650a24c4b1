/**
 * R's `glm` takes standard errors from the weights of its last step, which belong to the estimate one step before the last:
 * they differ from those at the maximum by as much as the stopping rule leaves. What it prints is reproduced here, so that
 * the difference is known and not merely tolerated.
 */
import { choleskyFactor, choleskyInverse, choleskySolve } from "../../packages/core/src/math/cholesky.ts";
import {
  combination,
  informationMatrix,
  projections,
} from "../../packages/core/src/math/logistic-information.ts";
import { columnOf, type Matrix, matrixOfColumns } from "../../packages/core/src/math/matrix.ts";

/**
 * The covariance that R prints for a logistic regression.
 *
 * @param design Columns that do not depend on each other, without the column of ones.
 * @param options Case weights, offset, and `epsilon` of R's `glm.control`, 1e-8 unless the case says otherwise.
 */
export function covarianceOfR(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: {
    readonly weights?: Float64Array;
    readonly offset?: Float64Array;
    readonly epsilon?: number;
  } = {},
): Matrix {
  const { rows } = design;
  const columns = Array.from({ length: design.columns }, (_, j) => columnOf(design, j));
  const matrix = matrixOfColumns(rows, [new Float64Array(rows).fill(1), ...columns]);
  const weights = options.weights ?? new Float64Array(rows).fill(1);
  const offset = options.offset ?? new Float64Array(rows);
  let linear = Float64Array.from(weights, (w, i) => {
    const started = (w * outcome[i] + 0.5) / (w + 1);
    return Math.log(started / (1 - started));
  });
  for (let deviance = devianceOf(linear, outcome, weights); ;) {
    const probability = linear.map((eta) => 1 / (1 + Math.exp(-eta)));
    const curvature = probability.map((p, i) => weights[i] * p * (1 - p));
    const working = probability.map(
      (p, i) => curvature[i] * (linear[i] - offset[i]) + weights[i] * (outcome[i] - p),
    );
    const factor = choleskyFactor(informationMatrix(matrix, curvature));
    const coefficients = choleskySolve(factor, projections(matrix, working));
    linear = combination(matrix, coefficients).map((eta, i) => eta + offset[i]);
    const next = devianceOf(linear, outcome, weights);
    if (Math.abs(next - deviance) / (0.1 + Math.abs(next)) < (options.epsilon ?? 1e-8))
      return choleskyInverse(factor);
    deviance = next;
  }
}

function devianceOf(linear: Float64Array, outcome: ArrayLike<number>, weights: Float64Array): number {
  return linear.reduce(
    (sum, eta, i) =>
      sum + 2 * weights[i] * (Math.log1p(Math.exp(-Math.abs(eta))) + Math.max(eta, 0) - outcome[i] * eta),
    0,
  );
}
