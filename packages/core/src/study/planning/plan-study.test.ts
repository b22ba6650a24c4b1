import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import type { RawTable } from "../../cohort/raw-table.ts";
import { readProtocol } from "../read-protocol.ts";
import { developmentSample } from "./plan-protocol.ts";
import { plannedParameters } from "./planned-parameters.ts";
import { planStudy } from "./plan-study.ts";

const protocol = readProtocol(
  `schema: sentinode/study@1
name: A study
cohort: { table: t.csv, id: id }
outcome: { variable: event, positive: 1, negative: 0, label: metastasis }
variables:
  age: { type: numeric }
  er: { type: binary }
  histology: { type: categorical, levels: [a, b, c, d] }
  grade: { type: ordinal, levels: [1, 2, 3] }
  set: { type: categorical, levels: [dev, test], role: split }
images: { image: "{id}.png", mask: "{id}-mask.png", spacing: none }
radiomics:
  families: [firstOrder, glcm]
  discretisations: [{ method: fixed-bin-number, bins: 32 }]
blocks:
  C: [{ column: age, spline: 4 }, er, histology, grade]
  G: [{ column: grade, ordinal: indicators }]
  S: { predictors: [age, er], entersAs: score }
  R: { radiomics: [firstOrder.], entersAs: score }
  F: { radiomics: [firstOrder.mean, firstOrder.variance] }
models: { C: [C], G: [G], CS: [C, S], CR: [C, R], F: [F] }
regression: { method: maximum-likelihood }
split: { method: column, column: set, development: dev, test: test }
`,
  "study.yaml",
);

describe("plannedParameters", () => {
  const planned = new Map(plannedParameters(protocol).map((own) => [own.model, own]));

  it("counts k - 1 for a spline of k knots, one less than the levels, one for a rank", () => {
    expect(planned.get("C")!.parameters).toBe(3 + 1 + 3 + 1);
    expect(planned.get("G")!.parameters).toBe(2);
  });

  it("counts a score as one and keeps what is behind it", () => {
    expect(planned.get("CS")).toMatchObject({ parameters: 9, candidates: 11 });
    const { parameters, blocks } = planned.get("CR")!;
    expect(parameters).toBe(9);
    expect(blocks[1].candidates).toBeGreaterThan(10);
  });

  it("counts every candidate feature of a block that enters as features", () => {
    // A name is a prefix: `firstOrder.mean` is also that of the mean absolute deviation.
    expect(planned.get("F")!.parameters).toBe(3);
  });
});

describe("planStudy", () => {
  const one = (parameters: number) => ({ model: "m", blocks: [], parameters, candidates: parameters });
  const auc = { measure: "c-statistic", value: 0.8 } as const;

  it("names the criterion that asks for most", () => {
    const plan = planStudy({ models: [one(2), one(60)], prevalence: 0.4, performance: auc });
    expect(plan.models.map(({ binding }) => binding)).toEqual(["mean risk", "shrinkage"]);
    for (const { size, binding } of plan.models) {
      const asked = {
        shrinkage: size.forShrinkage,
        optimism: size.forOptimism,
        "mean risk": size.forMeanRisk,
      };
      expect(asked[binding].patients).toBe(size.patients);
    }
  });

  it("plans no validation without a C statistic, and takes R² = 0.15 where nothing is known", () => {
    const plan = planStudy({ models: [one(10)], prevalence: 0.3 });
    expect(plan.external).toBeNull();
    expect(plan.models[0].size.nagelkerke).toBeCloseTo(0.15, 12);
  });

  it("asks for more where a width is narrower", () => {
    const patients = (slope: number) =>
      planStudy({ models: [one(10)], prevalence: 0.3, performance: auc, widths: { slope } }).external!.slope!;
    expect(patients(0.2) / patients(0.4)).toBeCloseTo(4, 1);
  });

  it("says of a sample what it carries, as the criteria count", () => {
    const { models, sample } = planStudy({
      models: [one(12)],
      prevalence: 0.4,
      performance: auc,
      sample: { patients: 900, events: 360 },
    });
    const carried = planStudy({
      models: [one(sample!.carriedParameters)],
      prevalence: 0.4,
      performance: auc,
    });
    expect(carried.models[0].size.forShrinkage.patients).toBeLessThanOrEqual(900);
    expect(models[0].atHand!.isEnough).toBe(true);
    expect(models[0].atHand!.shrinkage).toBeGreaterThan(0.9);
  });

  it("refuses a plan without models, and numbers outside their range", () => {
    expect(() => planStudy({ models: [], prevalence: 0.3 })).toThrow(InputError);
    expect(() => planStudy({ models: [one(5)], prevalence: 1.2 })).toThrow(InputError);
    expect(() => planStudy({ models: [one(5)], prevalence: 0.3, performance: auc, threshold: 1 })).toThrow(
      InputError,
    );
  });
});

describe("developmentSample", () => {
  it("counts the development set and nobody else", () => {
    const rows = Array.from({ length: 60 }, (_, k) => [
      `p${String(k)}`,
      "50",
      "1",
      "a",
      "2",
      k < 40 ? "dev" : "test",
      k % 4 === 0 ? "1" : "0",
    ]);
    const table: RawTable = {
      file: "t.csv",
      headers: ["id", "age", "er", "histology", "grade", "set", "event"],
      rows,
      rowNumbers: rows.map((_, row) => row + 2),
      decimal: ".",
      findings: [],
    };
    expect(developmentSample(protocol, table)).toEqual({ patients: 40, events: 10 });
  });
});
