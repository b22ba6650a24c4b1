import { describe, expect, it } from "vitest";
import { InputError, NumericalError } from "../errors.ts";
import { delongAuc, delongLogitAuc } from "./delong.ts";
import { pooledAuc } from "./pooled-auc.ts";

const outcome = Uint8Array.of(0, 0, 1, 0, 1, 1, 0, 1);
const first = Float64Array.of(0.1, 0.4, 0.35, 0.2, 0.8, 0.7, 0.5, 0.45);
const second = Float64Array.of(0.2, 0.1, 0.5, 0.45, 0.6, 0.9, 0.3, 0.25);

describe("the AUC pooled over imputations", () => {
  it("is that of one score, with its interval on the logit scale, where the imputations agree", () => {
    const single = delongLogitAuc(outcome, first);
    const { auc, onLogit } = pooledAuc(outcome, [first, first, first]);
    expect(auc.value).toBeCloseTo(single.value, 12);
    expect(auc.lower).toBeCloseTo(single.lower, 12);
    expect(auc.upper).toBeCloseTo(single.upper, 12);
    expect(onLogit.degreesOfFreedom).toBe(Infinity);
  });

  it("lies between those of the imputations, and its interval is wider than one that knows no imputation", () => {
    const { auc, perImputation } = pooledAuc(outcome, [first, second]);
    expect(Array.from(perImputation)).toEqual([
      delongAuc(outcome, first).value,
      delongAuc(outcome, second).value,
    ]);
    expect(auc.value).toBeGreaterThan(Math.min(...perImputation));
    expect(auc.value).toBeLessThan(Math.max(...perImputation));
    const single = pooledAuc(outcome, [first, first]).auc;
    expect(auc.upper - auc.lower).toBeGreaterThan(single.upper - single.lower);
  });

  it("depends on ranks only", () => {
    const squared = (score: Float64Array) => score.map((value) => value * value);
    expect(pooledAuc(outcome, [first, second].map(squared))).toEqual(pooledAuc(outcome, [first, second]));
  });

  it("refuses one imputation and an AUC without a logit", () => {
    expect(() => pooledAuc(outcome, [first])).toThrow(InputError);
    expect(() => pooledAuc(outcome, [first, Float64Array.from(outcome)])).toThrow(NumericalError);
  });
});
