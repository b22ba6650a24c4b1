import { describe, expect, it } from "vitest";
import type { Dimensions, Spacing } from "../image/image.ts";
import { gatherRegion } from "../image/region.ts";
import { spatialAutocorrelation } from "./spatial-autocorrelation.ts";

function measured(dimensions: Dimensions, values: readonly number[], spacingMm: Spacing = [1, 1, 1]) {
  const mask = { dimensions, values: new Uint8Array(values.length).fill(1) };
  const image = { dimensions, spacingMm, values: Float64Array.from(values) };
  return spatialAutocorrelation(gatherRegion(image, mask, true), spacingMm);
}

const size = 8;
const grid = Array.from({ length: size * size }, (_, k) => [k % size, Math.floor(k / size)] as const);

describe("spatial autocorrelation", () => {
  it("of two voxels is that of opposites, whatever their distance", () => {
    for (const spacing of [0.1, 1, 30]) {
      const { moransI, gearysC } = measured([2, 1, 1], [3, 8], [spacing, 1, 1])!;
      expect(moransI).toBeCloseTo(-1, 12);
      expect(gearysC).toBeCloseTo(1, 12);
    }
  });

  it("is high where neighbours are alike, low where they differ", () => {
    const halves = measured(
      [size, size, 1],
      grid.map(([x]) => (x < size / 2 ? 1 : 5)),
    )!;
    const chessboard = measured(
      [size, size, 1],
      grid.map(([x, y]) => ((x + y) % 2 === 0 ? 1 : 5)),
    )!;
    expect(halves.moransI).toBeGreaterThan(0.1);
    expect(halves.gearysC).toBeLessThan(0.9);
    expect(chessboard.moransI).toBeLessThan(-1 / size ** 2);
    expect(chessboard.gearysC).toBeGreaterThan(1);
  });

  it("depends neither on the unit of intensities nor on that of distances", () => {
    const values = grid.map(([x, y]) => (x * x * 3 + y * 7 + x * y) % 11);
    const first = measured([size, size, 1], values)!;
    const other = measured(
      [size, size, 1],
      values.map((value) => 1000 - 3 * value),
      [5, 5, 5],
    )!;
    expect(other.moransI).toBeCloseTo(first.moransI, 11);
    expect(other.gearysC).toBeCloseTo(first.gearysC, 11);
  });

  it("does not exist for one voxel or one intensity", () => {
    expect(measured([1, 1, 1], [4])).toBeNull();
    expect(measured([3, 2, 1], [4, 4, 4, 4, 4, 4])).toBeNull();
  });
});
