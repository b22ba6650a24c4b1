import { describe, expect, it } from "vitest";
import { inKernelMemory } from "./kernel-memory.ts";
import { createRandom } from "./random.ts";
import { addColumns, projectColumns, storedColumn, storeMatrix } from "./stored-matrix.ts";

describe("products of stored columns", () => {
  const random = createRandom(1);
  for (const [rows, columns] of [
    [1, 1],
    [5, 3],
    [7, 6],
    [32, 9],
  ])
    it(`are those of plain loops for ${rows} x ${columns}`, () => {
      const plain = Array.from({ length: columns }, () =>
        Float64Array.from({ length: rows }, () => random.normal()),
      );
      const vector = Float64Array.from({ length: rows }, () => random.normal());
      const chosen = Int32Array.from({ length: columns }, (_, k) => k).filter((k) => k !== 1);
      const coefficients = Float64Array.from(chosen, (k) => (k === 2 ? 0 : random.normal()));
      const projected = new Float64Array(chosen.length);
      const sum = vector.slice();
      inKernelMemory(() => {
        const matrix = storeMatrix(rows, columns);
        plain.forEach((column, j) => {
          storedColumn(matrix, j).set(column);
        });
        projectColumns(matrix, chosen, vector, projected);
        addColumns(matrix, chosen, coefficients, sum);
      });
      chosen.forEach((j, k) => {
        expect(projected[k]).toBeCloseTo(
          vector.reduce((total, value, i) => total + value * plain[j][i], 0),
          12,
        );
      });
      sum.forEach((value, i) => {
        const expected = chosen.reduce((total, j, k) => total + coefficients[k] * plain[j][i], vector[i]);
        expect(value).toBeCloseTo(expected, 12);
      });
    });

  it("leave the memory as it was, also after an error", () => {
    const addresses = [1, 2].map(() => {
      let address = 0;
      expect(() =>
        inKernelMemory(() => {
          ({ address } = storeMatrix(100, 100));
          throw new Error("on the way");
        }),
      ).toThrow("on the way");
      return address;
    });
    expect(addresses[1]).toBe(addresses[0]);
  });
});
