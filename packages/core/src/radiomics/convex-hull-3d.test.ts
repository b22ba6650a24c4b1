import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { convexHull3d, measureHull } from "./convex-hull-3d.ts";

/** How far a point lies above the plane of three others: whole numbers, exact. */
function above(points: Int32Array, [a, b, c]: readonly number[], d: number): number {
  const from = (k: number) => [0, 1, 2].map((axis) => points[3 * k + axis] - points[3 * a + axis]);
  const [u, v, w] = [from(b), from(c), from(d)];
  return (
    w[0] * (u[1] * v[2] - u[2] * v[1]) +
    w[1] * (u[2] * v[0] - u[0] * v[2]) +
    w[2] * (u[0] * v[1] - u[1] * v[0])
  );
}

function expectHull(points: Int32Array): void {
  const hull = convexHull3d(points)!;
  const edges = new Set<string>();
  for (const facet of hull.facets) {
    for (let k = 0; k < points.length / 3; k++) expect(above(points, facet, k)).toBeLessThanOrEqual(0);
    for (let side = 0; side < 3; side++) edges.add(`${facet[side]} ${facet[(side + 1) % 3]}`);
  }
  // Closed: each edge once in either direction.
  expect(edges.size).toBe(3 * hull.facets.length);
  for (const edge of edges) expect(edges.has(edge.split(" ").reverse().join(" "))).toBe(true);
  expect(hull.facets.length).toBe(2 * hull.corners.length - 4);
  expect(measureHull(points, hull, [1, 1, 1]).volume).toBeGreaterThan(0);
}

describe("convex hull in space", () => {
  it("holds all points and is closed, however many lie on common lines and planes", () => {
    const random = createRandom("hulls");
    for (let trial = 0; trial < 300; trial++) {
      const side = 2 + random.integer(8);
      const points = Int32Array.from({ length: 3 * (8 + random.integer(60)) }, () => random.integer(side));
      if (convexHull3d(points) !== null) expectHull(points);
    }
  });

  it("of all points of a box has its eight corners", () => {
    const points: number[] = [];
    for (let z = 0; z < 4; z++)
      for (let y = 0; y < 5; y++) for (let x = 0; x < 6; x++) points.push(2 * x, 2 * y, 2 * z);
    const hull = convexHull3d(Int32Array.from(points))!;
    expect(hull.corners.length).toBe(8);
    const { volume, area } = measureHull(Int32Array.from(points), hull, [1, 0.5, 3]);
    expect(volume).toBeCloseTo(5 * 2 * 9, 12);
    expect(area).toBeCloseTo(2 * (5 * 2 + 2 * 9 + 9 * 5), 12);
  });

  it("of a slanting slab of many points in a row is closed", () => {
    const points: number[] = [];
    for (let x = 0; x < 20; x++)
      for (let y = 0; y < 20; y++) for (let z = 0; z < 2; z++) points.push(x + y, x - 2 * y, 3 * z + x);
    expectHull(Int32Array.from(points));
  });

  it("has its size whatever the order of the points", () => {
    const random = createRandom("order");
    const points = Array.from({ length: 60 }, () => [0, 0, 0].map(() => random.integer(9)));
    const measured = (list: readonly number[][]) => {
      const flat = Int32Array.from(list.flat());
      return measureHull(flat, convexHull3d(flat)!, [0.3, 1.7, 0.9]);
    };
    const first = measured(points);
    for (let trial = 0; trial < 20; trial++) {
      const { volume, area } = measured(random.shuffle(points));
      expect(volume).toBeCloseTo(first.volume, 11);
      expect(area).toBeCloseTo(first.area, 11);
    }
  });

  it("does not exist for points in a plane", () => {
    expect(convexHull3d(Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2, 1, 0, 1, 0, 1, 0))).toBeNull();
    expect(convexHull3d(Int32Array.of(3, 3, 3, 3, 3, 3))).toBeNull();
  });
});
