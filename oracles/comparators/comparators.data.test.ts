/** Recalibrated scores and imported risks beside R's glm and pROC: `make.R` prints the references. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PatientId } from "../../packages/core/src/cohort/patient.ts";
import {
  type ComparatorSubject,
  comparatorPredictions,
  recalibrateComparator,
} from "../../packages/core/src/study/comparator-predictions.ts";
import { evaluateComparators } from "../../packages/core/src/study/evaluate-comparators.ts";

interface Reference {
  readonly kind: "judgement" | "imported";
  readonly score: readonly (number | null)[];
  readonly intercept: number;
  readonly slope: number;
  /** Of the tested patients with a score. */
  readonly risk: readonly number[];
  readonly patients: number;
  readonly auc: number;
  readonly lower: number;
  readonly upper: number;
  readonly difference: number;
  readonly z: number;
  readonly pValue: number;
}

const { outcome, model, learning, comparators } = JSON.parse(
  readFileSync(join(import.meta.dirname, "comparators.json"), "utf8"),
) as {
  readonly outcome: readonly number[];
  readonly model: readonly number[];
  readonly learning: number;
  readonly comparators: readonly Reference[];
};
const patients = outcome.map((_, row) => String(row) as PatientId);
const [training, testing] = [patients.slice(0, learning), patients.slice(learning)];

describe.each(comparators)("R's answer for a comparator: $kind", (reference) => {
  const { kind } = reference;
  const subject: ComparatorSubject = {
    comparator: { name: "K", kind, label: "K", mark: "" },
    values: Float64Array.from(reference.score, (value) => value ?? NaN),
    patients,
    outcome: Uint8Array.from(outcome),
    thresholdRules: [],
  };
  const attempt = comparatorPredictions(subject, testing, [[{ training, testing }]]);

  it("recalibrates like glm", () => {
    const { recalibration } = recalibrateComparator(subject, { training, testing });
    expect(recalibration.intercept).toBeCloseTo(reference.intercept, 10);
    expect(recalibration.slope).toBeCloseTo(reference.slope, 10);
    const { repeats } = attempt.predictions!;
    reference.risk.forEach((risk, i) => expect(repeats[0].probability[i]).toBeCloseTo(risk, 10));
  });

  it("has the AUC and the paired comparison of pROC, on the patients who have a score", () => {
    const judged = {
      dataset: "test",
      method: "held-out",
      patients: testing,
      outcome: Uint8Array.from(outcome.slice(learning)),
      folds: null,
      models: [
        {
          model: "M",
          repeats: [{ probability: Float64Array.from(model.slice(learning)), thresholds: [] }],
        },
      ],
      comparators: [attempt.predictions!],
    } as const;
    const result = evaluateComparators(judged, ["M"], () => ({ decisionThresholds: [] }));
    const [{ evaluation }] = result.evaluations;
    expect(evaluation.patients).toBe(reference.patients);
    expect(evaluation.auc.value).toBeCloseTo(reference.auc, 12);
    expect(evaluation.auc.lower).toBeCloseTo(reference.lower, 12);
    expect(evaluation.auc.upper).toBeCloseTo(reference.upper, 12);
    const [comparison] = result.comparisons;
    expect(comparison.patients).toBe(reference.patients);
    expect(comparison.difference).toBeCloseTo(reference.difference, 12);
    expect(comparison.z).toBeCloseTo(reference.z, 9);
    expect(comparison.pValue).toBeCloseTo(reference.pValue, 9);
  });
});
