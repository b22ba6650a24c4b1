import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { type PaddedVoxels, measureMesh } from "./mesh.ts";

type Place = readonly [x: number, y: number, z: number];

/** Voxels of a grid whose outermost layer is empty. */
function voxelsOf([width, height, depth]: Place, inside: (place: Place) => boolean): PaddedVoxels {
  const positions: number[] = [];
  for (let z = 1; z < depth - 1; z++)
    for (let y = 1; y < height - 1; y++)
      for (let x = 1; x < width - 1; x++) if (inside([x, y, z])) positions.push((z * height + y) * width + x);
  return { padded: { width, height, depth }, positions: Int32Array.from(positions) };
}

const box = (w: number, h: number, d: number) => voxelsOf([w + 2, h + 2, d + 2], () => true);

/** Voxels of noise meet in every way: all patterns of a cube occur. */
const random = createRandom("mesh");
const side = 12;
const noise = Array.from({ length: side ** 3 }, () => random.uniform() < 0.5);
const isNoise = ([x, y, z]: Place) =>
  [x, y, z].every((at) => at >= 0 && at < side) && noise[(z * side + y) * side + x];
const size: Place = [side + 2, side + 2, side + 2];
const isInside = ([x, y, z]: Place) => isNoise([x - 1, y - 1, z - 1]);

describe("mesh", () => {
  it("of a voxel is an octahedron", () => {
    const { volume, area } = measureMesh(box(1, 1, 1), [2, 2, 2], "closed");
    expect(volume).toBeCloseTo(8 / 6, 12);
    expect(area).toBeCloseTo(8 * (Math.sqrt(3) / 2), 12);
  });

  it.each([
    [1, 1, 5],
    [3, 4, 1],
    [6, 3, 4],
  ])("of a box of %i by %i by %i voxels has bevelled edges and corners", (w, h, d) => {
    const spacing = [0.5, 1.5, 3] as const;
    // An edge loses a prism of 1/8 of a voxel a voxel; a corner all but 1/48 of its 1/8.
    const voxels = w * h * d - (4 * (w + h + d - 3)) / 8 - (8 * 5) / 48;
    expect(measureMesh(box(w, h, d), spacing, "closed").volume).toBeCloseTo(voxels * 0.5 * 1.5 * 3, 10);
  });

  it("is closed: its volume does not depend on where the region lies", () => {
    const here = measureMesh(voxelsOf(size, isInside), [0.7, 1.1, 1.9], "closed");
    const there = measureMesh(
      voxelsOf([30, 31, 32], ([x, y, z]) => isNoise([x - 9, y - 14, z - 18])),
      [0.7, 1.1, 1.9],
      "closed",
    );
    expect(there.volume / here.volume).toBeCloseTo(1, 10);
    expect(there.area / here.area).toBeCloseTo(1, 10);
  });

  it("does not depend on turns and reflections", () => {
    const here = measureMesh(voxelsOf(size, isInside), [1, 1, 1], "closed");
    const last = side + 1;
    const moves: ((place: Place) => Place)[] = [
      ([x, y, z]) => [last - x, y, z],
      ([x, y, z]) => [x, last - y, z],
      ([x, y, z]) => [x, y, last - z],
      ([x, y, z]) => [y, x, z],
      ([x, y, z]) => [y, z, x],
      ([x, y, z]) => [last - y, x, z],
    ];
    for (const move of moves) {
      const moved = measureMesh(
        voxelsOf(size, (place) => isInside(move(place))),
        [1, 1, 1],
        "closed",
      );
      expect(moved.volume / here.volume).toBeCloseTo(1, 10);
      expect(moved.area / here.area).toBeCloseTo(1, 10);
    }
  });

  it("cuts off voxels that touch along an edge or at a corner", () => {
    const one = measureMesh(box(1, 1, 1), [1, 1, 1], "closed");
    for (const second of [[2, 2, 1] as const, [2, 2, 2] as const]) {
      const two = measureMesh(
        voxelsOf([4, 4, 4], (place) =>
          [[1, 1, 1] as const, second].some((at) => at.every((k, axis) => k === place[axis])),
        ),
        [1, 1, 1],
        "closed",
      );
      expect(two.volume).toBeCloseTo(2 * one.volume, 12);
      expect(two.area).toBeCloseTo(2 * one.area, 12);
    }
  });

  it("is the same by PyRadiomics' rule where no two voxels touch along an edge only", () => {
    const ball = voxelsOf([17, 17, 17], (place) => place.reduce((sum, k) => sum + (k - 8) ** 2, 0) <= 40);
    const [ours, theirs] = (["closed", "pyradiomics"] as const).map((rule) =>
      measureMesh(ball, [1, 1, 2], rule),
    );
    expect(ours.volume).toBeCloseTo(theirs.volume, 9);
    expect(ours.area).toBeCloseTo(theirs.area, 9);
  });
});
