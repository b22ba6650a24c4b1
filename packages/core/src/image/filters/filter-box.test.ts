import { describe, expect, it } from "vitest";
import { createRandom } from "../../math/random.ts";
import type { Dimensions, Image } from "../image.ts";
import { filterBox, filterImage } from "./filter-box.ts";
import type { Boundary, FilterDimensions, ImageFilter } from "./image-filter.ts";

const boundaries: readonly Boundary[] = ["zero", "nearest", "periodic", "mirror"];

function noise(dimensions: Dimensions): Image {
  const random = createRandom(dimensions.join());
  const length = dimensions[0] * dimensions[1] * dimensions[2];
  const values = Uint8Array.from({ length }, () => random.integer(256));
  return { dimensions, spacingMm: [1, 1, 1], values };
}

/** One filter of every kind. */
function everyFilter(dimensions: FilterDimensions, boundary: Boundary): ImageFilter[] {
  const spatial = { dimensions, boundary };
  const log = {
    kind: "laplacianOfGaussian",
    sigma: { mm: 1.5 },
    truncateSigmas: 4,
    scaleNormalised: true,
  } as const;
  const letters = dimensions === 3;
  return [
    { kind: "none" },
    { kind: "mean", supportPx: 5, ...spatial },
    { ...log, method: "truncated", ...spatial },
    { ...log, method: "recursive", ...spatial },
    { kind: "laws", kernels: letters ? "L5E5S5" : "L5E5", pooling: "max", energyDistancePx: 2, ...spatial },
    {
      kind: "gabor",
      sigma: { px: 2 },
      wavelength: { px: 3 },
      aspectRatio: 1,
      orientation: { everyDegrees: 45 },
      pooling: "average",
      planes: letters ? "orthogonal" : "axial",
      boundary,
    },
    {
      kind: "wavelet",
      wavelet: "db2",
      level: 2,
      band: letters ? "LHL" : "LH",
      decimated: false,
      pooling: "average",
      ...spatial,
    },
    { kind: "simoncelli", level: 1, dimensions },
    { kind: "shannon", level: 2, dimensions },
    { kind: "riesz", order: letters ? [0, 1, 1] : [0, 1], after: null, boundary },
    { kind: "square" },
    { kind: "squareRoot" },
    { kind: "logarithm" },
    { kind: "exponential" },
    { kind: "gradient", dimensions, perMm: true },
    { kind: "localBinaryPattern", radiusPx: 1, samples: 8 },
  ];
}

const cases = ([2, 3] as const).flatMap((dimensions) =>
  boundaries.map((boundary) => ({ dimensions, boundary })),
);

describe.each(cases)("filters in $dimensions dimensions, $boundary outside", ({ dimensions, boundary }) => {
  const filters = everyFilter(dimensions, boundary);

  it("give in a box what they give there in the whole image", () => {
    const image = noise([23, 19, 9]);
    const before = image.values.slice();
    const box = { x: 1, y: 6, z: 2, width: 14, height: 13, depth: 4 };
    const parts = [...filterBox(image, box, filters)];
    parts.forEach((part, index) => {
      const whole = filterImage(image, filters[index]).values;
      expect(part.dimensions).toEqual([14, 13, 4]);
      part.values.forEach((value, k) => {
        const [x, y, z] = [1 + (k % 14), 6 + (Math.floor(k / 14) % 13), 2 + Math.floor(k / 182)];
        expect(Math.abs(value - whole[(z * 19 + y) * 23 + x])).toBeLessThan(1e-4);
      });
    });
    expect(image.values).toEqual(before);
  });

  it("give finite responses on images smaller than their kernels", () => {
    for (const size of [
      [1, 1, 1],
      [7, 1, 1],
      [1, 5, 1],
      [2, 3, 1],
      [1, 1, 4],
    ] as const) {
      const image = noise(size);
      for (const filter of filters) {
        const { values, dimensions: filtered } = filterImage(image, filter);
        expect(filtered).toEqual(size);
        expect(values.every(Number.isFinite)).toBe(true);
      }
    }
  });
});

describe("filterBox", () => {
  it("makes each image when it is asked for, apart from those before", () => {
    const image = noise([12, 10, 1]);
    const sigma = (px: number): ImageFilter => ({
      kind: "laplacianOfGaussian",
      sigma: { px },
      truncateSigmas: 4,
      method: "truncated",
      scaleNormalised: false,
      dimensions: 2,
      boundary: "mirror",
    });
    const filters = [sigma(3), sigma(1), { kind: "none" } as const, sigma(3)];
    const box = { x: 0, y: 0, z: 0, width: 12, height: 10, depth: 1 };
    const images = [...filterBox(image, box, filters)];
    images.forEach((one, k) => expect(one).toEqual(filterImage(image, filters[k])));
    const impossible: ImageFilter = { kind: "gradient", dimensions: 2, perMm: true };
    const lazily = filterBox({ ...image, spacingMm: null }, box, [{ kind: "none" }, impossible]);
    expect(lazily.next().done).toBe(false);
    expect(() => lazily.next()).toThrow();
  });
});
