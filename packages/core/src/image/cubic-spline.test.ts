import { describe, expect, it } from "vitest";
import { splineCoefficients, splineWeights } from "./cubic-spline.ts";
import { sampleAxis } from "./interpolate.ts";

describe("cubic splines", () => {
  it("agree with SciPy's, mirrored at the ends", () => {
    // scipy.ndimage.map_coordinates([3, -1, 4, 1, -5, 9, 2, 6], [...], order=3, mode="mirror"), SciPy 1.17.1
    const expected = [
      2.3861591806939204, 3, 2.1509979388526275, 2.651805650979045, -4.112804878048783, 5.858198900721403, 6,
      4.274121607694948,
    ];
    const values = Float64Array.of(3, -1, 4, 1, -5, 9, 2, 6);
    [-0.25, 0, 0.3, 1.75, 3.5, 6.9, 7, 7.4].forEach((first, k) => {
      const sampling = { count: 1, first, step: 1, method: "cubic-spline", beyond: "continued" } as const;
      expect(sampleAxis(values, [8, 1, 1], 0, sampling)[0]).toBeCloseTo(expected[k], 12);
    });
  });

  it("run through the values of a long line and of one of two pixels", () => {
    for (const size of [2, 3, 40, 200]) {
      const values = Float64Array.from({ length: size }, (_, k) => (k * 7919) % 101);
      const sampling = {
        count: size,
        first: 0,
        step: 1,
        method: "cubic-spline",
        beyond: "continued",
      } as const;
      sampleAxis(values, [size, 1, 1], 0, sampling).forEach((value, k) =>
        expect(value).toBeCloseTo(values[k], 10),
      );
    }
  });

  it("of a single pixel are that pixel", () => {
    expect([...splineCoefficients(Float64Array.of(3, 4), 1, 1)]).toEqual([3, 4]);
  });

  it("have weights that sum to 1", () => {
    for (const fraction of [0, 0.1, 0.5, 0.99])
      expect(splineWeights(fraction).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 15);
  });
});
