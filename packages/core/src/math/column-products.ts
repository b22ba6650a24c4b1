import type { Matrix } from "./matrix.ts";

/**
 * Products of columns with a vector, four columns a pass so that the vector is read once for four.
 *
 * @param columns Positions of the columns of `matrix`.
 * @param vector Shape [rows].
 * @param target Overwritten: `target[k]` is the product with column `columns[k]`.
 */
export function projectColumns(
  matrix: Matrix,
  columns: Int32Array,
  vector: Float64Array,
  target: Float64Array,
): void {
  const { rows, values } = matrix;
  const count = columns.length;
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const [a, b, c, d] = [
      columns[k] * rows,
      columns[k + 1] * rows,
      columns[k + 2] * rows,
      columns[k + 3] * rows,
    ];
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (let i = 0; i < rows; i++) {
      const v = vector[i];
      first += v * values[a + i];
      second += v * values[b + i];
      third += v * values[c + i];
      fourth += v * values[d + i];
    }
    target[k] = first;
    target[k + 1] = second;
    target[k + 2] = third;
    target[k + 3] = fourth;
  }
  for (; k < count; k++) {
    const a = columns[k] * rows;
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += vector[i] * values[a + i];
    target[k] = sum;
  }
}

/**
 * Adds a combination of columns to a vector, four columns a pass so that the vector is written once for four.
 *
 * @param columns Positions of the columns of `matrix`.
 * @param coefficients One per position.
 * @param target Changed: the sum of `coefficients[k]` times column `columns[k]` is added; shape [rows].
 */
export function addColumns(
  matrix: Matrix,
  columns: Int32Array,
  coefficients: Float64Array,
  target: Float64Array,
): void {
  const { rows, values } = matrix;
  const count = columns.length;
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const [a, b, c, d] = [
      columns[k] * rows,
      columns[k + 1] * rows,
      columns[k + 2] * rows,
      columns[k + 3] * rows,
    ];
    const first = coefficients[k];
    const second = coefficients[k + 1];
    const third = coefficients[k + 2];
    const fourth = coefficients[k + 3];
    if (first === 0 && second === 0 && third === 0 && fourth === 0) continue;
    for (let i = 0; i < rows; i++)
      target[i] +=
        first * values[a + i] + second * values[b + i] + (third * values[c + i] + fourth * values[d + i]);
  }
  for (; k < count; k++) {
    const a = columns[k] * rows;
    const only = coefficients[k];
    if (only !== 0) for (let i = 0; i < rows; i++) target[i] += only * values[a + i];
  }
}
