import { InputError } from "../errors.ts";
import { kendallTest } from "../math/correlation-tests.ts";
import { dotProduct } from "../math/dot-product.ts";
import { type Matrix, zeroMatrix } from "../math/matrix.ts";
import { isConstant, mean, midranks } from "../math/statistics.ts";

/** Which correlation is meant. */
export type CorrelationMethod = "pearson" | "spearman" | "kendall";

/**
 * The absolute correlations of columns.
 *
 * @param columns Shape [n] each, finite.
 * @returns Symmetric, 1 on the diagonal.
 * @throws {InputError} A constant column, or columns of different lengths.
 * @example absoluteCorrelations([[1, 2, 3], [6, 4, 2]], "pearson").values // => [1,1,1,1]
 */
export function absoluteCorrelations(
  columns: readonly ArrayLike<number>[],
  method: CorrelationMethod,
): Matrix {
  columns.forEach((column, index) => {
    if (column.length !== columns[0].length || isConstant(column))
      throw new InputError(
        `a correlation needs columns of equal length that vary; number ${index + 1} ${column.length === columns[0].length ? "is constant" : "has another length"}; leave it out`,
      );
  });
  const size = columns.length;
  const correlations = zeroMatrix(size, size);
  const units =
    method === "kendall"
      ? []
      : columns.map((column) => unitOf(method === "spearman" ? midranks(column) : column));
  for (let a = 0; a < size; a++) {
    correlations.values[a * (size + 1)] = 1;
    for (let b = 0; b < a; b++) {
      const correlation =
        method === "kendall"
          ? kendallTest(columns[a], columns[b]).correlation
          : dotProduct(units[a], 0, units[b], units[b].length);
      correlations.values[a * size + b] = correlations.values[b * size + a] = Math.min(
        1,
        Math.abs(correlation),
      );
    }
  }
  return correlations;
}

/** Centred and of length 1, so that a product of two is their correlation. */
function unitOf(values: ArrayLike<number>): Float64Array {
  const center = mean(values);
  const centred = Float64Array.from(values, (value) => value - center);
  const length = Math.sqrt(dotProduct(centred, 0, centred, centred.length));
  return centred.map((value) => value / length);
}

/**
 * The columns to leave out so that no two of the others correlate beyond a limit; of two that do, the one with the larger
 * mean correlation to all that are left goes. `caret::findCorrelation(exact = TRUE)`.
 *
 * @param correlations Absolute, symmetric, from {@link absoluteCorrelations}.
 * @param limit In [0, 1].
 * @returns Positions of the columns to leave out, ascending.
 * @source Kuhn & Johnson 2013, Applied Predictive Modeling, 3.5.
 * @example redundantColumns({ rows: 2, columns: 2, values: Float64Array.of(1, 0.9, 0.9, 1) }, 0.8) // => [1]
 */
export function redundantColumns(correlations: Matrix, limit: number): readonly number[] {
  const { rows: size, values } = correlations;
  const order = byMeanCorrelation(correlations);
  const left = new Set<number>(order);
  const sums = new Map(order.map((column) => [column, rowSum(correlations, column, left)]));
  for (let i = 0; i < size - 1; i++)
    for (let j = i + 1; j < size; j++) {
      const [first, second] = [order[i], order[j]];
      if (!left.has(first)) break;
      if (!left.has(second) || !(values[first * size + second] > limit)) continue;
      const leaving = meanIsLarger(correlations, { first, second }, left, sums) ? first : second;
      left.delete(leaving);
      for (const other of left) sums.set(other, sums.get(other)! - values[leaving * size + other]);
    }
  return order.filter((column) => !left.has(column)).sort((a, b) => a - b);
}

/** Columns by descending mean correlation with the others; equal ones in their order. */
function byMeanCorrelation(correlations: Matrix): readonly number[] {
  const size = correlations.rows;
  const all = Array.from({ length: size }, (_, column) => column);
  const everyone = new Set(all);
  const means = all.map((column) => rowSum(correlations, column, everyone) / (size - 1));
  return all.sort((a, b) => means[b] - means[a] || a - b);
}

function rowSum({ rows, values }: Matrix, column: number, left: ReadonlySet<number>): number {
  let sum = 0;
  for (const other of left) if (other !== column) sum += values[column * rows + other];
  return sum;
}

/** Whether the first column's mean correlation is above that of all pairs without the second's row. */
function meanIsLarger(
  correlations: Matrix,
  { first, second }: { readonly first: number; readonly second: number },
  left: ReadonlySet<number>,
  sums: ReadonlyMap<number, number>,
): boolean {
  const others = left.size - 1;
  const compare = (sumOf: (column: number) => number) => {
    let total = 0;
    for (const column of left) if (column !== second) total += sumOf(column);
    return sumOf(first) / others - total / (others * others);
  };
  const difference = compare((column) => sums.get(column)!);
  // Running sums may tip a tie, which counts as not larger.
  if (Math.abs(difference) > 1e-9) return difference > 0;
  return compare((column) => rowSum(correlations, column, left)) > 1e-14;
}
