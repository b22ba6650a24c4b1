import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import type { Image, Mask } from "./image.ts";
import { resegmentMask } from "./resegment.ts";

function rowOf(...levels: number[]): { image: Image; mask: Mask } {
  const dimensions = [levels.length, 1, 1] as const;
  return {
    image: { dimensions, spacingMm: null, values: Float64Array.from(levels) },
    mask: { dimensions, values: new Uint8Array(levels.length).fill(1) },
  };
}

describe("re-segmentation", () => {
  it("keeps the bounds of the range", () => {
    const { image, mask } = rowOf(-501, -500, 0, 400, 401);
    expect([...resegmentMask(image, mask, { range: [-500, 400] }).values]).toEqual([0, 1, 1, 1, 0]);
    expect([...resegmentMask(image, mask, { range: [null, 0] }).values]).toEqual([1, 1, 1, 0, 0]);
  });

  it("leaves outliers of the whole region out, by its population standard deviation", () => {
    // Mean 2, deviation 2: 6 is on the bound, which belongs to the band.
    const { image, mask } = rowOf(1, 1, 1, 1, 6);
    expect([...resegmentMask(image, mask, { outlierSigmas: 2 }).values]).toEqual([1, 1, 1, 1, 1]);
    expect([...resegmentMask(image, mask, { outlierSigmas: 1.99 }).values]).toEqual([1, 1, 1, 1, 0]);
  });

  it("by both keeps what each would keep of the whole region", () => {
    const { image, mask } = rowOf(-900, 1, 2, 3, 4, 5, 6, 7, 8, 9, 500);
    const settings = { range: [0, 600], outlierSigmas: 2 } as const;
    const both = resegmentMask(image, mask, settings).values;
    const byRange = resegmentMask(image, mask, { range: settings.range }).values;
    const byOutliers = resegmentMask(image, mask, { outlierSigmas: 2 }).values;
    expect([...both]).toEqual([...byRange].map((inside, p) => inside & byOutliers[p]));
  });

  it("leaves the mask that is given as it is", () => {
    const { image, mask } = rowOf(1, 2, 3);
    resegmentMask(image, mask, { range: [2, 2] });
    expect([...mask.values]).toEqual([1, 1, 1]);
  });

  it("refuses to leave nothing", () => {
    const { image, mask } = rowOf(1, 2, 3);
    expect(() => resegmentMask(image, mask, { range: [10, 20] })).toThrow(InputError);
  });
});
