import { describe, expect, it } from "vitest";
import { poolRandomEffects } from "./random-effects.ts";

const effects = [0.95, 1.42, 0.61, 1.88, 1.1, 0.35];
const variances = [0.04, 0.09, 0.025, 0.16, 0.06, 0.11];

describe("random-effects pooling", () => {
  // metafor 3.8-1 on these studies: estimate, its error, confidence and prediction limits, tau², I², Q and its p.
  it.each([
    [
      "dersimonian-laird",
      "hartung-knapp",
      [
        0.998646104029, 0.205572741764, 0.470204548148, 1.52708765991, -0.0719413273162, 2.06923353537,
        0.131192686687, 0.684542410494, 15.8499911441, 0.00728566519996,
      ],
    ],
    [
      "dersimonian-laird",
      "normal",
      [
        0.998646104029, 0.183880687143, 0.638246579776, 1.35904562828, 0.202493404753, 1.79479880331,
        0.131192686687, 0.684542410494, 15.8499911441, 0.00728566519996,
      ],
    ],
    [
      "restricted-likelihood",
      "hartung-knapp",
      [
        1.00355679584, 0.207466973568, 0.470245962092, 1.53686762959, -0.13846681468, 2.14558040636,
        0.154330252368, 0.718524424471, 15.8499911441, 0.00728566519996,
      ],
    ],
    [
      "restricted-likelihood",
      "normal",
      [
        1.00355679584, 0.194458284985, 0.622425560776, 1.38468803091, 0.14442099307, 1.86269259861,
        0.154330252368, 0.718524424471, 15.8499911441, 0.00728566519996,
      ],
    ],
  ] as const)("agrees with metafor: %s, %s", (method, interval, expected) => {
    const pooled = poolRandomEffects(effects, variances, { method, interval });
    const { value, standardError, lower, upper, prediction, betweenVariance, heterogeneity, q, qPValue } =
      pooled;
    const ours = [
      value,
      standardError,
      lower,
      upper,
      prediction!.lower,
      prediction!.upper,
      betweenVariance,
      heterogeneity,
      q,
      qPValue,
    ];
    ours.forEach((number, k) => expect(number).toBeCloseTo(expected[k], 10));
  });

  it("has no variance between studies that agree", () => {
    const pooled = poolRandomEffects([0.5, 0.52, 0.49], [0.1, 0.2, 0.15]);
    expect([pooled.betweenVariance, pooled.heterogeneity]).toEqual([0, 0]);
  });

  it("predicts no new study from two, and refuses one", () => {
    expect(poolRandomEffects([0.5, 0.7], [0.1, 0.2]).prediction).toBeNull();
    expect(() => poolRandomEffects([0.5], [0.1])).toThrow(/got 1 effects/);
    expect(() => poolRandomEffects([0.5, 0.7], [0.1, 0])).toThrow(/number 2/);
  });
});
