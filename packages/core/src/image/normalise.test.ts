import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import type { Image } from "./image.ts";
import { normaliseIntensities } from "./normalise.ts";
import type { Normalisation } from "./resampling.ts";

/** A frame with a black column on the left. */
const frame: Image = {
  dimensions: [9, 40, 1],
  spacingMm: null,
  values: Float64Array.from({ length: 360 }, (_, p) =>
    p % 9 === 0 ? 0 : 20 + ((p * 37) % 101) + Math.floor(p / 9),
  ),
};

function changed(change: (level: number, depth: number) => number): Image {
  const values = frame.values.map((level, p) => (level === 0 ? 0 : change(level, Math.floor(p / 9))));
  return { ...frame, values };
}

function expectSame(image: Image, other: Image): void {
  other.values.forEach((value, p) => expect(value).toBeCloseTo(image.values[p], 8));
}

const zScore: Normalisation = { method: "z-score", scale: 100, outlierSigmas: null };
const gain: Normalisation = { method: "gain", lowerPercentile: 1, upperPercentile: 99 };
const depth: Normalisation = { method: "depth", smoothing: 0.2 };

describe("normalisation", () => {
  it("by z-score gives the whole image mean 0 and the sample's standard deviation the scale", () => {
    const { values } = normaliseIntensities(frame, zScore);
    const [sum, squares] = [...values].reduce(([s, q], x) => [s + x, q + x * x], [0, 0]);
    expect(sum).toBeCloseTo(0, 8);
    expect(Math.sqrt(squares / (values.length - 1))).toBeCloseTo(100, 10);
  });

  it("by z-score clips outliers before it scales", () => {
    const { values } = normaliseIntensities(frame, { ...zScore, outlierSigmas: 1.5 });
    expect(Math.max(...values)).toBe(150);
    expect(Math.min(...values)).toBe(-150);
  });

  it("by z-score does not depend on the scale and origin of levels", () => {
    const other = { ...frame, values: frame.values.map((x) => 3 * x - 7) };
    expectSame(normaliseIntensities(frame, zScore), normaliseIntensities(other, zScore));
  });

  it("of gain does not depend on gain and dynamic range of the tissue", () => {
    const brighter = changed((level) => 1.7 * level + 12);
    expectSame(normaliseIntensities(frame, gain), normaliseIntensities(brighter, gain));
  });

  it("of gain spans 0 to 255 and leaves the surround black", () => {
    const { values } = normaliseIntensities(frame, gain);
    expect(Math.max(...values)).toBe(255);
    expect(values[0]).toBe(0);
  });

  it("of depth does not depend on exponential attenuation and gain", () => {
    const attenuated = changed((level, y) => level * 3 * Math.exp(-0.05 * y));
    expectSame(normaliseIntensities(frame, depth), normaliseIntensities(attenuated, depth));
  });

  it("of depth keeps the ratios within a row and what is black", () => {
    const { values } = normaliseIntensities(frame, depth);
    for (let p = 0; p < values.length; p += 9) {
      expect(values[p]).toBe(0);
      expect(values[p + 2] / values[p + 1]).toBeCloseTo(frame.values[p + 2] / frame.values[p + 1], 10);
    }
  });

  it("of depth passes over rows without tissue", () => {
    const gap = changed((level, y) => (y > 10 && y < 15 ? 0 : level));
    expect(normaliseIntensities(gap, depth).values.every((value) => Number.isFinite(value))).toBe(true);
  });

  it.each([zScore, gain, depth])("refuses a black image: $method", (normalisation) => {
    const black = { ...frame, values: new Uint8Array(360) };
    expect(() => normaliseIntensities(black, normalisation)).toThrow(InputError);
  });
});
