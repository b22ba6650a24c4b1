import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { cos, sin } from "../../math/elementary.ts";
import { smoothSize } from "../../math/fft.ts";
import { createRandom } from "../../math/random.ts";
import type { Image } from "../image.ts";
import { boundaryIndex } from "./boundary.ts";
import { filterImage } from "./filter-box.ts";
import type { Boundary, LaplacianOfGaussianFilter, RieszFilter } from "./image-filter.ts";
import { isotropicBand } from "./isotropic-wavelet.ts";

function noise(width: number, height: number, depth = 1): Image {
  const random = createRandom(`${width},${height},${depth}`);
  const values = Float64Array.from({ length: width * height * depth }, () => random.normal());
  return { dimensions: [width, height, depth], spacingMm: [1, 1, 1], values };
}

const riesz = (order: readonly number[], more: Partial<RieszFilter> = {}): RieszFilter => ({
  kind: "riesz",
  order,
  after: null,
  boundary: "mirror",
  ...more,
});

const laplacian: LaplacianOfGaussianFilter = {
  kind: "laplacianOfGaussian",
  sigma: { px: 1 },
  truncateSigmas: 4,
  method: "truncated",
  scaleNormalised: false,
  dimensions: 2,
  boundary: "mirror",
};

interface Definition {
  readonly order: readonly number[];
  readonly boundary: Boundary;
  /** Of the filter before it; null: none. */
  readonly band: ((radius: number) => number) | null;
}

/** The definition in a slice, with sums in place of fast transforms. */
function directly(image: Image, { order, boundary, band }: Definition): Float64Array {
  const [width, height] = image.dimensions;
  const margins = [width, height].map((size) => Math.ceil(size / 2));
  const [w, h] = [width, height].map((size, axis) =>
    band === null ? (size + 2 * margins[axis]) | 1 : smoothSize(size + 2 * margins[axis]),
  );
  const [xs, ys] = [width, height].map((size, axis) =>
    Array.from({ length: [w, h][axis] }, (_, k) => boundaryIndex(k - margins[axis], size, boundary)),
  );
  const pixels = ys.map((y) => xs.map((x) => (x < 0 || y < 0 ? 0 : image.values[y * width + x])));
  const response = new Float64Array(width * height);
  for (let v = 0; v < h; v++)
    for (let u = 0; u < w; u++) {
      const factor = rieszFactor([frequency(u, w), frequency(v, h)], order, band ?? (() => 1));
      const wave = (x: number, y: number) => 2 * Math.PI * ((u * x) / w + (v * y) / h);
      let [re, im] = [0, 0];
      pixels.forEach((row, y) => {
        row.forEach((value, x) => {
          re += value * cos(wave(x, y));
          im -= value * sin(wave(x, y));
        });
      });
      // Times (-i)^L.
      for (let k = 0; k < order[0] + order[1]; k++) [re, im] = [im, -re];
      response.forEach((_, k) => {
        const angle = wave((k % width) + margins[0], Math.floor(k / width) + margins[1]);
        response[k] += (factor * (re * cos(angle) - im * sin(angle))) / (w * h);
      });
    }
  return response;
}

/** Element k of linspace(-1, 1, size), its middle first. */
function frequency(k: number, size: number): number {
  return -1 + (2 * ((k + Math.floor(size / 2)) % size)) / (size - 1);
}

function rieszFactor(
  [fx, fy]: readonly number[],
  [l1, l2]: readonly number[],
  band: (radius: number) => number,
): number {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const power = (x: number, n: number): number => (n === 0 ? 1 : x * power(x, n - 1));
  const radius = Math.sqrt(fx * fx + fy * fy);
  if (radius < 1e-12) return 0;
  const norm = Math.sqrt(factorial(l1 + l2) / (factorial(l1) * factorial(l2)));
  return norm * band(radius) * power(fx / radius, l1) * power(fy / radius, l2);
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, digits = 10): void {
  expect(actual.length).toBe(expected.length);
  for (let k = 0; k < actual.length; k++) expect(actual[k]).toBeCloseTo(expected[k], digits);
}

describe("the Riesz transform", () => {
  const image = noise(6, 5);

  it.each(
    (["zero", "nearest", "periodic", "mirror"] as const).flatMap((boundary) =>
      [
        [1, 0],
        [0, 1],
        [1, 1],
        [0, 2],
        [2, 1],
        [1, 3],
      ].map((order) => ({ order, boundary })),
    ),
  )("of order $order, $boundary outside, is the sum of its definition", ({ order, boundary }) => {
    expectClose(
      filterImage(image, riesz(order, { boundary })).values,
      directly(image, { order, boundary, band: null }),
    );
  });

  it("after an isotropic wavelet filters by both at once", () => {
    for (const kind of ["simoncelli", "shannon"] as const) {
      const after = { kind, dimensions: 2, level: 2 } as const;
      const expected = directly(image, { order: [1, 1], boundary: "nearest", band: isotropicBand(after) });
      expectClose(filterImage(image, riesz([1, 1], { after, boundary: "nearest" })).values, expected);
    }
  });

  it.each(["zero", "nearest"] as const)(
    "after a Laplacian of Gaussian is that of the response to the image continued: %s",
    (boundary) => {
      // An image whose outermost pixels, more than the kernel reaches, are what lies outside: nothing is cut off.
      const [size, edge] = [14, 5];
      const inner = noise(size, size);
      const values = inner.values.map((value, k) => {
        const [x, y] = [k % size, Math.floor(k / size)];
        return x < edge || y < edge || x >= size - edge || y >= size - edge ? 0 : value;
      });
      const framed: Image = { ...inner, values };
      const response = filterImage(framed, laplacian);
      const expected = directly(response, { order: [1, 0], boundary: "zero", band: () => 1 });
      const both = filterImage(framed, riesz([1, 0], { after: laplacian, boundary }));
      expectClose(both.values, expected);
    },
  );

  it("of an image with its axes exchanged has its orders exchanged", () => {
    const volume = noise(4, 5, 3);
    const values = new Float64Array(60);
    const turnedAt = (k: number) => ((k % 4) * 5 + (Math.floor(k / 4) % 5)) * 3 + Math.floor(k / 20);
    volume.values.forEach((value, k) => (values[turnedAt(k)] = value));
    const turned = filterImage({ ...volume, dimensions: [3, 5, 4], values }, riesz([0, 2, 1])).values;
    const response = filterImage(volume, riesz([1, 2, 0])).values;
    expectClose(
      response,
      response.map((_, k) => turned[turnedAt(k)]),
    );
  });

  it("of a flat image that is continued as it is, is 0", () => {
    const flat = { ...image, values: new Float64Array(30).fill(7) };
    for (const boundary of ["nearest", "periodic", "mirror"] as const)
      expectClose(filterImage(flat, riesz([1, 1], { boundary })).values, new Float64Array(30), 11);
  });

  it("needs whole orders, one of them above 0, that fit the filter before it", () => {
    for (const order of [[0, 0], [1], [1, 0, 0, 0], [0.5, 1], [-1, 2]])
      expect(() => filterImage(image, riesz(order))).toThrow(InputError);
    expect(() => filterImage(image, riesz([1, 0, 0], { after: laplacian }))).toThrow(InputError);
  });
});
