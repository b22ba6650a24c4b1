import { describe, expect, it } from "vitest";
import type { PatientId } from "../cohort/patient.ts";
import { type NumericPredictor, type PredictorTable, takePatients } from "../features/predictor-table.ts";
import { logistic } from "../math/elementary.ts";
import { createRandom } from "../math/random.ts";
import { mean } from "../math/statistics.ts";
import { auc } from "../validation/roc.ts";
import { coefficientTable } from "./coefficient-table.ts";
import { fitModel, type ModelFit } from "./fit-model.ts";
import { completedTable, imputeTraining } from "./imputation/impute-training.ts";
import type { FittedModel, LinearPredictor, ModelSpecification } from "./model.ts";
import { linearPredictorValues, predictProbability } from "./predict.ts";
import { requireLogistic } from "./require-logistic.ts";
import type { TrainingData } from "./training-data.ts";

const NAMES = ["age", "size", "marker", "cortex"];

function numeric(name: string, values: ArrayLike<number>): NumericPredictor {
  const source = { kind: "clinical", variable: name } as const;
  return { kind: "numeric", name, label: name, source, unit: null, values: Float64Array.from(values) };
}

/** @param signal How much the predictors say of the outcome; 0 for nothing. */
function simulate(seed: string, patients: number, signal: number, missing: number): TrainingData {
  const random = createRandom(seed);
  const latent = Float64Array.from({ length: patients }, () => random.normal());
  const outcome = latent.map((x) => (signal * x + random.normal() > 0.4 ? 1 : 0));
  const column = (name: string, gap: number) =>
    numeric(
      name,
      latent.map((x) => {
        const value = 10 + 3 * ((signal > 0 ? 0.6 * x : 0) + random.normal());
        return random.bernoulli(gap) ? NaN : value;
      }),
    );
  return {
    table: {
      patients: Array.from(latent, (_, row) => `p${String(row).padStart(4, "0")}` as PatientId),
      columns: [
        column("age", 0),
        column("size", missing),
        column("marker", missing),
        column("cortex", missing),
      ],
    },
    outcome: Uint8Array.from(outcome),
  };
}

function specification(
  regression: ModelSpecification["regression"],
  imputation: ModelSpecification["imputation"] | null = { columns: NAMES, imputations: 5, iterations: 4 },
): ModelSpecification {
  return {
    name: "M",
    blocks: [
      {
        name: "C",
        terms: NAMES.map((column) => ({ column, shape: "linear" })),
        filter: null,
        entersAs: { kind: "features" },
      },
    ],
    regression,
    innerFolds: 5,
    ...(imputation === null || imputation === undefined ? {} : { imputation }),
  };
}

const maximumLikelihood = { method: "maximum-likelihood" } as const;
const lasso = { method: "penalised", alpha: 1, folds: 5, rule: "minimum" } as const;
const training = simulate("training", 160, 1, 0.25);
const unseen = simulate("unseen", 60, 1, 0.25).table;
const fit = fitModel(specification(maximumLikelihood), training, createRandom(1));

function linearOf({ model }: ModelFit): LinearPredictor {
  return model.predictor as LinearPredictor;
}

function isComplete(table: PredictorTable, row: number): boolean {
  return table.columns.every((column) => column.kind === "numeric" && !Number.isNaN(column.values[row]));
}

describe("a model on imputed tables", () => {
  it("depends neither on the order of the patients nor on a round trip through JSON", () => {
    const order = [...training.table.patients.keys()].reverse();
    const turned = {
      table: takePatients(training.table, order),
      outcome: Uint8Array.from(order, (row) => training.outcome[row]),
    };
    const again = fitModel(specification(maximumLikelihood), turned, createRandom(1));
    expect(again.model).toEqual(fit.model);
    expect(Array.from(order, (row) => fit.outOfFold[row])).toEqual(Array.from(again.outOfFold));
    const stored = JSON.parse(JSON.stringify(fit.model)) as FittedModel;
    expect(predictProbability(stored, unseen)).toEqual(predictProbability(fit.model, unseen));
  });

  it("leaves the training data as they were", () => {
    expect(training).toEqual(simulate("training", 160, 1, 0.25));
  });

  it("predicts a patient alike alone and among others", () => {
    const among = predictProbability(fit.model, unseen);
    for (const row of [0, 7, 31])
      expect(predictProbability(fit.model, takePatients(unseen, [row]))[0]).toBe(among[row]);
  });

  it("gives a patient without missing values the risk of the printed coefficients", () => {
    const risks = predictProbability(fit.model, unseen);
    const linear = linearPredictorValues(linearOf(fit), unseen, {});
    risks.forEach((risk, row) => {
      if (isComplete(unseen, row)) expect(risk).toBe(logistic(linear[row]));
    });
  });

  it("has wider intervals than a model that takes imputed values for real", () => {
    const { pooled, standardErrors } = linearOf(fit);
    const imputations = imputeTraining(
      { columns: NAMES, imputations: 5, iterations: 4 },
      training,
      createRandom(1).fork("imputation"),
    );
    const single = fitModel(
      specification(maximumLikelihood, null),
      { ...training, table: completedTable(training.table, imputations, 0) },
      createRandom(1),
    );
    expect(pooled!.imputations).toBe(5);
    expect(mean(pooled!.missingInformation!)).toBeGreaterThan(0.05);
    expect(mean(standardErrors!)).toBeGreaterThan(mean(linearOf(single).standardErrors!));
    for (const row of coefficientTable(requireLogistic(fit.model)))
      expect(row.missingInformation).toBeGreaterThan(0);
  });

  it("says of a penalised coefficient in how many imputations it was kept", () => {
    const penalised = fitModel(specification(lasso), training, createRandom(1));
    const { pooled, standardErrors } = linearOf(penalised);
    expect(standardErrors).toBeNull();
    for (const share of pooled!.selected) expect([0.2, 0.4, 0.6, 0.8, 1]).toContain(share);
  });

  it("is the plain model where nothing is missing", () => {
    const whole = simulate("whole", 120, 1, 0);
    const imputed = fitModel(specification(maximumLikelihood), whole, createRandom(1));
    const plain = fitModel(specification(maximumLikelihood, null), whole, createRandom(1));
    expect(linearOf(imputed).pooled).toBeUndefined();
    linearOf(imputed).columns.forEach(({ coefficient }, j) => {
      expect(coefficient).toBeCloseTo(linearOf(plain).columns[j].coefficient, 10);
    });
    // New patients may lack a value all the same.
    expect(predictProbability(imputed.model, unseen).every((risk) => risk > 0 && risk < 1)).toBe(true);
  });

  it("uses one method for all imputations where one of them has no estimate", () => {
    const few = simulate("few", 24, 3, 0.2);
    const { model, findings } = fitModel(
      { ...specification(maximumLikelihood), innerFolds: 3 },
      few,
      createRandom(2),
    );
    const replaced = findings.some(({ code }) => code === "maximum-likelihood-replaced");
    expect((model.predictor as LinearPredictor).regression.method).toBe(
      replaced ? "penalised" : "maximum-likelihood",
    );
  });
});

describe("the outcome of a patient who is predicted", () => {
  /** AUC of noise, from folds that learn from the others. */
  function crossValidated({ table, outcome }: TrainingData, imputeBefore: boolean): number {
    const random = createRandom("noise");
    const imputation = { columns: NAMES, imputations: 5, iterations: 3 };
    const given = imputeBefore
      ? completedTable(table, imputeTraining(imputation, { table, outcome }, random), 0)
      : table;
    const risks = new Float64Array(outcome.length);
    for (let fold = 0; fold < 5; fold++) {
      const rows = [...outcome.keys()].filter((row) => row % 5 !== fold);
      const { model } = fitModel(
        specification(maximumLikelihood, imputeBefore ? null : imputation),
        { table: takePatients(given, rows), outcome: Uint8Array.from(rows, (row) => outcome[row]) },
        random.fork(`fold ${fold}`),
      );
      const tested = [...outcome.keys()].filter((row) => row % 5 === fold);
      predictProbability(model, takePatients(given, tested)).forEach(
        (risk, index) => (risks[tested[index]] = risk),
      );
    }
    return auc(outcome, risks);
  }

  it("does not help to predict it: noise stays noise inside folds, and does not where all are imputed first", () => {
    const trials = Array.from({ length: 6 }, (_, trial) => simulate(`noise ${trial}`, 150, 0, 0.7));
    const inside = mean(trials.map((trial) => crossValidated(trial, false)));
    const before = mean(trials.map((trial) => crossValidated(trial, true)));
    expect(Math.abs(inside - 0.5)).toBeLessThan(0.07);
    expect(before).toBeGreaterThan(inside + 0.05);
  });
});
