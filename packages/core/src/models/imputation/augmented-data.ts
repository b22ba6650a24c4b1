import { type Matrix, zeroMatrix } from "../../math/matrix.ts";

/** Rows with weights. */
export interface AugmentedData {
  readonly design: Matrix;
  /** Class of each row. */
  readonly response: Int32Array;
  readonly weights: Float64Array;
}

/**
 * Rows with a few faint ones added, so that a regression on classes has an answer where predictors separate them.
 *
 * For every column and class two rows stand half a standard deviation to both sides of the mean. Together the added rows
 * weigh as much as one patient per coefficient.
 *
 * @param design Columns with mean 0 and standard deviation 1 over all patients, also those without a class; shape [n, p].
 * @param response Class of each row, 0..classes-1; shape [n].
 * @param ranges Smallest and largest value of each column over all patients: added rows stay inside.
 * @source White, Daniel & Royston 2010, Comput Stat Data Anal 54:2267-2275, as R's mice applies it.
 */
export function augmentedData(
  design: Matrix,
  response: Int32Array,
  classes: number,
  ranges: readonly (readonly [number, number])[],
): AugmentedData {
  const { rows, columns } = design;
  const added = 2 * columns * classes;
  const augmented = zeroMatrix(rows + added, columns);
  const classOf = new Int32Array(rows + added);
  classOf.set(response);
  const weights = new Float64Array(rows + added).fill(1, 0, rows);
  if (added > 0) weights.fill((columns + 1) / added, rows);
  for (let j = 0; j < columns; j++) {
    const start = j * augmented.rows;
    augmented.values.set(design.values.subarray(j * rows, (j + 1) * rows), start);
    for (let k = 0; k < 2 * classes; k++) {
      const row = rows + 2 * classes * j + k;
      const [least, most] = ranges[j];
      augmented.values[start + row] = Math.min(most, Math.max(least, k % 2 === 0 ? 0.5 : -0.5));
      classOf[row] = k >> 1;
    }
  }
  return { design: augmented, response: classOf, weights };
}
