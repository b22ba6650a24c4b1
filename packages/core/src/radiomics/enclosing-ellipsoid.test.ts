import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { minimumEllipsoid } from "./enclosing-ellipsoid.ts";
import { spanningPoints } from "./spanning-points.ts";

const around = (points: readonly (readonly number[])[]) => {
  const flat = Float64Array.from(points.flat());
  return minimumEllipsoid(flat, spanningPoints(flat)!);
};

const expectClose = (semiAxes: readonly number[], expected: readonly number[]) => {
  expected.forEach((length, k) => expect(semiAxes[k] / length).toBeCloseTo(1, 9));
};

const corners = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z) => [x, y, z])));

describe("smallest ellipsoid", () => {
  it("around a box has its sides times the root of three, halved", () => {
    expectClose(
      around(corners.map(([x, y, z]) => [10 + 3 * x, 5 * y - 4, 0.5 * z])),
      [5, 3, 0.5].map((half) => half * Math.sqrt(3)),
    );
  });

  it("around a regular tetrahedron is its circumscribed sphere", () => {
    const tetrahedron = corners.filter(([x, y, z]) => x * y * z > 0);
    expectClose(
      around(tetrahedron),
      [1, 1, 1].map((x) => x * Math.sqrt(3)),
    );
  });

  it("does not mind points inside", () => {
    const random = createRandom("inside");
    const inside = Array.from({ length: 200 }, () => [0, 0, 0].map(() => 2 * random.uniform() - 1));
    expectClose(
      around([...inside, ...corners]),
      [1, 1, 1].map((x) => x * Math.sqrt(3)),
    );
  });

  it("of points on an ellipsoid is that ellipsoid", () => {
    const random = createRandom("surface");
    const points = Array.from({ length: 300 }, () => {
      const direction = [random.normal(), random.normal(), random.normal()];
      const length = Math.hypot(...direction);
      const [x, y, z] = direction.map((value) => value / length) as [number, number, number];
      // Semi-axes 7, 2 and 1, turned in the plane of the first two.
      return [0.8 * 7 * x - 0.6 * 2 * y + 30, 0.6 * 7 * x + 0.8 * 2 * y, z];
    });
    expectClose(around(points), [7, 2, 1]);
  });
});
