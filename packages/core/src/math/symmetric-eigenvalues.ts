/**
 * The eigenvalues of a symmetric matrix: Householder reflections make it tridiagonal, implicit QL steps diagonal.
 *
 * @param matrix Rows; the lower triangle is read, nothing is changed.
 * @returns Descending.
 * @source Golub & Van Loan 2013, Matrix Computations, 8.3; Martin, Reinsch & Wilkinson 1968, Numer Math 11:181-195, and
 *   Dubrulle, Martin & Wilkinson 1968, Numer Math 12:377-383 (tred1 and imtql1).
 * @example symmetricEigenvalues([[2, 1], [1, 2]]) // => [3, 1]
 */
export function symmetricEigenvalues(matrix: readonly ArrayLike<number>[]): number[] {
  const tridiagonal = tridiagonalise(matrix.map((row) => Float64Array.from(row)));
  return diagonalise(tridiagonal).sort((x, y) => y - x);
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Beside the diagonal: element k stands between k and k + 1; the last is 0. */
  readonly beside: Float64Array;
}

/** Reflects the last rows one by one; `a` is used up. */
function tridiagonalise(a: Float64Array[]): Tridiagonal {
  const size = a.length;
  const [diagonal, beside] = [new Float64Array(size), new Float64Array(size)];
  for (let i = size - 1; i > 0; i--) {
    const row = a[i];
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(row[k]);
    if (i === 1 || scale === 0) beside[i - 1] = row[i - 1];
    else beside[i - 1] = reflectRow(a, i, scale);
    diagonal[i] = row[i];
  }
  if (size > 0) diagonal[0] = a[0][0];
  return { diagonal, beside };
}

/** Makes a row zero but for its last element before the diagonal, which is returned. */
function reflectRow(a: Float64Array[], i: number, scale: number): number {
  const row = a[i];
  let h = 0;
  for (let k = 0; k < i; k++) {
    row[k] /= scale;
    h += row[k] * row[k];
  }
  const f = row[i - 1];
  const g = f >= 0 ? -Math.sqrt(h) : Math.sqrt(h);
  h -= f * g;
  row[i - 1] = f - g;
  const p = new Float64Array(i);
  let projection = 0;
  for (let j = 0; j < i; j++) {
    let sum = 0;
    for (let k = 0; k <= j; k++) sum += a[j][k] * row[k];
    for (let k = j + 1; k < i; k++) sum += a[k][j] * row[k];
    p[j] = sum / h;
    projection += p[j] * row[j];
  }
  const half = projection / (h + h);
  for (let j = 0; j < i; j++) {
    const [u, q] = [row[j], p[j] - half * row[j]];
    p[j] = q;
    for (let k = 0; k <= j; k++) a[j][k] -= u * p[k] + q * row[k];
  }
  return scale * g;
}

function diagonalise({ diagonal: d, beside: e }: Tridiagonal): number[] {
  const size = d.length;
  for (let l = 0; l < size; l++)
    for (let step = 0; step < 60; step++) {
      const m = firstNegligible(d, e, l);
      if (m === l) break;
      implicitStep(d, e, l, m);
    }
  return [...d];
}

function firstNegligible(d: Float64Array, e: Float64Array, from: number): number {
  for (let m = from; m < d.length - 1; m++) {
    const scale = Math.abs(d[m]) + Math.abs(d[m + 1]);
    if (Math.abs(e[m]) <= Number.EPSILON * scale || e[m] === 0) return m;
  }
  return d.length - 1;
}

/** One QL step with Wilkinson's shift on the rows l to m. */
function implicitStep(d: Float64Array, e: Float64Array, l: number, m: number): void {
  let g = (d[l + 1] - d[l]) / (2 * e[l]);
  const root = Math.sqrt(g * g + 1);
  g = d[m] - d[l] + e[l] / (g + (g >= 0 ? root : -root));
  let [s, c, p] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const [f, b] = [s * e[i], c * e[i]];
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const t = (d[i] - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
  }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
}
