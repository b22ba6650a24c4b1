import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import type { Dimensions, Image, Mask } from "./image.ts";
import { resampleImage, resampleMask } from "./resample.ts";
import { resamplingGrid } from "./resampling-grid.ts";
import type { Resampling } from "./resampling.ts";

const linear: Resampling = {
  spacingMm: [2, 2, null],
  image: "linear",
  mask: "linear",
  partialVolume: 0.5,
  roundIntensities: false,
  alignment: "centre",
};

function imageOf(dimensions: Dimensions, level: (x: number, y: number, z: number) => number): Image {
  const [width, height] = dimensions;
  const values = Float64Array.from({ length: width * height * dimensions[2] }, (_, p) =>
    level(p % width, Math.floor(p / width) % height, Math.floor(p / (width * height))),
  );
  return { dimensions, spacingMm: [1, 1, 1], values };
}

function maskOf(dimensions: Dimensions, inside: (x: number, y: number, z: number) => boolean): Mask {
  const { values } = imageOf(dimensions, (x, y, z) => (inside(x, y, z) ? 1 : 0));
  return { dimensions, values: Uint8Array.from(values) };
}

function resampled(image: Image, mask: Mask, resampling: Resampling): { image: Image; mask: Mask } {
  const grid = resamplingGrid(image, mask, resampling)!;
  return { image: resampleImage(image, grid, resampling), mask: resampleMask(mask, grid, resampling) };
}

const everywhere = () => true;
const still = { count: 1, first: 0, step: 1 };

describe("the new grid", () => {
  const [image, mask] = [imageOf([5, 4, 2], (x) => x), maskOf([5, 4, 2], everywhere)];

  it("rounds the number of pixels up and keeps the centre of the image", () => {
    const { axes, spacingMm } = resamplingGrid(image, mask, linear)!;
    expect(axes.map(({ count }) => count)).toEqual([3, 2, 2]);
    expect(axes.map(({ first, step, count }) => first + (step * (count - 1)) / 2)).toEqual([2, 1.5, 0.5]);
    expect(spacingMm).toEqual([2, 2, 1]);
  });

  it("starts at the first pixel's corner where PyRadiomics' alignment is asked for", () => {
    const { axes } = resamplingGrid(image, mask, { ...linear, alignment: "corner" })!;
    expect(axes.map(({ first }) => first)).toEqual([0.5, 0.5, 0]);
  });

  it("leaves an axis of a flat region alone in PyRadiomics' alignment", () => {
    const flat = maskOf([5, 4, 2], (_x, y) => y === 1);
    const { spacingMm } = resamplingGrid(image, flat, { ...linear, alignment: "corner" })!;
    expect(spacingMm).toEqual([2, 1, 1]);
  });

  it("gains no pixel from rounding where it fits exactly", () => {
    const long = { dimensions: [30, 1, 1], spacingMm: [0.1, 1, 1] } as const;
    const grid = resamplingGrid(long, maskOf([30, 1, 1], everywhere), {
      ...linear,
      spacingMm: [0.3, null, null],
    });
    expect(grid!.axes[0].count).toBe(10);
  });

  it("is none where the image has that spacing already, but for the digits of its header", () => {
    expect(resamplingGrid(image, mask, { ...linear, spacingMm: [1.0000001, null, 1] })).toBeNull();
  });

  it("refuses an image without spacing, an empty mask and a spacing of 0", () => {
    expect(() => resamplingGrid({ ...image, spacingMm: null }, mask, linear)).toThrow(InputError);
    expect(() =>
      resamplingGrid(
        image,
        maskOf([5, 4, 2], () => false),
        linear,
      ),
    ).toThrow(InputError);
    expect(() => resamplingGrid(image, mask, { ...linear, spacingMm: [0, 1, 1] })).toThrow(InputError);
  });
});

describe("resampling an image", () => {
  it.each(["nearest", "linear", "cubic-spline"] as const)("keeps a constant level: %s", (method) => {
    const image = imageOf([7, 6, 3], () => 42);
    const { values } = resampled(image, maskOf([7, 6, 3], everywhere), {
      ...linear,
      spacingMm: [0.7, 1.3, 0.5],
      image: method,
    }).image;
    for (const value of values) expect(value).toBeCloseTo(42, 12);
  });

  it.each(["linear", "cubic-spline"] as const)("keeps a slope away from the edge: %s", (method) => {
    const image = imageOf([61, 1, 1], (x) => 3 * x + 5);
    const resampling = { ...linear, spacingMm: [0.4, null, null], image: method } as const;
    const mask = maskOf([61, 1, 1], everywhere);
    const { first, step } = resamplingGrid(image, mask, resampling)!.axes[0];
    resampled(image, mask, resampling).image.values.forEach((value, k) => {
      const at = first + k * step;
      if (at > 25 && at < 35) expect(value).toBeCloseTo(3 * at + 5, 10);
    });
  });

  it("treats the axes alike", () => {
    const level = (a: number, b: number, c: number) => ((7 * a + 3 * b + 5 * c) % 11) + a * b;
    const [along, turned] = [imageOf([6, 5, 4], level), imageOf([4, 6, 5], (z, x, y) => level(x, y, z))];
    const resampling = { ...linear, image: "cubic-spline" } as const;
    const one = resampled(along, maskOf([6, 5, 4], everywhere), {
      ...resampling,
      spacingMm: [0.8, 1.5, 0.7],
    });
    const other = resampled(turned, maskOf([4, 6, 5], everywhere), {
      ...resampling,
      spacingMm: [0.7, 0.8, 1.5],
    });
    const [width, height, depth] = one.image.dimensions;
    for (let z = 0; z < depth; z++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          expect(other.image.values[(y * width + x) * depth + z]).toBeCloseTo(
            one.image.values[(z * height + y) * width + x],
            10,
          );
  });

  it("does not spread an infinite level to centres that stay where they are", () => {
    const image = imageOf([5, 1, 1], (x) => (x === 4 ? Infinity : x));
    const halved = { ...linear, spacingMm: [0.5, null, null], alignment: "corner" } as const;
    const mask = maskOf([5, 1, 1], everywhere);
    const grid = { axes: [{ count: 9, first: 0, step: 0.5 }, still, still], spacingMm: [0.5, 1, 1] } as const;
    const { values } = resampleImage(image, grid, halved);
    expect([...values]).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, Infinity, Infinity]);
    expect(resampleMask(mask, grid, halved).values).toEqual(new Uint8Array(9).fill(1));
  });

  it("rounds to whole numbers, or cuts fractions off where the image has none", () => {
    const [ramp, mask] = [imageOf([4, 1, 1], (x) => -3 * x), maskOf([4, 1, 1], everywhere)];
    const at = (roundIntensities: Resampling["roundIntensities"], image = ramp) => [
      ...resampled(image, mask, { ...linear, spacingMm: [0.8, null, null], roundIntensities }).image.values,
    ];
    expect(at(true)).toEqual(at(false).map((value) => Math.round(value)));
    expect(at("as-stored")).toEqual(at(false).map((value) => Math.trunc(value)));
    const halves = imageOf([4, 1, 1], (x) => x / 2);
    expect(at("as-stored", halves)).toEqual(at(false, halves));
  });

  it.each(["linear", "cubic-spline"] as const)(
    "of the part around the region is that of the whole: %s",
    (method) => {
      const dimensions = [150, 120, 3] as const;
      const image = imageOf(dimensions, (x, y, z) => ((x * 37 + y * 91 + z * 53) % 101) - 50);
      const mask = maskOf(
        dimensions,
        (x, y, z) => z === 1 && (x - 70) * (x - 70) + (y - 60) * (y - 60) < 150,
      );
      const resampling = { ...linear, spacingMm: [0.7, 1.3, null], image: method } as const;
      const whole = resampled(image, mask, resampling);
      const part = resampled(image, mask, { ...resampling, marginPx: 4 });
      const [width, height] = whole.image.dimensions;
      const first = whole.mask.values.indexOf(1);
      const inPart = part.mask.values.indexOf(1);
      const [partWidth, partHeight, partDepth] = part.image.dimensions;
      const offset = first - Math.floor(inPart / partWidth / partHeight) * width * height;
      const start = offset - (Math.floor(inPart / partWidth) % partHeight) * width - (inPart % partWidth);
      expect(partWidth).toBeLessThan(width / 2);
      let inside = 0;
      for (let z = 0; z < partDepth; z++)
        for (let y = 0; y < partHeight; y++)
          for (let x = 0; x < partWidth; x++) {
            const [p, q] = [(z * partHeight + y) * partWidth + x, start + (z * height + y) * width + x];
            expect(part.image.values[p]).toBeCloseTo(whole.image.values[q], 9);
            inside += part.mask.values[p] & whole.mask.values[q];
          }
      expect(inside).toBe(whole.mask.values.reduce((sum, value) => sum + value, 0));
    },
  );
});

describe("resampling a mask", () => {
  it("counts a pixel in from half of it on", () => {
    const dimensions = [8, 2, 1] as const;
    const mask = maskOf(dimensions, (x) => x < 3);
    const image = imageOf(dimensions, () => 0);
    const { values } = resampled(image, mask, { ...linear, spacingMm: [2, null, null] }).mask;
    // Pixels 0 and 1 are inside; of 2 and 3 one is.
    expect([...values.slice(0, 4)]).toEqual([1, 1, 0, 0]);
    const strict = resampled(image, mask, { ...linear, spacingMm: [2, null, null], partialVolume: 0.6 });
    expect([...strict.mask.values.slice(0, 4)]).toEqual([1, 0, 0, 0]);
  });

  it("has nothing beyond the edge of its grid", () => {
    const dimensions = [5, 1, 1] as const;
    const resampling = { ...linear, spacingMm: [4, null, null], mask: "nearest" } as const;
    const mask = maskOf(dimensions, everywhere);
    // Centres at 0 and 4 with their own alignment, at 1.5 and 5.5 with the corner's.
    expect(
      resampled(
        imageOf(dimensions, () => 0),
        mask,
        resampling,
      ).mask.values,
    ).toEqual(Uint8Array.of(1, 1));
    expect(
      resampled(
        imageOf(dimensions, () => 0),
        mask,
        { ...resampling, alignment: "corner" },
      ).mask.values,
    ).toEqual(Uint8Array.of(1, 0));
  });

  it("refuses to lose the region", () => {
    const dimensions = [9, 9, 1] as const;
    const speck = maskOf(dimensions, (x, y) => x === 4 && y === 5);
    expect(() =>
      resampled(
        imageOf(dimensions, () => 0),
        speck,
        { ...linear, spacingMm: [3, 3, null] },
      ),
    ).toThrow(InputError);
  });
});
