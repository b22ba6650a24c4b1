import { describe, expect, it } from "vitest";
import { patientId } from "../cohort/patient.ts";
import type { PredictorTable } from "../features/predictor-table.ts";
import { logisticRegression } from "../math/logistic-regression.ts";
import { matrixOfColumns } from "../math/matrix.ts";
import { createRandom } from "../math/random.ts";
import { splineKnots, splineTerm } from "../math/restricted-cubic-spline.ts";
import { median } from "../math/statistics.ts";
import { fitModel } from "./fit-model.ts";
import { effectAxes, effectsAlong } from "./input-effects.ts";
import { partialEffect } from "./partial-effects.ts";
import type { Regression } from "./model.ts";
import { requireLogistic } from "./require-logistic.ts";

const PATIENTS = 300;
const random = createRandom(8);
const draw = (value: () => number) => Float64Array.from({ length: PATIENTS }, value);
const [age, size] = [draw(() => 55 + 12 * random.normal()), draw(() => 20 + 6 * random.normal())];
const site = Int16Array.from({ length: PATIENTS }, (_, row) => (row % 5 < 2 ? 0 : 1));
const base = (name: string) => ({ name, label: name, source: { kind: "clinical", variable: name } }) as const;
const table: PredictorTable = {
  patients: Array.from({ length: PATIENTS }, (_, row) => patientId(String(row))),
  columns: [
    { ...base("age"), kind: "numeric", unit: null, values: age },
    { ...base("size"), kind: "numeric", unit: null, values: size },
    { ...base("site"), kind: "categorical", levels: ["a", "b"], ordered: false, reference: 0, codes: site },
  ],
};
const outcome = Uint8Array.from(age, (years, row) =>
  random.bernoulli(
    1 / (1 + Math.exp(-(0.08 * (size[row] - 20) - 0.003 * (years - 55) ** 2 + 0.4 * site[row]))),
  )
    ? 1
    : 0,
);

function fitted(regression: Regression) {
  const terms = [
    { column: "age", shape: { knots: 4 } },
    { column: "size", shape: "linear" },
    { column: "site", shape: "linear" },
  ] as const;
  const blocks = [{ name: "b", terms, filter: null, entersAs: { kind: "features" } }] as const;
  return requireLogistic(
    fitModel({ name: "M", blocks, regression, innerFolds: 5 }, { table, outcome }, createRandom(1)).model,
  );
}

const model = fitted({ method: "maximum-likelihood" });
const [ageAxis, sizeAxis, siteAxis] = effectAxes(model);

describe("partialEffect", () => {
  it("is the intercept of a regression whose predictors are counted from the point, limits included", () => {
    const knots = splineKnots(age, 4);
    const points = [35, 50, 71];
    const effect = partialEffect(model, ageAxis, points);
    points.forEach((point, k) => {
      const columns = [
        ...[0, 1, 2].map((basis) =>
          age.map((x) => splineTerm(x, knots, basis) - splineTerm(point, knots, basis)),
        ),
        size.map((x) => x - median(size)),
        // Level b is the most frequent.
        Float64Array.from(site, (code) => code - 1),
      ];
      const { coefficients, covariance } = logisticRegression(matrixOfColumns(PATIENTS, columns), outcome);
      const half = 1.959963984540054 * Math.sqrt(covariance.values[0]);
      expect(effect.linear[k]).toBeCloseTo(coefficients[0], 9);
      expect(effect.lower![k]).toBeCloseTo(coefficients[0] - half, 8);
      expect(effect.upper![k]).toBeCloseTo(coefficients[0] + half, 8);
    });
  });

  it("differs between points by what the quantity adds", () => {
    for (const axis of [ageAxis, sizeAxis, siteAxis]) {
      const values = axis.kind === "levels" ? [0, 1] : [10, 40];
      const { linear } = partialEffect(model, axis, values);
      const effects = effectsAlong(model.predictor, axis, values);
      expect(linear[1] - linear[0]).toBeCloseTo(effects[1] - effects[0], 10);
    }
  });

  it("has no limits where the fit has no standard errors", () => {
    const ridge = fitted({ method: "penalised", alpha: 0, folds: 5, rule: "minimum" });
    const effect = partialEffect(ridge, effectAxes(ridge)[0], [50]);
    expect(effect.lower).toBeNull();
    expect(effect.probability[0]).toBeGreaterThan(0);
  });

  it("is the same after a round trip of the model through JSON", () => {
    const copy = JSON.parse(JSON.stringify(model)) as typeof model;
    expect(partialEffect(copy, ageAxis, [40, 60])).toEqual(partialEffect(model, ageAxis, [40, 60]));
  });
});
