import { type Matrix, zeroMatrix } from "./matrix.ts";

/**
 * The products of all columns of a matrix with each other, X' W X.
 *
 * @param matrix X, shape [n, p].
 * @param weights Diagonal of W, shape [n]; ones without it.
 * @returns Symmetric to the last bit, shape [p, p].
 * @example gramMatrix({ rows: 2, columns: 2, values: Float64Array.of(1, 2, 3, 4) }).values // => [5,11,11,25]
 */
export function gramMatrix(matrix: Matrix, weights?: Float64Array): Matrix {
  const { rows, columns, values } = matrix;
  const weighted = weights === undefined ? values : weightedValues(matrix, weights);
  const gram = zeroMatrix(columns, columns);
  const target = gram.values;
  let j = 0;
  // Two columns by two share their loads.
  for (; j + 1 < columns; j += 2) {
    let k = j;
    for (; k + 1 < columns; k += 2) {
      let [s00, s01, s10, s11] = [0, 0, 0, 0];
      const [a, b] = [j * rows, k * rows];
      for (let i = 0; i < rows; i++) {
        const a0 = weighted[a + i];
        const a1 = weighted[a + rows + i];
        const b0 = values[b + i];
        const b1 = values[b + rows + i];
        s00 += a0 * b0;
        s01 += a0 * b1;
        s10 += a1 * b0;
        s11 += a1 * b1;
      }
      target[j * columns + k] = s00;
      target[j * columns + k + 1] = s01;
      if (k > j) target[(j + 1) * columns + k] = s10;
      target[(j + 1) * columns + k + 1] = s11;
    }
    if (k < columns) {
      let [s0, s1] = [0, 0];
      const [a, b] = [j * rows, k * rows];
      for (let i = 0; i < rows; i++) {
        s0 += weighted[a + i] * values[b + i];
        s1 += weighted[a + rows + i] * values[b + i];
      }
      target[j * columns + k] = s0;
      target[(j + 1) * columns + k] = s1;
    }
  }
  if (j < columns) {
    let sum = 0;
    for (let i = j * rows; i < (j + 1) * rows; i++) sum += weighted[i] * values[i];
    target[j * columns + j] = sum;
  }
  for (let row = 1; row < columns; row++)
    for (let column = 0; column < row; column++)
      target[row * columns + column] = target[column * columns + row];
  return gram;
}

function weightedValues({ rows, columns, values }: Matrix, weights: Float64Array): Float64Array {
  const weighted = new Float64Array(values.length);
  for (let j = 0; j < columns; j++)
    for (let i = 0; i < rows; i++) weighted[j * rows + i] = weights[i] * values[j * rows + i];
  return weighted;
}
