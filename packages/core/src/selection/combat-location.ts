import { dotProduct } from "../math/dot-product.ts";
import { columnOf, type Matrix, takeRows, zeroMatrix } from "../math/matrix.ts";
import { orthonormalise, solveTriangle } from "../math/qr.ts";
import type { GroupedRows } from "./combat-model.ts";

/** Rows by batch. */
export interface Grouped {
  readonly names: readonly string[];
  /** Position of each row's batch in `names`, shape [n]. */
  readonly batchOf: Int32Array;
  /** Rows of each batch. */
  readonly sizes: readonly number[];
}

/** Count, mean and sum of squared deviations of each feature in each batch, at `feature * batches + batch`. */
export interface BatchMoments {
  readonly features: number;
  readonly batches: number;
  readonly counts: Int32Array;
  readonly means: Float64Array;
  readonly squares: Float64Array;
}

/**
 * The least squares coefficients of the covariates beside the batches; their part is taken out of the values.
 *
 * @param values Shape [n, p]; changed. A feature with missing values is fitted on its own rows.
 * @returns One row of p coefficients a covariate; none without covariates.
 */
export function covariateCoefficients(
  values: Matrix,
  covariates: Matrix | null,
  grouped: GroupedRows,
): readonly Float64Array[] {
  if (covariates === null) return [];
  const coefficients = Array.from({ length: covariates.columns }, () => new Float64Array(values.columns));
  let solver = withinBatchSolver(covariates, grouped.batchOf, null);
  for (let feature = 0; feature < values.columns; feature++) {
    const column = columnOf(values, feature);
    const present = presentRows(column);
    // Features of the same image are missing together, so the next pattern is mostly the last one.
    if (!samePattern(present, solver.rows)) solver = withinBatchSolver(covariates, grouped.batchOf, present);
    const solution = solver.solve(
      present === null ? column : Float64Array.from(present, (row) => column[row]),
    );
    for (let j = 0; j < covariates.columns; j++) {
      coefficients[j][feature] = solution[j];
      const source = columnOf(covariates, j);
      for (let row = 0; row < column.length; row++) column[row] -= solution[j] * source[row];
    }
  }
  return coefficients;
}

interface WithinBatchSolver {
  readonly rows: Int32Array | null;
  readonly solve: (column: Float64Array) => Float64Array;
}

/** Least squares on covariates centred within batches, which equals least squares beside the batches' indicators. */
function withinBatchSolver(
  covariates: Matrix,
  batchOf: Int32Array,
  rows: Int32Array | null,
): WithinBatchSolver {
  const own = rows === null ? covariates : takeRows(covariates, rows);
  const batches = rows === null ? batchOf : Int32Array.from(rows, (row) => batchOf[row]);
  const { basis, triangle, kept } = orthonormalise(centredWithin(own, batches));
  return {
    rows,
    solve: (column) => {
      const shares = Float64Array.from(kept, (_, k) =>
        dotProduct(basis.values, k * basis.rows, column, basis.rows),
      );
      const solved = solveTriangle(triangle, shares);
      const all = new Float64Array(covariates.columns);
      kept.forEach((position, k) => (all[position] = solved[k]));
      return all;
    },
  };
}

function centredWithin(matrix: Matrix, batchOf: Int32Array): Matrix {
  const batches = batchOf.reduce((most, batch) => Math.max(most, batch), 0) + 1;
  const centred = zeroMatrix(matrix.rows, matrix.columns);
  for (let j = 0; j < matrix.columns; j++) {
    const column = columnOf(matrix, j);
    const sums = new Float64Array(batches);
    const counts = new Float64Array(batches);
    for (let row = 0; row < column.length; row++) {
      sums[batchOf[row]] += column[row];
      counts[batchOf[row]] += 1;
    }
    const target = columnOf(centred, j);
    for (let row = 0; row < column.length; row++)
      target[row] = column[row] - sums[batchOf[row]] / counts[batchOf[row]];
  }
  return centred;
}

/** Null where no value is missing. */
function presentRows(column: Float64Array): Int32Array | null {
  if (!column.some(Number.isNaN)) return null;
  const rows: number[] = [];
  for (let row = 0; row < column.length; row++) if (!Number.isNaN(column[row])) rows.push(row);
  return Int32Array.from(rows);
}

function samePattern(a: Int32Array | null, b: Int32Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((row, k) => row === b[k]);
}

/** Moments of each feature in each batch, missing values left out. */
export function batchMoments(values: Matrix, { batchOf, names }: GroupedRows): BatchMoments {
  const batches = names.length;
  const features = values.columns;
  const counts = new Int32Array(features * batches);
  const means = new Float64Array(features * batches);
  const squares = new Float64Array(features * batches);
  for (let feature = 0; feature < features; feature++) {
    const start = feature * values.rows;
    const at = feature * batches;
    for (let row = 0; row < values.rows; row++) {
      const value = values.values[start + row];
      if (value !== value) continue;
      means[at + batchOf[row]] += value;
      counts[at + batchOf[row]] += 1;
    }
    for (let batch = 0; batch < batches; batch++) means[at + batch] /= counts[at + batch];
    for (let row = 0; row < values.rows; row++) {
      const deviation = values.values[start + row] - means[at + batchOf[row]];
      if (deviation === deviation) squares[at + batchOf[row]] += deviation * deviation;
    }
  }
  return { features, batches, counts, means, squares };
}

/** The mean and the standard deviation that features are standardised with, shape [p] each. */
export function pooledScale(
  { features, batches, counts, means, squares }: BatchMoments,
  { names, sizes, batchOf }: GroupedRows,
  reference: string | null,
): { readonly means: Float64Array; readonly deviations: Float64Array } {
  const fixed = reference === null ? -1 : names.indexOf(reference);
  const rows = batchOf.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const lost = total < rows * features ? 1 : 0;
  const grand = new Float64Array(features);
  const deviations = new Float64Array(features);
  for (let feature = 0; feature < features; feature++) {
    let [square, count] = [0, 0];
    for (let batch = 0; batch < batches; batch++) {
      const at = feature * batches + batch;
      if (fixed >= 0 && batch !== fixed) continue;
      grand[feature] += fixed >= 0 ? means[at] : (sizes[batch] / rows) * means[at];
      square += squares[at];
      count += counts[at];
    }
    deviations[feature] = Math.sqrt(square / (count - lost));
  }
  return { means: grand, deviations };
}
