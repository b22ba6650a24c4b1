import { describe, expect, it } from "vitest";
import { type LevelGrid, fixedBinNumber, fixedBinWidth, intensitiesAsLevels } from "./discretise.ts";
import type { Image } from "./image.ts";
import { type Region, gatherRegion } from "./region.ts";

function regionOf(...intensities: number[]): Region {
  const image: Image = {
    dimensions: [intensities.length, 1, 1],
    spacingMm: null,
    values: Float64Array.from(intensities),
  };
  return gatherRegion(
    image,
    { dimensions: image.dimensions, values: new Uint8Array(intensities.length).fill(1) },
    false,
  );
}

const levels = ({ positions, values }: LevelGrid) => Array.from(positions, (position) => values[position]);

describe("gatherRegion", () => {
  it("crops, pads by one and keeps the order of a scan", () => {
    const image: Image = {
      dimensions: [4, 3, 2],
      spacingMm: null,
      values: Uint8Array.from({ length: 24 }, (_, k) => k),
    };
    const values = new Uint8Array(24);
    for (const pixel of [5, 6, 17]) values[pixel] = 1;
    const region = gatherRegion(image, { dimensions: image.dimensions, values }, true);
    expect(region.padded).toEqual({ width: 4, height: 3, depth: 4 });
    expect([...region.intensities]).toEqual([5, 6, 17]);
    expect([...region.positions]).toEqual([12 + 5, 12 + 6, 24 + 5]);
    expect([...region.sliceStarts]).toEqual([0, 2, 3]);
  });

  it("refuses intensities inside the region that are not finite, and ignores those outside", () => {
    const image: Image = {
      dimensions: [3, 1, 1],
      spacingMm: null,
      values: Float64Array.of(1, NaN, Infinity),
    };
    const inside = (...values: number[]) => ({
      dimensions: image.dimensions,
      values: Uint8Array.from(values),
    });
    expect(() => gatherRegion(image, inside(1, 1, 1), false)).toThrow("2 of its 3 pixels");
    expect([...gatherRegion(image, inside(1, 0, 0), false).intensities]).toEqual([1]);
  });
});

describe("fixedBinNumber", () => {
  it("puts the minimum in the first bin, the maximum in the last and edges in the upper bin", () => {
    expect(levels(fixedBinNumber(regionOf(0, 24.9, 25, 50, 99.9, 100), 4))).toEqual([1, 1, 2, 3, 4, 4]);
  });

  it("does not depend on shift and scale", () => {
    const values = [3, 7, 8, 20, 41, 43];
    const reference = levels(fixedBinNumber(regionOf(...values), 8));
    expect(levels(fixedBinNumber(regionOf(...values.map((x) => 4 * x - 100)), 8))).toEqual(reference);
  });

  it("gives a flat region one level", () => {
    const grid = fixedBinNumber(regionOf(7, 7), 32);
    expect([grid.levels, ...levels(grid)]).toEqual([1, 1, 1]);
  });

  it("refuses a number of bins that is not a whole number from 1 on, and an infinite range", () => {
    for (const bins of [0, 2.5, NaN, 70_000])
      expect(() => fixedBinNumber(regionOf(1, 2), bins)).toThrow("fixed bin number");
    expect(() => fixedBinNumber(regionOf(-1e308, 1e308), 32)).toThrow("finite range");
  });
});

describe("fixedBinWidth", () => {
  it("counts bins from the lower bound, or from the region's minimum", () => {
    expect(levels(fixedBinWidth(regionOf(30, 49, 50, 75), 25, 0))).toEqual([2, 2, 3, 4]);
    expect(levels(fixedBinWidth(regionOf(30, 54, 55, 80), 25, null))).toEqual([1, 1, 2, 3]);
  });

  it("refuses widths, bounds and images that do not fit", () => {
    expect(() => fixedBinWidth(regionOf(1, 2), 0, null)).toThrow("above 0; got 0");
    expect(() => fixedBinWidth(regionOf(-5, 2, 3), 1, 0)).toThrow("1 of 3 region pixels lie below");
    expect(() => fixedBinWidth(regionOf(0, 1e6), 1, 0)).toThrow("choose wider bins");
  });
});

describe("intensitiesAsLevels", () => {
  it("keeps whole intensities and refuses others", () => {
    expect(levels(intensitiesAsLevels(regionOf(1, 6, 3)))).toEqual([1, 6, 3]);
    expect(() => intensitiesAsLevels(regionOf(0, 1.5, 3))).toThrow("2 of 3 region pixels have others");
  });
});
