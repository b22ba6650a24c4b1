import { describe, expect, it } from "vitest";
import { cos } from "./elementary.ts";
import { createRandom } from "./random.ts";
import { symmetricEigenvalues } from "./symmetric-eigenvalues.ts";

describe("eigenvalues of a symmetric matrix", () => {
  it("of a chain are cosines", () => {
    const size = 40;
    const chain = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => (Math.abs(i - j) === 1 ? 1 : 0)),
    );
    symmetricEigenvalues(chain).forEach((value, k) =>
      expect(value).toBeCloseTo(2 * cos(((k + 1) * Math.PI) / (size + 1)), 12),
    );
  });

  it("have the sum and the sum of squares of the matrix, also where it has equal ones", () => {
    const random = createRandom("eigenvalues");
    const size = 25;
    const a = Array.from({ length: size }, () => Array.from({ length: size }, () => random.normal()));
    const gram = a.map((u) => a.map((v) => u.slice(0, 9).reduce((sum, x, k) => sum + x * v[k], 0)));
    const values = symmetricEigenvalues(gram);
    const total = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0);
    expect(total(values)).toBeCloseTo(total(gram.map((row, k) => row[k])), 9);
    expect(total(values.map((x) => x * x))).toBeCloseTo(total(gram.flat().map((x) => x * x)), 7);
    values.slice(9).forEach((value) => expect(value).toBeCloseTo(0, 10));
  });

  it("of matrices without much in them", () => {
    expect(symmetricEigenvalues([[3]])).toEqual([3]);
    expect(symmetricEigenvalues([])).toEqual([]);
    expect(
      symmetricEigenvalues([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual([0, 0]);
    expect(
      symmetricEigenvalues([
        [1, 0, 0],
        [0, 5, 0],
        [0, 0, 2],
      ]),
    ).toEqual([5, 2, 1]);
  });
});
