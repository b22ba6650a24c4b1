import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { createRandom } from "../../math/random.ts";
import type { Image } from "../image.ts";
import { filterImage } from "./filter-box.ts";
import type { LawsFilter } from "./image-filter.ts";
import { lawsKernels } from "./laws.ts";

const filter = (kernels: string, changes: Partial<LawsFilter> = {}): LawsFilter => ({
  kind: "laws",
  kernels,
  pooling: "none",
  energyDistancePx: null,
  dimensions: kernels.length === 4 ? 2 : 3,
  boundary: "mirror",
  ...changes,
});

function noise(size: number, depth: number): Image {
  const random = createRandom(1);
  const values = Float64Array.from({ length: size * size * depth }, () => random.normal());
  return { dimensions: [size, size, depth], spacingMm: null, values };
}

describe("Laws' kernels", () => {
  it("have unit energy; all but L sum to 0", () => {
    for (const name of ["L3", "E3", "S3", "L5", "E5", "S5", "W5", "R5"]) {
      const [{ weights }] = lawsKernels(filter(name + name));
      expect(weights.reduce((sum, weight) => sum + weight * weight, 0)).toBeCloseTo(1, 12);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      // Of the spots and ripples, W5 and R5 too have no response to a constant.
      if (name.startsWith("L")) expect(sum).toBeGreaterThan(1);
      else expect(sum).toBeCloseTo(0, 12);
    }
  });

  it("are refused where they do not exist or are not one a dimension", () => {
    for (const name of ["L5", "L5E5S5", "X5L5", "W3L3", "L5E", "toStringL5"])
      expect(() => lawsKernels({ ...filter("L5E5"), kernels: name })).toThrow(InputError);
  });
});

describe("Laws' filter", () => {
  it("draws its convolution kernel around one bright pixel, the first letter along x", () => {
    const values = new Float64Array(81);
    values[4 * 9 + 4] = 1;
    const image: Image = { dimensions: [9, 9, 1], spacingMm: null, values };
    const response = filterImage(image, filter("E3L3", { boundary: "zero" })).values;
    const norm = Math.sqrt(2) * Math.sqrt(6);
    const around = [3, 4, 5].map((y) => [3, 4, 5].map((x) => response[y * 9 + x] * norm));
    [
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ].forEach((row, y) => row.forEach((value, x) => expect(around[y][x]).toBeCloseTo(value, 12)));
  });

  it("does not depend on turns by right angles once it is pooled", () => {
    const image = noise(12, 12);
    // A quarter turn about z, then one about x.
    const turned = image.values.map((_, k) => {
      const [x, y, z] = [k % 12, Math.floor(k / 12) % 12, Math.floor(k / 144)];
      return image.values[((11 - y) * 12 + z) * 12 + (11 - x)];
    });
    for (const pooling of ["average", "max"] as const) {
      const response = filterImage(image, filter("E5L5S5", { pooling })).values;
      const ofTurned = filterImage({ ...image, values: turned }, filter("E5L5S5", { pooling })).values;
      ofTurned.forEach((value, k) => {
        const [x, y, z] = [k % 12, Math.floor(k / 12) % 12, Math.floor(k / 144)];
        expect(value).toBeCloseTo(response[((11 - y) * 12 + z) * 12 + (11 - x)], 12);
      });
    }
  });

  it("has as its energy the mean absolute response around each pixel", () => {
    const image = noise(9, 1);
    const response = filterImage(image, filter("L5E5")).values.map(Math.abs);
    const energy = filterImage(image, filter("L5E5", { energyDistancePx: 1 })).values;
    const window = [3, 4, 5].flatMap((y) => [3, 4, 5].map((x) => response[y * 9 + x]));
    expect(energy[4 * 9 + 4]).toBeCloseTo(window.reduce((sum, value) => sum + value, 0) / 9, 12);
  });
});
