import { describe, expect, it } from "vitest";
import type { Discretisation } from "../features/feature-source.ts";
import { type Region, gatherRegion } from "../image/region.ts";
import { createRandom } from "../math/random.ts";
import {
  type IntensityRange,
  describeVolumeHistogram,
  intensityVolumeHistogramFeatures as features,
} from "./intensity-volume-histogram.ts";

function regionOf(values: readonly number[]): Region {
  const dimensions = [values.length, 1, 1] as const;
  const image = { dimensions, spacingMm: null, values: Float64Array.from(values) };
  return gatherRegion(image, { dimensions, values: new Uint8Array(values.length).fill(1) }, false);
}

const histogram = (values: readonly number[], binning: Discretisation, range?: IntensityRange) =>
  describeVolumeHistogram(regionOf(values), binning, range)!;

/** Share of the values from an intensity on. */
const shareFrom = (values: readonly number[], intensity: number) =>
  values.filter((value) => value >= intensity).length / values.length;

describe("intensity-volume histogram", () => {
  const random = createRandom("intensity-volume histogram");
  const values = Array.from({ length: 200 }, () => random.integer(40) - 10);

  it("knows the share at or above every whole grey level, those that no voxel has included", () => {
    const sparse = values.filter((value) => value % 3 === 0);
    const { intensity, share, fraction } = histogram(sparse, { method: "none" });
    expect(intensity.length).toBe(Math.max(...sparse) - Math.min(...sparse) + 1);
    intensity.forEach((level, k) => expect(share[k]).toBeCloseTo(shareFrom(sparse, level), 12));
    expect(fraction[0]).toBe(0);
    expect(fraction.at(-1)).toBe(1);
  });

  it("of whole grey levels spans those that the region has, whatever the range of re-segmentation", () => {
    const { intensity } = histogram(values, { method: "none" }, [-50, 100]);
    expect([intensity[0], intensity.at(-1)]).toEqual([Math.min(...values), Math.max(...values)]);
  });

  it("replaces bins of fixed width by their centres, from half a bin above the range to half a bin below its end", () => {
    const binning = { method: "fixed-bin-width", width: 2.5, lowerBound: null } as const;
    const { intensity, share } = histogram(values, binning, [-50, 100]);
    expect([intensity[0], intensity[1], intensity.at(-1)]).toEqual([-48.75, -46.25, 98.75]);
    intensity.forEach((centre, k) => expect(share[k]).toBeCloseTo(shareFrom(values, centre - 1.25), 12));
  });

  it("keeps the level of a voxel at the very end of the range", () => {
    const { intensity, share } = histogram([0, 4, 10], {
      method: "fixed-bin-width",
      width: 5,
      lowerBound: null,
    });
    expect([...intensity]).toEqual([2.5, 7.5, 12.5]);
    expect([...share]).toEqual([1, 1 / 3, 1 / 3]);
  });

  it("has levels without unit for a fixed bin number, whatever the range of re-segmentation", () => {
    const binning = { method: "fixed-bin-number", bins: 1000 } as const;
    const { intensity } = histogram(values, binning, [-50, 100]);
    expect([intensity[0], intensity.at(-1), intensity.length]).toEqual([1, 1000, 1000]);
  });

  it("has the area under its curve, from a step to the next", () => {
    // Shares 1, 1/2, 1/4 and 1/4 at the levels 1 to 4.
    expect(features.areaUnderCurve.compute(histogram([1, 1, 2, 4], { method: "none" }))).toBeCloseTo(
      (0.75 + 0.375 + 0.25) / 3,
      12,
    );
  });

  it("gives the intensity that a tenth of the voxels reach", () => {
    const tenths = Array.from({ length: 100 }, (_, k) => k);
    const all = histogram(tenths, { method: "none" });
    expect(features.intensityAt10.compute(all)).toBe(90);
    expect(features.intensityAt90.compute(all)).toBe(10);
    expect(features.intensityDifference.compute(all)).toBe(80);
    expect(features.volumeDifference.compute(all)).toBeCloseTo(0.9 - 0.1, 12);
  });

  it("does not exist where it has one level", () => {
    const flat = histogram([7, 7, 7], { method: "none" });
    for (const feature of Object.values(features)) {
      expect(feature.compute(flat)).toBeNull();
      expect(feature.undefinedWhen).toContain("one level");
    }
    const binning = { method: "fixed-bin-width", width: 1, lowerBound: null } as const;
    expect(features.volumeAt10.compute(histogram([7, 7, 7], binning, [0, 10]))).toBe(1);
  });

  it("does not exist where whole levels are too many", () => {
    expect(describeVolumeHistogram(regionOf([0, 1e6]), { method: "none" })).toBeNull();
  });
});
