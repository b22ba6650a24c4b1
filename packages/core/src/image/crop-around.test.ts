import { describe, expect, it } from "vitest";
import { cropAround } from "./crop-around.ts";
import type { Image, Mask } from "./image.ts";

const image: Image = {
  dimensions: [5, 4, 1],
  spacingMm: [1, 2, 3],
  values: Float64Array.from({ length: 20 }, (_, k) => k),
};
const mask: Mask = { dimensions: [5, 4, 1], values: new Uint8Array(20) };
mask.values[1 * 5 + 3] = 1;

describe("a crop around a region", () => {
  it("keeps the margin on every side, as far as the image reaches", () => {
    const cropped = cropAround(image, mask, 2);
    expect(cropped.image.dimensions).toEqual([4, 4, 1]);
    expect([...cropped.image.values].slice(0, 5)).toEqual([1, 2, 3, 4, 6]);
    expect(cropped.image.spacingMm).toEqual([1, 2, 3]);
    expect(cropped.mask.values.indexOf(1)).toBe(1 * 4 + 2);
  });

  it("is the region's box without a margin", () => {
    expect([...cropAround(image, mask, 0).image.values]).toEqual([8]);
  });

  it("is the image itself where nothing lies beyond, or where there is no region", () => {
    expect(cropAround(image, mask, 9).image).toBe(image);
    const empty = { ...mask, values: new Uint8Array(20) };
    expect(cropAround(image, empty, 1).image).toBe(image);
  });
});
