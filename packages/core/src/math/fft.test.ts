import { describe, expect, it } from "vitest";
import { cos, sin } from "./elementary.ts";
import { fourierTransform } from "./fft.ts";
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
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 12, 15, 16, 30, 49, 60, 64, 77, 97, 128, 201])(
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

  it.each([[[12, 10]], [[9, 5, 8]], [[1, 7, 4]]])("of a grid %j is taken back by the inverse", (sizes) => {
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
  });

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
});
