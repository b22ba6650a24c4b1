import { describe, expect, it } from "vitest";
import { choleskyFactor, choleskyInverse, choleskySolve } from "./cholesky.ts";
import { dotProduct } from "./dot-product.ts";
import { NumericalError } from "../errors.ts";
import { columnOf, type Matrix, matrixOfColumns, takeRows, zeroMatrix } from "./matrix.ts";
import { invertTriangle, orthonormalise, solveTriangle } from "./qr.ts";
import { createRandom } from "./random.ts";

const random = createRandom("matrix decompositions");
const normal = (rows: number, columns: number): Matrix => ({
  rows,
  columns,
  values: Float64Array.from({ length: rows * columns }, () => random.normal()),
});

function product(a: Matrix, b: Matrix, transposeA = false): Matrix {
  const [rows, inner] = transposeA ? [a.columns, a.rows] : [a.rows, a.columns];
  const result = zeroMatrix(rows, b.columns);
  const entry = (i: number, k: number) => (transposeA ? a.values[i * a.rows + k] : a.values[k * a.rows + i]);
  for (let j = 0; j < b.columns; j++)
    for (let i = 0; i < rows; i++)
      for (let k = 0; k < inner; k++) result.values[j * rows + i] += entry(i, k) * b.values[j * b.rows + k];
  return result;
}

const largestGap = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((gap, value, i) => Math.max(gap, Math.abs(value - b[i])), 0);

describe("products of columns", () => {
  it("agree with plain sums for every remainder of four", () => {
    for (const rows of [1, 5, 6, 7]) {
      const [a, b] = [normal(rows, 1).values, normal(rows, 1).values];
      const sum = a.reduce((total, value, i) => total + value * b[i], 0);
      expect(dotProduct(a, 0, b, rows)).toBeCloseTo(sum, 12);
    }
  });

  it("takes rows in the order asked for, repeated ones too", () => {
    expect(Array.from(takeRows(matrixOfColumns(3, [[1, 2, 3]]), [2, 0, 2]).values)).toEqual([3, 1, 3]);
  });
});

describe("Cholesky", () => {
  it("multiplies back, solves and inverts", () => {
    const design = normal(20, 6);
    const symmetric = product(design, design, true);
    const factor = choleskyFactor(symmetric);
    const transposed = zeroMatrix(6, 6);
    for (let i = 0; i < 6; i++)
      for (let j = 0; j < 6; j++) transposed.values[j * 6 + i] = factor.values[i * 6 + j];
    expect(largestGap(product(factor, transposed).values, symmetric.values)).toBeLessThan(1e-12);
    const right = normal(6, 1);
    const solution = choleskySolve(factor, right.values);
    expect(
      largestGap(product(symmetric, { rows: 6, columns: 1, values: solution }).values, right.values),
    ).toBeLessThan(1e-12);
    const identity = product(symmetric, choleskyInverse(factor)).values;
    expect(identity.every((value, k) => Math.abs(value - (k % 7 === 0 ? 1 : 0)) < 1e-12)).toBe(true);
  });

  it("refuses a matrix that is not positive definite", () => {
    expect(() => choleskyFactor({ rows: 2, columns: 2, values: Float64Array.of(1, 2, 2, 1) })).toThrow(
      NumericalError,
    );
  });
});

describe("orthonormal basis", () => {
  it("is orthonormal and multiplies back, also for nearly dependent columns", () => {
    const design = normal(30, 5);
    const noise = normal(30, 1).values;
    const nearly = columnOf(design, 1).map((x, i) => x + 1e-8 * noise[i]);
    const matrix = matrixOfColumns(30, [0, 1, 2, 3, 4].map((j) => columnOf(design, j)).concat([nearly]));
    const { basis, triangle, kept, aliased } = orthonormalise(matrix, 1e-11);
    expect(kept).toEqual([0, 1, 2, 3, 4, 5]);
    expect(aliased).toEqual([]);
    const gram = product(basis, basis, true).values;
    expect(gram.every((value, k) => Math.abs(value - (k % 7 === 0 ? 1 : 0)) < 1e-14)).toBe(true);
    expect(largestGap(product(basis, triangle).values, matrix.values)).toBeLessThan(1e-14 * 30);
  });

  it("names the later of dependent columns, whatever their scale", () => {
    const [a, b] = [normal(10, 1).values, normal(10, 1).values];
    const sum = a.map((x, i) => 1e6 * (x + b[i]));
    const { kept, aliased } = orthonormalise(matrixOfColumns(10, [a, new Float64Array(10), b, sum, a]));
    expect(kept).toEqual([0, 2]);
    expect(aliased).toEqual([1, 3, 4]);
  });

  it("keeps at most as many columns as there are rows", () => {
    expect(orthonormalise(normal(3, 5)).kept).toEqual([0, 1, 2]);
  });

  it("solves and inverts its triangle", () => {
    const { triangle } = orthonormalise(normal(9, 4));
    const right = normal(4, 1).values;
    const solution = solveTriangle(triangle, right);
    const inverted = product(invertTriangle(triangle), { rows: 4, columns: 1, values: right }).values;
    expect(largestGap(solution, inverted)).toBeLessThan(1e-12);
    expect(
      largestGap(product(triangle, { rows: 4, columns: 1, values: solution }).values, right),
    ).toBeLessThan(1e-12);
  });
});
