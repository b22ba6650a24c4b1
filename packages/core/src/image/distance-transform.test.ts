import { describe, expect, it } from "vitest";
import { distanceTransform, signedDistance } from "./distance-transform.ts";
import type { Dimensions, Spacing } from "./image.ts";

/** Pixels set with a given chance, by a fixed sequence. */
function scattered([width, height, depth]: Dimensions, chance: number): Uint8Array {
  let state = 3;
  return Uint8Array.from({ length: width * height * depth }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648 < chance ? 1 : 0;
  });
}

/** The definition: the least distance over all pixels of the set. */
function byDefinition([width, height]: Dimensions, isTarget: Uint8Array, spacing: Spacing): number[] {
  const place = (p: number) => [p % width, Math.floor(p / width) % height, Math.floor(p / (width * height))];
  return Array.from(isTarget, (_, p) => {
    let least = Infinity;
    for (let q = 0; q < isTarget.length; q++)
      if (isTarget[q] !== 0) {
        const [a, b] = [place(p), place(q)];
        least = Math.min(least, Math.hypot(...a.map((value, axis) => (value - b[axis]) * spacing[axis])));
      }
    return least;
  });
}

describe("the distance transform", () => {
  for (const dimensions of [
    [17, 13, 1],
    [1, 20, 1],
    [7, 6, 5],
  ] as const)
    for (const spacing of [
      [1, 1, 1],
      [0.07, 0.19, 2.5],
    ] as const)
      for (const chance of [0.02, 0.3])
        it(`is the least distance to the set (${dimensions.join(" × ")}, spacing ${spacing.join(", ")}, ${chance * 100} % set)`, () => {
          const isTarget = scattered(dimensions, chance);
          isTarget[5] = 1;
          const expected = byDefinition(dimensions, isTarget, spacing);
          distanceTransform(dimensions, isTarget, spacing).forEach((distance, p) =>
            expect(distance).toBeCloseTo(expected[p], 12),
          );
        });

  it("is infinite where the set is empty and 0 where it is everything", () => {
    expect([...distanceTransform([2, 2, 1], new Uint8Array(4), [1, 1, 1])]).toEqual([
      Infinity,
      Infinity,
      Infinity,
      Infinity,
    ]);
    expect([...distanceTransform([2, 2, 1], new Uint8Array(4).fill(1), [1, 1, 1])]).toEqual([0, 0, 0, 0]);
  });
});

describe("the signed distance", () => {
  it("changes its sign at the edge, half a pixel from the centres on both sides", () => {
    const mask = { dimensions: [5, 1, 1] as const, values: Uint8Array.of(0, 0, 1, 1, 1) };
    expect([...signedDistance(mask, [2, 2, 2])]).toEqual([3, 1, -1, -3, -5]);
  });
});
