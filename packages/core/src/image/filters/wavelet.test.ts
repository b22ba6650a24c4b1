import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { createRandom } from "../../math/random.ts";
import type { Image } from "../image.ts";
import { filterBox, filterImage } from "./filter-box.ts";
import type { WaveletFilter, WaveletName } from "./image-filter.ts";
import { lowPassCoefficients } from "./wavelet-coefficients.ts";

const names = Object.keys(lowPassCoefficients) as WaveletName[];
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
const energy = ({ values }: Image) => sum(Array.from(values, (value) => value * value));

const band = (letters: string, changes: Partial<WaveletFilter> = {}): WaveletFilter => ({
  kind: "wavelet",
  wavelet: "coif1",
  level: 1,
  band: letters,
  decimated: false,
  pooling: "none",
  dimensions: letters.length as 2 | 3,
  boundary: "periodic",
  ...changes,
});

function noise(width: number, height: number, depth: number): Image {
  const random = createRandom(1);
  const values = Float64Array.from({ length: width * height * depth }, () => random.normal());
  return { dimensions: [width, height, depth], spacingMm: null, values };
}

describe("wavelet coefficients", () => {
  it.each(names)("%s is orthonormal to its own shifts by even distances, and sums to √2", (name) => {
    const low = lowPassCoefficients[name];
    expect(sum(low)).toBeCloseTo(Math.SQRT2, 12);
    for (let shift = 0; shift < low.length; shift += 2)
      expect(sum(low.map((weight, k) => weight * (low[k + shift] ?? 0)))).toBeCloseTo(
        shift === 0 ? 1 : 0,
        12,
      );
  });

  it.each(names)("%s has as many vanishing moments as its kind promises", (name) => {
    const low = lowPassCoefficients[name];
    const number = Number(/\d+$/.exec(name)?.[0] ?? 1);
    const moments = name.startsWith("coif") ? 2 * number : number;
    const centre = (low.length - 1) / 2;
    // Relative to the sum of magnitudes, since the published digits end there.
    for (let power = 0; power < moments; power++) {
      const terms = low.map(
        (weight, k) => (k % 2 === 0 ? weight : -weight) * ((k - centre) / centre) ** power,
      );
      expect(Math.abs(sum(terms))).toBeLessThan(1e-8 * sum(terms.map(Math.abs)));
    }
  });

  it("of a Coiflet also leave the low-pass without moments about its centre", () => {
    for (const name of ["coif1", "coif2", "coif3"] as const) {
      const low = lowPassCoefficients[name];
      const number = Number(name.slice(-1));
      const mean = sum(low.map((weight, k) => weight * k)) / Math.SQRT2;
      expect(mean).toBeCloseTo(low.length - 1 - 2 * number, 7);
      expect(sum(low.map((weight, k) => weight * (k - mean) ** 2))).toBeCloseTo(0, 7);
    }
  });
});

describe("the stationary transform", () => {
  it("splits the energy of a periodic image over its bands, 2 a dimension", () => {
    const bands2d = ["LL", "LH", "HL", "HH"].map((letters) => band(letters));
    const plane = noise(24, 18, 1);
    expect(sum(bands2d.map((one) => energy(filterImage(plane, one))))).toBeCloseTo(4 * energy(plane), 8);
    const volume = noise(8, 10, 12);
    const bands3d = ["LLL", "LLH", "LHL", "LHH", "HLL", "HLH", "HHL", "HHH"].map((letters) => band(letters));
    expect(sum(bands3d.map((one) => energy(filterImage(volume, one))))).toBeCloseTo(8 * energy(volume), 8);
  });

  it("splits the low-pass again at the next level", () => {
    const image = noise(32, 32, 1);
    for (const wavelet of ["haar", "db3", "coif2"] as const) {
      const low = filterImage(image, band("LL", { wavelet }));
      const next = ["LL", "LH", "HL", "HH"].map((letters) =>
        filterImage(image, band(letters, { wavelet, level: 2 })),
      );
      expect(sum(next.map(energy))).toBeCloseTo(4 * energy(low), 7);
    }
  });

  it("gives a constant to the low-pass alone", () => {
    const image: Image = { dimensions: [9, 5, 1], spacingMm: null, values: new Float64Array(45).fill(7) };
    for (const boundary of ["nearest", "periodic", "mirror"] as const) {
      filterImage(image, band("LL", { boundary, level: 2 })).values.forEach((value) =>
        expect(value).toBeCloseTo(28, 10),
      );
      filterImage(image, band("LH", { boundary, level: 2 })).values.forEach((value) =>
        expect(value).toBeCloseTo(0, 10),
      );
    }
  });

  it("of an edge along y has the details in H along x, the first letter", () => {
    const values = Float64Array.from({ length: 256 }, (_, k) => (k % 16 < 8 ? 0 : 1));
    const image: Image = { dimensions: [16, 16, 1], spacingMm: null, values };
    expect(energy(filterImage(image, band("HL", { wavelet: "haar" })))).toBeGreaterThan(1);
    expect(energy(filterImage(image, band("LH", { wavelet: "haar" })))).toBeCloseTo(0, 12);
  });
});

describe("the decimated transform", () => {
  it("has the energy of the image in the responses that it keeps", () => {
    const image = noise(16, 24, 1);
    const kept = (response: Image) =>
      sum(
        response.values
          .filter((_, k) => k % 2 === 0 && Math.floor(k / 16) % 2 === 0)
          .map((value) => value * value),
      );
    const bands = ["LL", "LH", "HL", "HH"].map((letters) =>
      filterImage(image, band(letters, { decimated: true })),
    );
    expect(sum(bands.map(kept))).toBeCloseTo(energy(image), 9);
  });

  it("draws each of them over the pixels that it stands for, in any box", () => {
    const image = noise(11, 9, 1);
    const filter = band("LH", { decimated: true, level: 2 });
    const whole = filterImage(image, filter).values;
    const box = { x: 3, y: 1, z: 0, width: 7, height: 6, depth: 1 };
    const [part] = filterBox(image, box, [filter]);
    part.values.forEach((value, k) => {
      const [x, y] = [3 + (k % 7), 1 + Math.floor(k / 7)];
      expect(value).toBe(whole[y * 11 + x]);
      expect(value).toBe(whole[(y - (y % 4)) * 11 + (x - (x % 4))]);
    });
  });
});

describe("a band", () => {
  it("is the same alone as beside others of its transform", () => {
    const image = noise(14, 11, 1);
    const filters = ["LH", "HL", "HH", "LL"].map((letters) =>
      band(letters, { level: 2, pooling: "average" }),
    );
    const together = [...filterBox(image, { x: 2, y: 3, z: 0, width: 9, height: 5, depth: 1 }, filters)];
    filters.forEach((filter, k) => {
      const [alone] = filterBox(image, { x: 2, y: 3, z: 0, width: 9, height: 5, depth: 1 }, [filter]);
      expect(together[k]).toEqual(alone);
    });
  });

  it("is refused without one letter a dimension", () => {
    expect(() => filterImage(noise(4, 4, 1), band("LHL", { dimensions: 2 }))).toThrow(InputError);
  });
});
