import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { kernelDensity, silvermanBandwidth } from "./kernel-density.ts";
import { potentialScaleReduction } from "./potential-scale-reduction.ts";

const values = [1, 2, 2.5, 4, 7, 9, 3.3, 2.2];

describe("the kernel density", () => {
  it("has the bandwidth and height of R's bw.nrd0 and dnorm", () => {
    const bandwidth = silvermanBandwidth(values);
    expect(bandwidth).toBeCloseTo(1.152108, 6);
    const [low, high] = kernelDensity(values, [2, 5], bandwidth);
    expect(low).toBeCloseTo(0.18751017858872, 12);
    expect(high).toBeCloseTo(0.0618998719715105, 12);
  });

  it("has an area of 1", () => {
    const points = Array.from({ length: 4001 }, (_, k) => -10 + 0.01 * k);
    const area = kernelDensity(values, points, 0.5).reduce((sum, height) => sum + 0.01 * height, 0);
    expect(area).toBeCloseTo(1, 8);
  });

  it("uses the standard deviation where quartiles agree", () => {
    expect(silvermanBandwidth([1, 1, 1, 1, 1, 1, 5])).toBeGreaterThan(0);
  });

  it("refuses values without spread", () => {
    expect(() => silvermanBandwidth([1])).toThrow(InputError);
    expect(() => silvermanBandwidth([2, 2, 2])).toThrow(InputError);
  });
});

describe("R-hat", () => {
  it("is near 1 for chains of one distribution and large for chains apart", () => {
    const wave = Array.from({ length: 100 }, (_, k) => Math.sin(12.9898 * k) * 43758.5453);
    const noise = wave.map((value) => value - Math.floor(value));
    const other = noise.toReversed();
    expect(potentialScaleReduction([noise, other])).toBeLessThan(1.05);
    expect(potentialScaleReduction([noise, other.map((value) => value + 3)])).toBeGreaterThan(2);
  });

  it("sees a trend that all chains share", () => {
    const trend = Array.from({ length: 20 }, (_, k) => k + (k % 2));
    expect(potentialScaleReduction([trend, trend])).toBeGreaterThan(1.5);
  });

  it("refuses short and unequal chains", () => {
    expect(() => potentialScaleReduction([])).toThrow(InputError);
    expect(() => potentialScaleReduction([[1, 2, 3]])).toThrow(InputError);
    expect(() =>
      potentialScaleReduction([
        [1, 2, 3, 4],
        [1, 2, 3, 4, 5],
      ]),
    ).toThrow(InputError);
  });
});
