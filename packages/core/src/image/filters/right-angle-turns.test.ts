import { describe, expect, it } from "vitest";
import { closePool, poolResponse, turnedKernels, turnsOf } from "./right-angle-turns.ts";

/** The determinant of the signed permutation that a turn is. */
function handedness({ from, reversed }: ReturnType<typeof turnsOf>[number]): number {
  const matrix = from.map((axis, row) =>
    from.map((_, column) => (column === axis ? (reversed[row] ? -1 : 1) : 0)),
  );
  const minor = (m: readonly (readonly number[])[]): number =>
    m.length === 1
      ? m[0][0]
      : m[0].reduce(
          (sum, value, k) =>
            sum + (k % 2 === 0 ? 1 : -1) * value * minor(m.slice(1).map((row) => row.toSpliced(k, 1))),
          0,
        );
  return minor(matrix);
}

describe("turns by right angles", () => {
  it("are 4 in a plane and 24 in a volume, all different, none a reflection", () => {
    for (const [dimensions, count] of [
      [2, 4],
      [3, 24],
    ] as const) {
      const turns = turnsOf(dimensions, "max");
      expect(new Set(turns.map((turn) => JSON.stringify(turn))).size).toBe(count);
      expect(turns.map(handedness)).toEqual(Array(count).fill(1));
      expect(turnsOf(dimensions, "none").length).toBe(1);
    }
  });

  it("give equal kernels as one object, so that their passes are made once", () => {
    const symmetric = { weights: [1, 2, 1], origin: 1 };
    const odd = { weights: [-1, 0, 1], origin: 1 };
    const kernels = turnedKernels([symmetric, odd], "average").flat();
    expect(new Set(kernels).size).toBe(3);
  });
});

describe("pooling", () => {
  const responses = [Float64Array.of(1, -5), Float64Array.of(3, -7), Float64Array.of(2, -6)];
  const pool = (pooling: "average" | "max") =>
    closePool(
      responses.reduce<Float64Array | null>((sum, one) => poolResponse(sum, one, pooling), null)!,
      3,
      pooling,
    );

  it("is the mean or the largest response, and leaves the responses as they are", () => {
    expect([...pool("average")]).toEqual([2, -6]);
    expect([...pool("max")]).toEqual([3, -5]);
    expect([...responses[0]]).toEqual([1, -5]);
  });
});
