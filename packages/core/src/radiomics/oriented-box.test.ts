import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { convexHull3d } from "./convex-hull-3d.ts";
import { minimumBoundingBox } from "./oriented-box.ts";

/** The box around the hull of points, turned by a rotation before it is measured. */
function boxAround(points: Int32Array, turn: (point: readonly number[]) => readonly number[] = (p) => p) {
  const { facets } = convexHull3d(points)!;
  const places = Array.from({ length: points.length / 3 }, (_, k) =>
    turn([...points.subarray(3 * k, 3 * k + 3)]),
  );
  return minimumBoundingBox({ points: Float64Array.from(places.flat()), facets });
}

const volume = (sides: readonly number[]) => sides.reduce((product, side) => product * side, 1);

/** About the axis (1, 2, 2) / 3 by an angle of cosine 3 / 5. */
function turned([x, y, z]: readonly number[]): readonly number[] {
  const axis = [1 / 3, 2 / 3, 2 / 3];
  const point = [x, y, z];
  const along = axis.reduce((sum, value, k) => sum + value * point[k], 0);
  const cross = [1, 2, 0].map((i, k) => axis[i] * point[[2, 0, 1][k]] - axis[[2, 0, 1][k]] * point[i]);
  return point.map((value, k) => 0.6 * value + 0.8 * cross[k] + 0.4 * along * axis[k]);
}

describe("smallest box", () => {
  const corners = Int32Array.from(
    [0, 9].flatMap((x) => [0, 4].flatMap((y) => [0, 2].map((z) => [x, y, z])).flat()),
  );

  it("around a box is that box, however it is turned", () => {
    for (const sides of [boxAround(corners), boxAround(corners, turned)])
      [9, 4, 2].forEach((side, k) => expect(sides[k]).toBeCloseTo(side, 9));
  });

  it("around a regular tetrahedron is the cube that it is cut from", () => {
    const sides = boxAround(Int32Array.of(0, 0, 0, 4, 4, 0, 4, 0, 4, 0, 4, 4), turned);
    expect(volume(sides) / 64).toBeCloseTo(1, 7);
  });

  it("is not larger than the box along the axes, nor than any other, and does not change when the hull is turned", () => {
    const random = createRandom("boxes");
    for (let trial = 0; trial < 20; trial++) {
      const points = Int32Array.from({ length: 3 * 30 }, (_, k) => random.integer(4 + 5 * (k % 3)));
      const sides = boxAround(points);
      const extent = (axis: number) => {
        const values = points.filter((_, k) => k % 3 === axis);
        return Math.max(...values) - Math.min(...values);
      };
      expect(volume(sides)).toBeLessThanOrEqual(extent(0) * extent(1) * extent(2) * (1 + 1e-12));
      expect(volume(boxAround(points, turned)) / volume(sides)).toBeCloseTo(1, 6);
    }
  });
});
