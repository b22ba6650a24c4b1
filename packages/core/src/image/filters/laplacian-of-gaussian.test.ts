import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { createRandom } from "../../math/random.ts";
import type { Image, Spacing } from "../image.ts";
import { boundaryIndex } from "./boundary.ts";
import { filterImage } from "./filter-box.ts";
import type { LaplacianOfGaussianFilter } from "./image-filter.ts";

const filter = (changes: Partial<LaplacianOfGaussianFilter> = {}): LaplacianOfGaussianFilter => ({
  kind: "laplacianOfGaussian",
  sigma: { px: 1.3 },
  truncateSigmas: 4,
  method: "truncated",
  scaleNormalised: false,
  dimensions: 2,
  boundary: "mirror",
  ...changes,
});

function noise(width: number, height: number, depth: number, spacingMm: Spacing | null = null): Image {
  const random = createRandom(1);
  const values = Float64Array.from({ length: width * height * depth }, () => random.normal());
  return { dimensions: [width, height, depth], spacingMm, values };
}

/** Sum over the box of the manual's kernel -1/s² (1/√(2π s²))^D (D - |x|²/s²) exp(-|x|²/2s²). */
function denseResponse(image: Image, [x, y, z]: readonly number[], sigma: number, axes: 2 | 3): number {
  const reach = Math.floor(4 * sigma + 0.5);
  const norm = Math.pow(2 * Math.PI * sigma * sigma, -axes / 2);
  let sum = 0;
  for (let dz = axes === 3 ? -reach : 0; dz <= (axes === 3 ? reach : 0); dz++)
    for (let dy = -reach; dy <= reach; dy++)
      for (let dx = -reach; dx <= reach; dx++) {
        const q = (dx * dx + dy * dy + dz * dz) / (sigma * sigma);
        const weight = ((-norm * (axes - q)) / (sigma * sigma)) * Math.exp(-q / 2);
        const [i, j, k] = [x + dx, y + dy, z + dz].map((at, axis) =>
          boundaryIndex(at, image.dimensions[axis], "mirror"),
        );
        sum += weight * image.values[(k * image.dimensions[1] + j) * image.dimensions[0] + i];
      }
  return sum;
}

describe("the truncated Laplacian of Gaussian", () => {
  it("is the manual's kernel summed over its box, in slices and in a volume", () => {
    const image = noise(11, 9, 6);
    for (const dimensions of [2, 3] as const) {
      const response = filterImage(image, filter({ dimensions })).values;
      for (let k = 0; k < response.length; k += 29) {
        const where = [k % 11, Math.floor(k / 11) % 9, Math.floor(k / 99)];
        expect(response[k]).toBeCloseTo(denseResponse(image, where, 1.3, dimensions), 12);
      }
    }
  });

  it("measures sigma along each axis by its spacing", () => {
    const image = noise(20, 1, 1, [0.5, 9, 9]);
    const row = filterImage(image, filter({ sigma: { mm: 1 } })).values;
    const scaled = filterImage({ ...image, spacingMm: [1, 18, 18] }, filter({ sigma: { mm: 2 } })).values;
    expect(row).toEqual(scaled);
  });
});

describe.each(["truncated", "recursive"] as const)("the %s Laplacian of Gaussian", (method) => {
  it("gives nothing for a constant image beside what the cut takes off", () => {
    const image: Image = {
      dimensions: [30, 20, 4],
      spacingMm: null,
      values: new Float64Array(2400).fill(100),
    };
    for (const dimensions of [2, 3] as const)
      filterImage(image, filter({ method, dimensions, truncateSigmas: 8, sigma: { px: 2 } })).values.forEach(
        (value) => expect(Math.abs(value)).toBeLessThan(1e-9),
      );
  });

  it("gives the Laplacian of a paraboloid", () => {
    const values = Float64Array.from({ length: 81 * 81 }, (_, k) => {
      const [x, y] = [(k % 81) - 40, Math.floor(k / 81) - 40];
      return x * x + 3 * y * y;
    });
    const image: Image = { dimensions: [81, 81, 1], spacingMm: null, values };
    const response = filterImage(image, filter({ method, sigma: { px: 2 }, truncateSigmas: 8 }));
    expect(response.values[40 * 81 + 40]).toBeCloseTo(2 + 6, 6);
  });

  it("multiplies each second derivative by the square of its sigma in pixels where it is normalised", () => {
    const row = noise(40, 1, 1, [0.5, 1, 1]);
    const settings = { method, sigma: { mm: 1 } };
    const plain = filterImage(row, filter(settings)).values;
    const normalised = filterImage(row, filter({ ...settings, scaleNormalised: true })).values;
    // Along y the image is constant, so that only x counts: sigma is 2 pixels there.
    normalised.forEach((value, k) => expect(value).toBeCloseTo(4 * plain[k], 3));
  });

  it("turns with the image", () => {
    const image = noise(17, 17, 1);
    const transposed = image.values.map((_, k) => image.values[(k % 17) * 17 + Math.floor(k / 17)]);
    const response = filterImage(image, filter({ method })).values;
    const turned = filterImage({ ...image, values: transposed }, filter({ method })).values;
    turned.forEach((value, k) => expect(value).toBeCloseTo(response[(k % 17) * 17 + Math.floor(k / 17)], 12));
  });

  it("refuses a sigma in mm where the image states no spacing", () => {
    expect(() => filterImage(noise(4, 4, 1), filter({ method, sigma: { mm: 1 } }))).toThrow(InputError);
  });
});

describe("the recursive Laplacian of Gaussian", () => {
  it("stays within 2 % of the range of the truncated one, whose edge it shares", () => {
    const image = noise(64, 48, 1);
    for (const px of [1, 2, 4, 6]) {
      const settings = { sigma: { px }, boundary: "nearest" } as const;
      const truncated = filterImage(image, filter({ ...settings, truncateSigmas: 6 })).values;
      const recursive = filterImage(image, filter({ ...settings, method: "recursive" })).values;
      const range = Math.max(...truncated) - Math.min(...truncated);
      recursive.forEach((value, k) => expect(Math.abs(value - truncated[k])).toBeLessThan(0.02 * range));
    }
  });
});
