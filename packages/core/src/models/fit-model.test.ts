import { describe, expect, it } from "vitest";
import { patientId } from "../cohort/patient.ts";
import { InputError } from "../errors.ts";
import {
  type CategoricalPredictor,
  type NumericPredictor,
  type PredictorTable,
  takePatients,
} from "../features/predictor-table.ts";
import { createRandom, type Random } from "../math/random.ts";
import { mean } from "../math/statistics.ts";
import { delongAuc } from "../validation/delong.ts";
import { crossFittedScore } from "./cross-fit.ts";
import { fitModel } from "./fit-model.ts";
import type { Learner } from "./learner.ts";
import type { FittedModel, ModelSpecification, Regression } from "./model.ts";
import { predictorValues, predictProbability } from "./predict.ts";
import { requireLogistic } from "./require-logistic.ts";
import type { TrainingData } from "./training-data.ts";

const PATIENTS = 120;
const TEXTURES = Array.from({ length: 12 }, (_, index) => `texture${index}`);

const source = (variable: string) => ({ kind: "clinical", variable }) as const;

function numeric(name: string, values: ArrayLike<number>): NumericPredictor {
  const base = { name, label: name, source: source(name), unit: null } as const;
  return { ...base, kind: "numeric", values: Float64Array.from(values) };
}

function categorical(
  name: string,
  levels: readonly string[],
  codes: ArrayLike<number>,
  ordered: boolean,
): CategoricalPredictor {
  const base = { name, label: name, source: source(name), reference: 0 } as const;
  return { ...base, kind: "categorical", levels, ordered, codes: Int16Array.from(codes) };
}

function draw<T>(patients: number, next: () => T): T[] {
  return Array.from({ length: patients }, next);
}

/** Two numbers, an ordered and an unordered factor, each with gaps, and texture without any meaning. */
function simulate(seed: number): TrainingData {
  const random = createRandom(seed);
  const gap = <T>(value: T, missing: T) => (random.bernoulli(0.08) ? missing : value);
  const normal = () => random.normal();
  const age = draw(PATIENTS, normal);
  const size = draw(PATIENTS, normal);
  const grade = draw(PATIENTS, () => random.integer(3));
  const outcome = Uint8Array.from(age, (value, row) =>
    0.8 * value + 0.9 * size[row] + 0.5 * (grade[row] - 1) + 1.2 * random.normal() > 0.3 ? 1 : 0,
  );
  const histologies = ["ductal", "lobular", "other"];
  const table: PredictorTable = {
    patients: outcome.reduce<ReturnType<typeof patientId>[]>(
      (ids, _, row) => [...ids, patientId(`p${String(row).padStart(3, "0")}`)],
      [],
    ),
    columns: [
      numeric(
        "age",
        age.map((value) => gap(60 + 10 * value, NaN)),
      ),
      numeric(
        "size",
        size.map((value) => gap(20 + 6 * value, NaN)),
      ),
      categorical(
        "grade",
        ["one", "two", "three"],
        grade.map((code) => gap(code, -1)),
        true,
      ),
      categorical(
        "histology",
        histologies,
        draw(PATIENTS, () => gap(random.integer(3), -1)),
        false,
      ),
      ...TEXTURES.map((name) => numeric(name, draw(PATIENTS, normal))),
    ],
  };
  return { table, outcome };
}

const training = simulate(1);
const unseen = simulate(2).table;

const penalised = (alpha: number, rule: "minimum" | "one-standard-error" = "minimum"): Regression => ({
  method: "penalised",
  alpha,
  folds: 5,
  rule,
});
const maximumLikelihood: Regression = { method: "maximum-likelihood" };

const clinical: ModelSpecification["blocks"][number] = {
  name: "C",
  terms: ["age", "size", "grade", "histology"].map((column) => ({ column, shape: "linear" })),
  filter: null,
  entersAs: { kind: "features" },
};
const texture = (
  entersAs: ModelSpecification["blocks"][number]["entersAs"],
): ModelSpecification["blocks"][number] => ({
  name: "R",
  terms: TEXTURES.map((column) => ({ column, shape: "linear" })),
  filter: { maximumMissing: 0.2, maximumCorrelation: 0.9 },
  entersAs,
});

const model = (
  regression: Regression,
  blocks: ModelSpecification["blocks"] = [clinical],
): ModelSpecification => ({ name: "M", blocks, regression, innerFolds: 5 });

const boosting: Learner = {
  method: "boosting",
  depths: [1, 2],
  learningRate: 0.2,
  rounds: 60,
  minimumChildWeight: 1,
  lambda: 1,
  rowShare: 1,
  columnShare: 1,
  folds: 4,
};
const forest: Learner = { method: "forest", trees: 60, leafSizes: [5, 15], candidates: ["root"] };
const machine = (kernel: "linear" | "radial"): Learner => ({
  method: "svm",
  kernel,
  costs: [0.1, 1],
  gammas: [0.5],
  folds: 4,
});
const learned = (
  learner: Learner,
  blocks: ModelSpecification["blocks"] = [clinical],
): ModelSpecification => ({ ...model(maximumLikelihood, blocks), learner });
const kinds: Readonly<Record<string, ModelSpecification>> = {
  "boosted trees": learned(boosting),
  "boosted trees that draw patients and columns": learned({ ...boosting, rowShare: 0.7, columnShare: 0.6 }),
  "a random forest": learned(forest),
  "a linear support vector machine": learned(machine("linear")),
  "a radial support vector machine": learned(machine("radial")),
  "a score of boosted trees": model(maximumLikelihood, [
    { ...clinical, entersAs: { kind: "score", regression: maximumLikelihood, learner: boosting } },
  ]),
  "a forest with a score of a regression": learned(forest, [
    clinical,
    texture({ kind: "score", regression: penalised(0) }),
  ]),
  "maximum likelihood": model(maximumLikelihood),
  "Firth's regression": model({ method: "firth" }),
  ridge: model(penalised(0)),
  "the LASSO": model(penalised(1)),
  "the elastic net": model(penalised(0.5, "one-standard-error"), [clinical, texture({ kind: "features" })]),
  "a block that enters as score": model(maximumLikelihood, [
    clinical,
    texture({ kind: "score", regression: penalised(0) }),
  ]),
  splines: model(maximumLikelihood, [
    {
      ...clinical,
      terms: [
        { column: "age", shape: { knots: 3 } },
        { column: "size", shape: { knots: 4 } },
      ],
    },
  ]),
  "an ordered factor by rank": model(penalised(0), [
    { ...clinical, terms: [{ column: "grade", shape: "linear", ordered: "rank" }] },
  ]),
  "an ordered factor by indicators": model(maximumLikelihood, [
    { ...clinical, terms: [{ column: "grade", shape: "linear", ordered: "indicators" }] },
  ]),
};

const fit = (specification: ModelSpecification, data: TrainingData = training, seed = 5) =>
  fitModel(specification, data, createRandom(seed));

function rows(data: TrainingData, wanted: readonly number[]): TrainingData {
  return {
    table: takePatients(data.table, wanted),
    outcome: Uint8Array.from(wanted, (row) => data.outcome[row]),
  };
}

describe.each(Object.entries(kinds))("a model with %s", (_name, specification) => {
  const fitted = fit(specification);
  const predicted = predictProbability(fitted.model, unseen);

  it("says something, and says it in probabilities", () => {
    expect(fitted.model.predictor.columns.length).toBeGreaterThan(0);
    for (const probability of [...predicted, ...fitted.outOfFold])
      expect(probability > 0 && probability < 1).toBe(true);
    expect(
      delongAuc(training.outcome, predictProbability(fitted.model, training.table)).value,
    ).toBeGreaterThan(0.5);
  });

  it("leaves its input as it was", () => {
    const before = structuredClone(training);
    fit(specification);
    predictProbability(fitted.model, training.table);
    expect(training).toEqual(before);
  });

  it("does not depend on the order of the patients", () => {
    const order = createRandom(9).shuffle([...training.outcome.keys()]);
    const again = fit(specification, rows(training, order));
    expect(again.model).toEqual(fitted.model);
    expect(again.outOfFold).toEqual(Float64Array.from(order, (row) => fitted.outOfFold[row]));
  });

  it("does not depend on columns that no term names", () => {
    const more = {
      ...training.table,
      columns: [numeric("other", training.outcome), ...training.table.columns],
    };
    expect(fit(specification, { ...training, table: more })).toEqual(fitted);
  });

  it("is the same model with the same seed", () => {
    expect(JSON.stringify(fit(specification))).toBe(JSON.stringify(fitted));
  });

  it("predicts the same bits after a round trip through JSON", () => {
    const stored = JSON.parse(JSON.stringify(fitted.model)) as FittedModel;
    expect(stored).toEqual(fitted.model);
    expect(predictProbability(stored, unseen)).toEqual(predicted);
  });

  it("predicts the same bits for a patient alone and among others", () => {
    for (const row of unseen.patients.keys())
      expect(predictProbability(fitted.model, takePatients(unseen, [row]))[0]).toBe(predicted[row]);
  });

  it("predicts for a patient of whom nothing is known", () => {
    const empty: PredictorTable = {
      patients: [patientId("unknown")],
      columns: unseen.columns.map((column) =>
        column.kind === "numeric"
          ? { ...column, values: Float64Array.of(NaN) }
          : { ...column, codes: Int16Array.of(-1) },
      ),
    };
    const [probability] = predictProbability(fitted.model, empty);
    expect(probability > 0 && probability < 1).toBe(true);
  });

  it("holds no patient", () => {
    expect(JSON.stringify(fitted.model)).not.toContain(training.table.patients[0]);
    const { patients, events, filtered = [], ...rest } = fitted.model.training;
    expect(patients).toBe(PATIENTS);
    expect(events).toBe(training.outcome.reduce((count, event) => count + event, 0));
    expect(rest).toEqual({});
    for (const { candidates, kept, missing, constant, unstable, redundant } of filtered)
      expect(kept + missing + constant + unstable + redundant).toBe(candidates);
  });
});

describe("fitModel, where data are difficult", () => {
  const isFinite = (fitted: FittedModel) =>
    fitted.kind === "logistic" &&
    [fitted.predictor.intercept, ...fitted.predictor.columns.map(({ coefficient }) => coefficient)].every(
      Number.isFinite,
    );

  it("answers separation under maximum likelihood with a finding and a finite model", () => {
    const { table, outcome } = training;
    const separating = numeric(
      "separating",
      Array.from(outcome, (event, row) => 10 * event + (row % 5)),
    );
    const block = { ...clinical, terms: [{ column: "separating", shape: "linear" as const }] };
    const { model: fitted, findings } = fit(model(maximumLikelihood, [block]), {
      table: { ...table, columns: [separating] },
      outcome,
    });
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ["maximum-likelihood-replaced", "warning"],
    ]);
    expect(findings[0].message).toMatch(/separation by separating/);
    expect(isFinite(fitted)).toBe(true);
    expect(requireLogistic(fitted).predictor.regression.method).toBe("penalised");
  });

  it.each([
    ["maximum likelihood, which gives way to ridge", maximumLikelihood, true],
    ["ridge", penalised(0), false],
    ["the LASSO", penalised(1), false],
  ])("fits more columns than patients by %s", (_name, regression, replaced) => {
    const random = createRandom(3);
    const names = Array.from({ length: 60 }, (_, index) => `column${index}`);
    const data: TrainingData = {
      table: {
        patients: training.table.patients.slice(0, 40),
        columns: names.map((name) =>
          numeric(
            name,
            draw(40, () => random.normal()),
          ),
        ),
      },
      outcome: training.outcome.slice(0, 40),
    };
    const block = { ...clinical, terms: names.map((column) => ({ column, shape: "linear" as const })) };
    const { model: fitted, findings } = fit(model(regression, [block]), data);
    expect(isFinite(fitted)).toBe(true);
    expect(findings.some(({ code }) => code === "maximum-likelihood-replaced")).toBe(replaced);
  });

  it("gives way to ridge where a predictor stands twice, and names it", () => {
    const age = training.table.columns[0] as NumericPredictor;
    const table = { ...training.table, columns: [...training.table.columns, { ...age, name: "years" }] };
    const block = {
      ...clinical,
      terms: ["age", "years"].map((column) => ({ column, shape: "linear" as const })),
    };
    const { findings } = fit(model(maximumLikelihood, [block]), { ...training, table });
    expect(findings[0].message).toMatch(/years/);
  });

  it("leaves out constant and empty columns with a finding each", () => {
    const columns = [
      ...training.table.columns,
      numeric(
        "constant",
        draw(PATIENTS, () => 7),
      ),
      numeric(
        "empty",
        draw(PATIENTS, () => NaN),
      ),
    ];
    const block = {
      ...clinical,
      terms: ["age", "constant", "empty"].map((column) => ({ column, shape: "linear" as const })),
    };
    const { model: fitted, findings } = fit(model(maximumLikelihood, [block]), {
      ...training,
      table: { ...training.table, columns },
    });
    expect(findings.map(({ code }) => code).sort()).toEqual(["predictor-constant", "predictor-empty"]);
    expect(fitted.inputs.map(({ name }) => name)).toEqual(["age"]);
  });

  it("predicts the prevalence, and says so, where no predictor is left", () => {
    const columns = [
      numeric(
        "constant",
        draw(PATIENTS, () => 7),
      ),
    ];
    const block = { ...clinical, terms: [{ column: "constant", shape: "linear" as const }] };
    const data = { ...training, table: { ...training.table, columns } };
    const { model: fitted, findings } = fit(model(penalised(0), [block]), data);
    expect(findings.map(({ code }) => code)).toContain("model-empty");
    expect(predictProbability(fitted, data.table)[0]).toBeCloseTo(mean(training.outcome), 12);
  });

  it("refuses a level that it has not learned, without printing it", () => {
    const { model: fitted } = fit(kinds["maximum likelihood"]);
    const columns = unseen.columns.map((column) =>
      column.name === "histology" && column.kind === "categorical"
        ? { ...column, levels: ["ductal", "lobular", "Secret diagnosis"] }
        : column,
    );
    const call = () => predictProbability(fitted, { ...unseen, columns });
    expect(call).toThrow(InputError);
    expect(call).toThrow(/histology/);
    expect(call).not.toThrow(/Secret/);
  });

  it("knows a level by its name and not by its place", () => {
    const { model: fitted } = fit(kinds["maximum likelihood"]);
    const columns = unseen.columns.map((column) =>
      column.kind === "categorical"
        ? {
            ...column,
            levels: [...column.levels].reverse(),
            codes: column.codes.map((code) => (code < 0 ? code : column.levels.length - 1 - code)),
          }
        : column,
    );
    expect(predictProbability(fitted, { ...unseen, columns })).toEqual(predictProbability(fitted, unseen));
  });

  it("refuses a table without a column that it needs, and one of another kind", () => {
    const { model: fitted } = fit(kinds["ridge"]);
    const without = unseen.columns.filter(({ name }) => name !== "size");
    expect(() => predictProbability(fitted, { ...unseen, columns: without })).toThrow(/size/);
    const others = [
      ...without,
      categorical(
        "size",
        ["small"],
        draw(PATIENTS, () => 0),
        false,
      ),
    ];
    expect(() => predictProbability(fitted, { ...unseen, columns: others })).toThrow(InputError);
  });
});

describe("a score of many features without meaning", () => {
  const FEATURES = 80;
  const names = Array.from({ length: FEATURES }, (_, index) => `noise${index}`);
  const block = {
    name: "R",
    terms: names.map((column) => ({ column, shape: "linear" as const })),
    filter: null,
    entersAs: { kind: "score", regression: penalised(0) } as const,
  };
  const noise = (random: Random): TrainingData => ({
    table: {
      patients: training.table.patients,
      columns: names.map((name) =>
        numeric(
          name,
          draw(PATIENTS, () => random.normal()),
        ),
      ),
    },
    outcome: Uint8Array.from(random.shuffle(draw(PATIENTS, () => 0).map((_, row) => (row < 48 ? 1 : 0)))),
  });
  const trials = Array.from({ length: 8 }, (_, seed) => {
    const data = noise(createRandom(`noise/${seed}`));
    const score = crossFittedScore(
      { ...block, regression: penalised(0) },
      data,
      5,
      createRandom(seed).fork("score"),
    );
    const whole = fit(model(maximumLikelihood, [block]), data, seed);
    const auc = (values: Float64Array) => delongAuc(data.outcome, values).value;
    return {
      crossFitted: auc(score.crossFitted),
      naive: auc(predictorValues(score.predictor, data.table, {})),
      outOfFold: auc(whole.outOfFold),
    };
  });
  const average = (measure: keyof (typeof trials)[number]) => mean(trials.map((trial) => trial[measure]));

  it("looks good on the patients that it was fitted on", () => {
    expect(average("naive")).toBeGreaterThan(0.8);
  });

  it("is worth nothing in the values that the model learns its weight from", () => {
    expect(average("crossFitted")).toBeGreaterThan(0.4);
    expect(average("crossFitted")).toBeLessThan(0.58);
  });

  it("gives the model no out-of-fold merit from which a threshold could be chosen", () => {
    expect(average("outOfFold")).toBeLessThan(0.6);
  });
});
