import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { minimumRectangle } from "./minimum-rectangle.ts";

type Points = readonly (readonly [number, number])[];

function measured(points: Points) {
  return minimumRectangle(
    Float64Array.from(points, ([u]) => u),
    Float64Array.from(points, ([, v]) => v),
  );
}

function turnedExtents(points: Points, angle: number): [number, number] {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const extent = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  return [extent(points.map(([u, v]) => c * u + s * v)), extent(points.map(([u, v]) => c * v - s * u))];
}

describe("smallest rectangle", () => {
  it("is that of the best edge between any two points", () => {
    const random = createRandom("rectangles");
    for (let trial = 0; trial < 100; trial++) {
      const isGrid = trial % 2 === 0;
      const points = Array.from({ length: 3 + random.integer(20) }, (): [number, number] =>
        isGrid ? [random.integer(6), random.integer(6)] : [random.normal(), random.normal()],
      );
      let smallest = Infinity;
      for (const [u, v] of points)
        for (const [p, q] of points) {
          const [width, height] = turnedExtents(points, Math.atan2(q - v, p - u));
          if (u !== p || v !== q) smallest = Math.min(smallest, width * height);
        }
      const { width, height, direction } = measured(points);
      if (smallest < Infinity) expect(width * height).toBeCloseTo(smallest, 10);
      const extents = turnedExtents(points, Math.atan2(direction[1], direction[0]));
      expect(extents[0]).toBeCloseTo(width, 10);
      expect(extents[1]).toBeCloseTo(height, 10);
    }
  });

  it("does not mind points that differ by rounding", () => {
    const random = createRandom("rounding");
    const corners: Points = [
      [0, 0],
      [3, 1],
      [2, 4],
      [-1, 3],
    ];
    const points = corners.flatMap(([u, v]) =>
      Array.from({ length: 5 }, (): [number, number] => [
        u + 1e-15 * random.normal(),
        v + 1e-15 * random.normal(),
      ]),
    );
    const { width, height } = measured(points);
    expect(width * height).toBeCloseTo(10, 9);
  });

  it("of points on a line has no height", () => {
    const { width, height } = measured([
      [0, 0],
      [2, 2],
      [1, 1],
    ]);
    expect(width).toBeCloseTo(Math.sqrt(8), 12);
    expect(height).toBe(0);
    expect(measured([[1, 1]]).width).toBe(0);
  });
});
