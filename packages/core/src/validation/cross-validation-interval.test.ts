import { describe, expect, it } from "vitest";
import { type PatientId, patientId } from "../cohort/patient.ts";
import { logistic } from "../math/elementary.ts";
import { createRandom } from "../math/random.ts";
import {
  correctedResampledInterval,
  influenceCurveAuc,
  nestedLossInterval,
} from "./cross-validation-interval.ts";
import { delongAuc } from "./delong.ts";

const random = createRandom("intervals");
const n = 100;
const patients = Array.from({ length: n }, (_, i) => patientId(`p${i}`));
const x = Float64Array.from({ length: n }, () => random.normal());
const outcome = Uint8Array.from(x, (value) => Number(random.bernoulli(logistic(value))));
const folds = x.map((_, i) => i % 4);

describe("LeDell's interval", () => {
  it("of one fold is nearly DeLong's", () => {
    const [ours, delong] = [influenceCurveAuc(outcome, x, new Float64Array(n)), delongAuc(outcome, x)];
    expect(ours.value).toBeCloseTo(delong.value, 14);
    expect((ours.upper - ours.lower) / (delong.upper - delong.lower)).toBeCloseTo(1, 1);
  });

  it("does not compare patients of different folds", () => {
    const shifted = x.map((value, i) => value + 10 * folds[i]);
    expect(influenceCurveAuc(outcome, shifted, folds)).toEqual(influenceCurveAuc(outcome, x, folds));
    expect(delongAuc(outcome, shifted).value).not.toBe(delongAuc(outcome, x).value);
  });

  it("needs two patients of each outcome in a fold", () => {
    expect(() => influenceCurveAuc(outcome, x, x)).toThrow(/at least 2/);
  });
});

describe("the nested interval of a loss", () => {
  const risk = (patient: PatientId) => logistic(x[Number(patient.slice(1))]);
  const loss = (event: number, probability: number) => (event - probability) * (event - probability);
  const size = { folds: 5, repeats: 3 };

  it("of a model that does not learn is the plain one", () => {
    let fits = 0;
    const fitAndPredict = (_: readonly PatientId[], testing: readonly PatientId[]) => {
      fits += 1;
      return testing.map(risk);
    };
    const { value, crossValidated, inflation, lower, upper } = nestedLossInterval(
      { patients, outcome },
      size,
      { fitAndPredict, loss },
      createRandom(1),
    );
    expect(value).toBeCloseTo(crossValidated, 12);
    expect(inflation).toBeGreaterThanOrEqual(1);
    expect(inflation).toBeLessThanOrEqual(Math.sqrt(5));
    expect(lower).toBeLessThan(value);
    expect(upper).toBeGreaterThan(value);
    expect(fits).toBe(3 * (5 + 10));
  });

  it("never shows a patient to the fit that predicts the patient", () => {
    const fitAndPredict = (training: readonly PatientId[], testing: readonly PatientId[]) => {
      expect(testing.some((patient) => training.includes(patient))).toBe(false);
      return testing.map(() => training.length / 1000);
    };
    nestedLossInterval({ patients, outcome }, size, { fitAndPredict, loss }, createRandom(1));
  });
});

describe("the corrected resampled interval", () => {
  it("does not shrink to nothing with more repeats", () => {
    const values = (count: number) => Float64Array.from({ length: count }, (_, i) => i % 2);
    const width = (count: number) => {
      const { lower, upper } = correctedResampledInterval(values(count), 1 / 9);
      return upper - lower;
    };
    expect(width(10_000)).toBeGreaterThan(2 * 1.9 * 0.5 * Math.sqrt(1 / 9));
    expect(width(20)).toBeGreaterThan(width(10_000));
  });
});
