import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { meanCells, summedSlice } from "./fingerprint-patch.ts";
import type { Image } from "./image.ts";

const random = createRandom("cells");
const image: Image = {
  dimensions: [9, 7, 2],
  spacingMm: null,
  values: Uint8Array.from({ length: 126 }, () => random.integer(256)),
};
const slice = summedSlice(image, 1);
const levels = Uint8Array.from(image.values.subarray(63));
const whole = { left: 0, top: 0, right: 9, bottom: 7 };

describe("cells of a slice", () => {
  it("of one pixel each are its levels", () => {
    const cells = meanCells(slice, whole, 9, 7);
    levels.forEach((level, p) => expect(cells[p]).toBeCloseTo(level, 9));
  });

  it("have the mean of the slice where one covers it", () => {
    const mean = levels.reduce((sum, level) => sum + level, 0) / 63;
    expect(meanCells(slice, whole, 1, 1)[0]).toBeCloseTo(mean, 9);
  });

  it("weigh pixels by the share of them that they cover", () => {
    const [cell] = meanCells(slice, { left: 2.25, top: 3, right: 3.5, bottom: 4 }, 1, 1);
    expect(cell).toBeCloseTo((0.75 * levels[29] + 0.5 * levels[30]) / 1.25, 9);
  });

  it("repeat the outermost pixels beyond the edge", () => {
    const cells = meanCells(slice, { left: -3, top: 0, right: 9, bottom: 1 }, 12, 1);
    for (const cell of cells.subarray(0, 3)) expect(cell).toBeCloseTo(levels[0], 9);
    expect(cells[3]).toBeCloseTo(levels[0], 9);
    const below = meanCells(slice, { left: 0, top: 6, right: 9, bottom: 20 }, 9, 14);
    expect(below[13 * 9 + 4]).toBeCloseTo(levels[6 * 9 + 4], 9);
  });

  it("may be smaller than pixels", () => {
    const cells = meanCells(slice, whole, 18, 14);
    for (let y = 0; y < 14; y++)
      for (let x = 0; x < 18; x++)
        expect(cells[y * 18 + x]).toBeCloseTo(levels[Math.floor(y / 2) * 9 + Math.floor(x / 2)], 9);
  });
});
