/**
 * The eigenvalues of a small symmetric matrix, by Jacobi's rotations.
 *
 * @param matrix Rows; not changed.
 * @returns Descending.
 * @source Golub & Van Loan 2013, Matrix Computations, 8.5 (cyclic Jacobi).
 * @example symmetricEigenvalues([[2, 1], [1, 2]]) // => [3, 1]
 */
export function symmetricEigenvalues(matrix: readonly (readonly number[])[]): number[] {
  const a = matrix.map((row) => [...row]);
  const size = a.length;
  const scale = Math.max(...a.flat().map(Math.abs));
  for (let sweep = 0; sweep < 60; sweep++) {
    let largest = 0;
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        largest = Math.max(largest, Math.abs(a[p][q]));
        if (a[p][q] !== 0) rotate(a, p, q);
      }
    if (largest <= 1e-17 * scale) break;
  }
  return a.map((row, k) => row[k]).sort((x, y) => y - x);
}

/** Turns the plane of two axes so that their element becomes 0. */
function rotate(a: number[][], p: number, q: number): void {
  const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k][p], a[k][q]];
    a[k][p] = c * x - s * y;
    a[k][q] = s * x + c * y;
  }
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[p][k], a[q][k]];
    a[p][k] = c * x - s * y;
    a[q][k] = s * x + c * y;
  }
}
