import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { mean, sampleVariance } from "../math/statistics.ts";
import { interfaceLines, smoothCurve, smoothNoise } from "./smooth-noise.ts";

describe("smooth noise", () => {
  const grid = { width: 400, height: 300, cellX: 5, cellY: 4 };

  it("has mean 0 and variance 1", () => {
    const values = smoothNoise(grid, createRandom(1));
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(sampleVariance(values)).toBeCloseTo(1, 1);
    expect(sampleVariance(smoothCurve(20_000, 5, createRandom(2)))).toBeCloseTo(1, 1);
  });

  it("changes little from pixel to pixel, less so across larger cells", () => {
    const step = (cellX: number) => {
      const values = smoothNoise({ ...grid, cellX }, createRandom(1));
      return mean(values.slice(1).map((value, at) => Math.abs(value - values[at])));
    };
    expect(step(5)).toBeLessThan(0.5);
    expect(step(20)).toBeLessThan(0.4 * step(5));
  });

  it("draws its zero contours as lines that are brightest across the beam", () => {
    const [width, height] = [41, 41];
    const level = Float32Array.from({ length: width * height }, (_, at) => Math.floor(at / width) - 20);
    const upright = Float32Array.from({ length: width * height }, (_, at) => (at % width) - 20);
    const present = new Float32Array(width * height).fill(1);
    const [across, along] = [interfaceLines(level, present, width), interfaceLines(upright, present, width)];
    expect(across[20 * width + 10]).toBeGreaterThan(3 * along[10 * width + 20]);
    expect(along[10 * width + 20]).toBeGreaterThan(0);
    expect(across[10 * width + 10]).toBe(0);
    expect(
      interfaceLines(
        level,
        present.map(() => -3),
        width,
      ).every((value) => value === 0),
    ).toBe(true);
  });
});
