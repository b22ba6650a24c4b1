import { describe, expect, it } from "vitest";
import { patientId } from "../cohort/patient.ts";
import { logistic, logit } from "../math/elementary.ts";
import { createRandom } from "../math/random.ts";
import { internalExternalValidation, validateByCentre } from "./internal-external.ts";

const random = createRandom("centres");
const centres = ["A", "B", "C", "D"].map((centre) => {
  const probability = Float64Array.from({ length: 150 }, () => logistic(random.normal() - 0.5));
  return { centre, probability, outcome: Uint8Array.from(probability, (p) => Number(random.bernoulli(p))) };
});

describe("validation by centre", () => {
  const { rows, pooled, findings } = validateByCentre(centres);

  it("pools between the smallest and the largest centre, true risks near 1 and 0", () => {
    for (const measure of ["auc", "slope", "observedExpected"] as const) {
      const values = rows.map((row) => row[measure]!.value);
      expect(pooled[measure]!.value).toBeGreaterThan(Math.min(...values));
      expect(pooled[measure]!.value).toBeLessThan(Math.max(...values));
    }
    expect(pooled.slope!.lower).toBeLessThan(1);
    expect(pooled.slope!.upper).toBeGreaterThan(1);
    expect(findings).toEqual([]);
  });

  it("predicts a new centre less precisely than the mean", () => {
    const { lower, upper, prediction } = pooled.auc!;
    expect(prediction!.lower).toBeLessThanOrEqual(lower);
    expect(prediction!.upper).toBeGreaterThanOrEqual(upper);
    expect(prediction!.upper).toBeLessThan(1);
  });

  it("sees that centres differ where one is miscalibrated", () => {
    const shifted = centres.map((centre, k) =>
      k === 0 ? { ...centre, probability: centre.probability.map((p) => logistic(logit(p) - 2)) } : centre,
    );
    const other = validateByCentre(shifted).pooled.observedExpected!;
    expect(other.betweenVariance).toBeGreaterThan(pooled.observedExpected!.betweenVariance);
    expect(other.heterogeneity).toBeGreaterThan(0.8);
  });

  it("leaves a centre of one class out, with its counts and a finding", () => {
    const small = {
      centre: "E",
      outcome: Uint8Array.of(0, 0, 0),
      probability: Float64Array.of(0.1, 0.2, 0.3),
    };
    const result = validateByCentre([...centres, small]);
    expect(result.rows[4]).toMatchObject({ patients: 3, events: 0, auc: null });
    expect(result.pooled.auc!.value).toBe(pooled.auc!.value);
    expect(result.findings[0].message).toContain("none in 1 of 5");
  });

  it("does not hide risks that are none", () => {
    const wrong = { centre: "F", outcome: Uint8Array.of(0, 1), probability: Float64Array.of(2, 3) };
    expect(() => validateByCentre([...centres, wrong])).toThrow(/from 0 to 1/);
  });
});

describe("internal-external validation", () => {
  const patients = Array.from({ length: 90 }, (_, i) => patientId(`p${i}`));
  const outcome = Uint8Array.from(patients, (_, i) => Number(i % 4 === 0));
  const codes = patients.map((_, i) => i % 3);

  it("never trains on the centre that it tests", () => {
    const seen: number[][] = [];
    const { rows } = internalExternalValidation(
      { patients, outcome },
      { levels: ["A", "B", "unused", "C"].filter((name) => name !== "unused"), codes },
      (training, testing) => {
        const centreOf = (id: string) => Number(id.slice(1)) % 3;
        seen.push([...new Set(training.map(centreOf))]);
        expect(training.some((id) => centreOf(id) === centreOf(testing[0]))).toBe(false);
        return testing.map((_, i) => 0.2 + 0.001 * i);
      },
    );
    expect(seen.map((others) => others.length)).toEqual([2, 2, 2]);
    expect(rows.map(({ patients: count }) => count)).toEqual([30, 30, 30]);
  });

  it("needs a centre for every patient and two of them", () => {
    const predict = () => [];
    const one = { levels: ["A"], codes: patients.map(() => 0) };
    expect(() => internalExternalValidation({ patients, outcome }, one, predict)).toThrow(/1 centres/);
    const missing = { levels: ["A", "B"], codes: patients.map((_, i) => (i === 0 ? -1 : i % 2)) };
    expect(() => internalExternalValidation({ patients, outcome }, missing, predict)).toThrow(/89 of 90/);
  });
});
