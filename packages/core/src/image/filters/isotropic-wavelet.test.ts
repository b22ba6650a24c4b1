import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { cos } from "../../math/elementary.ts";
import type { Image } from "../image.ts";
import { filterImage } from "./filter-box.ts";
import type { IsotropicWaveletFilter } from "./image-filter.ts";
import { isotropicBand } from "./isotropic-wavelet.ts";

const simoncelli = (level: number, dimensions: 2 | 3 = 2): IsotropicWaveletFilter => ({
  kind: "simoncelli",
  dimensions,
  level,
});

/** A wave that fits into a periodic image of odd size, whose frequencies are the same in both directions. */
function wave(size: number, depth: number, [x, y, z]: readonly [number, number, number]): Image {
  const values = Float64Array.from({ length: size * size * depth }, (_, k) => {
    const [px, py, pz] = [k % size, Math.floor(k / size) % size, Math.floor(k / (size * size))];
    return cos(2 * Math.PI * ((x * px + y * py) / size + (z * pz) / depth));
  });
  return { dimensions: [size, size, depth], spacingMm: null, values };
}

describe("the band of an isotropic wavelet", () => {
  it("reaches one octave to each side for Simoncelli's, and half of one for Shannon's", () => {
    const [first, second] = [isotropicBand(simoncelli(1)), isotropicBand(simoncelli(2))];
    expect(first(0.5)).toBeCloseTo(1, 14);
    expect(first(1)).toBeCloseTo(0, 14);
    expect([first(0.25), first(0.2), first(1.2)]).toEqual([0, 0, 0]);
    expect(second(0.25)).toBeCloseTo(1, 14);
    const shannon = isotropicBand({ ...simoncelli(1), kind: "shannon" });
    expect([0.4, 0.5, 0.51, 1, 1.01].map(shannon)).toEqual([0, 0, 1, 1, 0]);
  });

  it("and those of the next levels keep the energy of an octave", () => {
    const bands = [1, 2, 3, 4].map((level) => isotropicBand(simoncelli(level)));
    for (let radius = 0.13; radius <= 0.5; radius += 0.01) {
      const energy = bands.reduce((sum, band) => sum + band(radius) * band(radius), 0);
      expect(energy).toBeCloseTo(1, 12);
    }
  });

  it("needs a whole level from 1 on", () => {
    for (const level of [0, 1.5, -1, 32, NaN])
      expect(() => isotropicBand(simoncelli(level))).toThrow(InputError);
  });
});

describe("the response to an isotropic wavelet", () => {
  it.each([
    [4, 0, 0],
    [3, 2, 0],
    [0, 7, 0],
  ] as const)("multiplies the wave (%i, %i, %i) by its band, in slices", (x, y, z) => {
    const image = wave(17, 2, [x, y, z]);
    // Frequencies are 1/8 apart: from -1 to 1 in 17 steps.
    const factor = isotropicBand(simoncelli(1))(Math.sqrt(x * x + y * y) / 8);
    filterImage(image, simoncelli(1)).values.forEach((value, k) =>
      expect(value).toBeCloseTo(factor * image.values[k], 12),
    );
  });

  it("multiplies a wave of a volume by its band", () => {
    const image = wave(9, 9, [1, 2, 1]);
    const factor = isotropicBand(simoncelli(1))(Math.sqrt(6) / 4);
    filterImage(image, simoncelli(1, 3)).values.forEach((value, k) =>
      expect(value).toBeCloseTo(factor * image.values[k], 12),
    );
  });

  it("has no mean, and moves with the periodic image", () => {
    const values = Float64Array.from({ length: 15 * 12 }, (_, k) => (k * k) % 37);
    const shifted = values.map((_, k) => values[k - (k % 15) + ((k + 4) % 15)]);
    const respond = (of: Float64Array) =>
      filterImage({ dimensions: [15, 12, 1], spacingMm: null, values: of }, simoncelli(2)).values;
    const [response, moved] = [respond(values), respond(shifted)];
    let sum = 0;
    for (const value of response) sum += value;
    expect(sum).toBeCloseTo(0, 9);
    moved.forEach((value, k) => expect(value).toBeCloseTo(response[k - (k % 15) + ((k + 4) % 15)], 10));
  });
});
