import { describe, expect, it } from "vitest";
import { cos, sin } from "./elementary.ts";
import { createAxisTransform, fourierTransform, smoothSize } from "./fft.ts";
import { createRandom } from "./random.ts";

function randomGrid(sizes: readonly number[]): { re: Float64Array; im: Float64Array } {
  const random = createRandom(sizes.join());
  const length = sizes.reduce((product, size) => product * size, 1);
  return {
    re: Float64Array.from({ length }, () => random.normal()),
    im: Float64Array.from({ length }, () => random.normal()),
  };
}

/** The transform by its definition. */
function directly({ re, im }: { re: Float64Array; im: Float64Array }): number[][] {
  const n = re.length;
  return Array.from({ length: n }, (_, k) => {
    let [r, i] = [0, 0];
    for (let j = 0; j < n; j++) {
      const angle = (-2 * Math.PI * ((j * k) % n)) / n;
      r += re[j] * cos(angle) - im[j] * sin(angle);
      i += re[j] * sin(angle) + im[j] * cos(angle);
    }
    return [r, i];
  });
}

describe("Fourier transform", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 12, 15, 16, 30, 49, 60, 64, 77, 97, 125, 128, 201, 251, 529])(
    "of %i values is what the definition says",
    (size) => {
      const values = randomGrid([size]);
      const expected = directly(values);
      fourierTransform(values.re, values.im, [size], "forward");
      expected.forEach(([r, i], k) => {
        expect(values.re[k]).toBeCloseTo(r, 10);
        expect(values.im[k]).toBeCloseTo(i, 10);
      });
    },
  );

  it.each([[[12, 10]], [[9, 5, 8]], [[1, 7, 4]], [[37, 3]], [[2, 46, 5]]])(
    "of a grid %j is taken back by the inverse",
    (sizes) => {
      const before = randomGrid(sizes);
      const { re, im } = { re: before.re.slice(), im: before.im.slice() };
      fourierTransform(re, im, sizes, "forward");
      const energy = (values: { re: Float64Array; im: Float64Array }) =>
        values.re.reduce((sum, r, k) => sum + r * r + values.im[k] * values.im[k], 0);
      expect(energy({ re, im }) / re.length).toBeCloseTo(energy(before), 9);
      fourierTransform(re, im, sizes, "inverse");
      re.forEach((r, k) => {
        expect(r).toBeCloseTo(before.re[k], 12);
        expect(im[k]).toBeCloseTo(before.im[k], 12);
      });
    },
  );

  it("of a grid is that of its rows, then of its columns", () => {
    const { re, im } = randomGrid([4, 3]);
    const [rows, columns] = [re.slice(), im.slice()];
    for (let y = 0; y < 3; y++) {
      const [r, i] = [rows.slice(4 * y, 4 * y + 4), columns.slice(4 * y, 4 * y + 4)];
      fourierTransform(r, i, [4], "forward");
      rows.set(r, 4 * y);
      columns.set(i, 4 * y);
    }
    fourierTransform(rows, columns, [1], "forward");
    for (let x = 0; x < 4; x++) {
      const at = [0, 1, 2].map((y) => 4 * y + x);
      const [r, i] = [Float64Array.from(at, (p) => rows[p]), Float64Array.from(at, (p) => columns[p])];
      fourierTransform(r, i, [3], "forward");
      at.forEach((p, y) => {
        rows[p] = r[y];
        columns[p] = i[y];
      });
    }
    fourierTransform(re, im, [4, 3], "forward");
    re.forEach((value, k) => expect(value).toBeCloseTo(rows[k], 12));
    im.forEach((value, k) => expect(value).toBeCloseTo(columns[k], 12));
  });

  it("along one axis transforms each line on its own, as often as asked", () => {
    const grid = randomGrid([6, 40, 2]);
    const along = createAxisTransform(40, "inverse");
    along(randomGrid([40, 3]), 1);
    const { re, im } = { re: grid.re.slice(), im: grid.im.slice() };
    along({ re, im }, 6);
    for (const z of [0, 1])
      for (let x = 0; x < 6; x++) {
        const at = Array.from({ length: 40 }, (_, y) => (z * 40 + y) * 6 + x);
        const [r, i] = [Float64Array.from(at, (p) => grid.re[p]), Float64Array.from(at, (p) => grid.im[p])];
        fourierTransform(r, i, [40], "inverse");
        at.forEach((p, y) => {
          expect(re[p]).toBeCloseTo(40 * r[y], 11);
          expect(im[p]).toBeCloseTo(40 * i[y], 11);
        });
      }
  });

  it("of a real grid is its own conjugate at the opposite frequency", () => {
    const { re } = randomGrid([34, 3]);
    const im = new Float64Array(re.length);
    fourierTransform(re, im, [34, 3], "forward");
    for (let y = 0; y < 3; y++)
      for (let x = 0; x < 34; x++) {
        const opposite = ((3 - y) % 3) * 34 + ((34 - x) % 34);
        expect(re[y * 34 + x]).toBeCloseTo(re[opposite], 11);
        expect(im[y * 34 + x]).toBeCloseTo(-im[opposite], 11);
      }
  });
});

describe("smooth size", () => {
  it("is the least size from here on without a prime factor above 5", () => {
    const isSmooth = (size: number) =>
      [2, 3, 5].reduce((rest, prime) => {
        let left = rest;
        while (left % prime === 0) left /= prime;
        return left;
      }, size) === 1;
    for (let size = 1; size < 700; size++) {
      const smooth = smoothSize(size);
      expect(isSmooth(smooth)).toBe(true);
      for (let between = size; between < smooth; between++) expect(isSmooth(between)).toBe(false);
    }
  });
});
