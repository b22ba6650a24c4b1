import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import type { Image } from "../image.ts";
import { filterImage } from "./filter-box.ts";

const ramp: Image = {
  dimensions: [6, 5, 4],
  spacingMm: [0.5, 2, 4],
  values: Float64Array.from(
    { length: 120 },
    (_, k) => 3 * (k % 6) + 4 * (Math.floor(k / 6) % 5) + 12 * Math.floor(k / 30),
  ),
};
const middle = (2 * 5 + 2) * 6 + 3;

describe("the gradient", () => {
  it("is the length of the slope, in slices or in the volume, a pixel or a mm", () => {
    const at = (dimensions: 2 | 3, perMm: boolean) =>
      filterImage(ramp, { kind: "gradient", dimensions, perMm }).values[middle];
    expect(at(2, false)).toBeCloseTo(5, 12);
    expect(at(3, false)).toBeCloseTo(13, 12);
    expect(at(2, true)).toBeCloseTo(Math.hypot(6, 2), 12);
    expect(at(3, true)).toBeCloseTo(Math.hypot(6, 2, 3), 12);
  });

  it("is half at the edge across it, where the image is continued by its outermost pixels", () => {
    const row: Image = { dimensions: [4, 1, 1], spacingMm: null, values: Float64Array.of(0, 2, 4, 6) };
    expect([...filterImage(row, { kind: "gradient", dimensions: 2, perMm: false }).values]).toEqual([
      1, 2, 2, 1,
    ]);
  });

  it("is refused a mm where the image states no spacing", () => {
    expect(() =>
      filterImage({ ...ramp, spacingMm: null }, { kind: "gradient", dimensions: 2, perMm: true }),
    ).toThrow(InputError);
  });
});
