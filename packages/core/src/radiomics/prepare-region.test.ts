import { describe, expect, it } from "vitest";
import type { Image, Mask } from "../image/image.ts";
import { prepareRegion } from "./prepare-region.ts";

const image: Image = {
  dimensions: [8, 8, 1],
  spacingMm: [1, 1, 1],
  values: Float64Array.from({ length: 64 }, (_, p) => (p * 29) % 64),
};
const mask: Mask = {
  dimensions: [8, 8, 1],
  values: Uint8Array.from({ length: 64 }, (_, p) => (p % 8 > 1 && p % 8 < 6 && p > 15 && p < 48 ? 1 : 0)),
};
const resample = {
  spacingMm: [0.5, 0.5, null],
  image: "linear",
  mask: "linear",
  partialVolume: 0.5,
  roundIntensities: false,
  alignment: "centre",
} as const;

describe("preparing a region", () => {
  it("returns image and mask themselves where no step is asked for", () => {
    const prepared = prepareRegion(image, mask, {});
    expect(prepared.image).toBe(image);
    expect(prepared.morphology).toBe(mask);
    expect(prepared.intensity).toBe(mask);
  });

  it("re-segments what was normalised and resampled, and the intensity mask only", () => {
    const prepared = prepareRegion(image, mask, {
      normalise: { method: "z-score", scale: 1, outlierSigmas: null },
      resample,
      resegment: { range: [0, null] },
    });
    const inside = (values: Uint8Array) => values.reduce((sum, value) => sum + value, 0);
    expect(inside(prepared.morphology.values)).toBe(64);
    expect(inside(prepared.intensity.values)).toBeLessThan(64);
    prepared.intensity.values.forEach((value, p) => {
      if (value === 1) expect(prepared.image.values[p]).toBeGreaterThanOrEqual(0);
    });
    expect(prepared.image.spacingMm).toEqual([0.5, 0.5, 1]);
  });

  it("changes neither image nor mask", () => {
    const [levels, inside] = [image.values.slice(), mask.values.slice()];
    prepareRegion(image, mask, {
      normalise: { method: "depth", smoothing: 0.5 },
      resample,
      resegment: { outlierSigmas: 1 },
    });
    expect(image.values).toEqual(levels);
    expect(mask.values).toEqual(inside);
  });
});
