import { describe, expect, it } from "vitest";
import { convolvePointSpread } from "./point-spread.ts";

function impulse(width: number, height: number) {
  const field = { width, height, re: new Float32Array(width * height), im: new Float32Array(width * height) };
  field.re[Math.floor(height / 2) * width + Math.floor(width / 2)] = 1;
  return field;
}

describe("convolvePointSpread", () => {
  it("keeps the energy of one scatterer", () => {
    const field = impulse(41, 31);
    convolvePointSpread(field, { axialPx: () => 1.3, lateralPx: () => 2.2 });
    expect(field.re.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5);
    expect(field.im.every((value) => value === 0)).toBe(true);
  });

  it("is symmetric and wider across the beam than along it", () => {
    const field = impulse(41, 31);
    convolvePointSpread(field, { axialPx: () => 0.8, lateralPx: () => 2.5 });
    const at = (dx: number, dy: number) => field.re[(15 + dy) * 41 + 20 + dx];
    expect(at(3, 0)).toBeCloseTo(at(-3, 0), 6);
    expect(at(0, 2)).toBeCloseTo(at(0, -2), 6);
    expect(at(2, 0)).toBeGreaterThan(at(0, 2));
  });

  it("is linear in the field and treats both parts alike", () => {
    const [once, twice] = [impulse(21, 21), impulse(21, 21)];
    twice.re.forEach((value, k) => (twice.im[k] = 2 * value));
    const spread = { axialPx: (y: number) => 1 + y / 40, lateralPx: (y: number) => 1 + y / 20 };
    convolvePointSpread(once, spread);
    convolvePointSpread(twice, spread);
    twice.im.forEach((value, k) => expect(value).toBeCloseTo(2 * once.re[k], 6));
  });
});
