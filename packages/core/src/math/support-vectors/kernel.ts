import { dotProduct } from "../dot-product.ts";
import { exp } from "../elementary.ts";
import type { Matrix } from "../matrix.ts";

/** How alike two patients are: x·z, or exp(-gamma · |x - z|²). */
export type Kernel = { readonly kind: "linear" } | { readonly kind: "radial"; readonly gamma: number };

/** Patients row by row with their squared lengths, as kernels read them. */
export interface Points {
  readonly count: number;
  readonly columns: number;
  /** Entry (i, j) at [i * columns + j]. */
  readonly values: Float64Array;
  readonly squaredLengths: Float64Array;
}

/**
 * The rows of a design as points.
 *
 * @example pointsOf({ rows: 2, columns: 2, values: Float64Array.of(1, 2, 3, 4) }).values // => [1, 3, 2, 4]
 */
export function pointsOf({ rows, columns, values }: Matrix): Points {
  const byRow = new Float64Array(rows * columns);
  for (let j = 0; j < columns; j++)
    for (let i = 0; i < rows; i++) byRow[i * columns + j] = values[j * rows + i];
  return pointsByRow(byRow, rows, columns);
}

/** Points whose values stand row by row. */
export function pointsByRow(values: Float64Array, count: number, columns: number): Points {
  const squaredLengths = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const own = values.subarray(i * columns, (i + 1) * columns);
    squaredLengths[i] = dotProduct(own, 0, own, columns);
  }
  return { count, columns, values, squaredLengths };
}

/**
 * Writes the kernel of one point with all points.
 *
 * @param point Row of `others`' columns, with its squared length.
 * @param target Shape [others.count].
 */
export function kernelRow(
  kernel: Kernel,
  point: { readonly values: Float64Array; readonly squaredLength: number },
  others: Points,
  target: Float64Array,
): void {
  const { count, columns, values, squaredLengths } = others;
  for (let j = 0; j < count; j++) target[j] = dotProduct(values, j * columns, point.values, columns);
  if (kernel.kind === "linear") return;
  const { gamma } = kernel;
  for (let j = 0; j < count; j++)
    target[j] = exp(-gamma * Math.max(0, point.squaredLength + squaredLengths[j] - 2 * target[j]));
}
