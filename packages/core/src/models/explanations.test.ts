import { describe, expect, it } from "vitest";
import { patientId } from "../cohort/patient.ts";
import { InputError } from "../errors.ts";
import { type PredictorTable, takePatients } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import { mean } from "../math/statistics.ts";
import { fitModel } from "./fit-model.ts";
import type { ModelSpecification } from "./model.ts";
import { permutationImportance } from "./permutation-importance.ts";
import { linearPredictorValues, predictorValues, predictProbability } from "./predict.ts";
import { requireLogistic } from "./require-logistic.ts";
import { linearShap } from "./shap-linear.ts";

const PATIENTS = 300;
const random = createRandom(12);
const draw = (value: () => number) => Float64Array.from({ length: PATIENTS }, value);
const base = (name: string) => ({ name, label: name, source: { kind: "clinical", variable: name } }) as const;
const number = (name: string, values = draw(() => random.normal())) =>
  ({ ...base(name), kind: "numeric", unit: null, values }) as const;
const age = number(
  "age",
  draw(() => (random.bernoulli(0.1) ? NaN : 55 + 12 * random.normal())),
);
const codes = Int16Array.from({ length: PATIENTS }, () => random.integer(3));
const type = {
  ...base("type"),
  kind: "categorical",
  levels: ["a", "b", "c"],
  ordered: false,
  reference: 0,
  codes,
} as const;
const texture = ["t1", "t2", "t3"].map((name) => number(name));
const noise = number("noise");
const table: PredictorTable = {
  patients: Array.from({ length: PATIENTS }, (_, row) => patientId(String(row))),
  columns: [age, type, ...texture, noise],
};
const outcome = Uint8Array.from({ length: PATIENTS }, (_, row) => {
  const linear = texture[0].values[row] + 0.8 * texture[1].values[row] + 0.5 * codes[row] - 0.5;
  return random.bernoulli(1 / (1 + Math.exp(-linear))) ? 1 : 0;
});
const line = (column: string) => ({ column, shape: "linear" }) as const;
const specification: ModelSpecification = {
  name: "CAR",
  blocks: [
    {
      name: "clinical",
      terms: [{ column: "age", shape: { knots: 3 } }, line("type"), line("noise")],
      filter: null,
      entersAs: { kind: "features" },
    },
    {
      name: "radiomics",
      terms: texture.map(({ name }) => line(name)),
      filter: null,
      entersAs: { kind: "score", regression: { method: "penalised", alpha: 0, folds: 5, rule: "minimum" } },
    },
  ],
  regression: { method: "maximum-likelihood" },
  innerFolds: 5,
};
const model = requireLogistic(fitModel(specification, { table, outcome }, createRandom(1)).model);
const scores = Object.fromEntries(
  Object.entries(model.scores).map(([name, score]) => [name, predictorValues(score, table, {})]),
);
const linear = linearPredictorValues(model.predictor, table, scores);
const some = takePatients(table, [3, 50, 120, 121]);

describe("linearShap", () => {
  const ways = [null, some].flatMap((background) =>
    [true, false].map((openScores) => ({ background, openScores })),
  );

  it.each(ways)("sums to the linear predictor of every patient", (options) => {
    const { expected, contributions } = linearShap(model, table, options);
    linear.forEach((value, row) => {
      const sum = contributions.reduce((total, one) => total + one[row], expected);
      expect(sum).toBeCloseTo(value, 10);
    });
  });

  it.each(ways)("averages to nothing over its background", ({ background, openScores }) => {
    const { contributions } = linearShap(model, background ?? table, { background, openScores });
    for (const one of contributions) expect(mean(one)).toBeCloseTo(0, 10);
  });

  it("gives one contribution an input, or one a score", () => {
    const names = (openScores: boolean) => linearShap(model, table, { background: null, openScores }).names;
    expect(names(true)).toEqual(["age", "type", "noise", "t1", "t2", "t3"]);
    expect(names(false)).toEqual(["age", "type", "noise", "radiomics"]);
  });

  it("equals Shapley's definition over all orders of the inputs", () => {
    const options = { background: some, openScores: true };
    const { names, contributions } = linearShap(model, table, options);
    const patient = 17;
    const value = (known: readonly string[]) =>
      mean(
        some.patients.map((_, k) => {
          const mixed = mixedPatient(patient, k, new Set(known));
          const own = Object.fromEntries(
            Object.entries(model.scores).map(([name, score]) => [name, predictorValues(score, mixed, {})]),
          );
          return linearPredictorValues(model.predictor, mixed, own)[0];
        }),
      );
    names.forEach((name, index) => {
      let shapley = 0;
      const others = names.filter((one) => one !== name);
      for (let set = 0; set < 1 << others.length; set++) {
        const known = others.filter((_, bit) => (set >> bit) & 1);
        shapley += weight(known.length, names.length) * (value([...known, name]) - value(known));
      }
      expect(contributions[index][patient]).toBeCloseTo(shapley, 9);
    });
  });
});

describe("permutationImportance", () => {
  const blocks = [
    { name: "radiomics", columns: ["t1", "t2", "t3"] },
    { name: "noise", columns: ["noise"] },
    { name: "clinical", columns: ["age", "type"] },
  ];
  const halves = [0, 1].map((half) => [...table.patients.keys()].filter((row) => row % 2 === half));
  const parts = halves.map((rows) => ({
    predict: (of: PredictorTable) => predictProbability(model, of),
    table: takePatients(table, rows),
    outcome: Uint8Array.from(rows, (row) => outcome[row]),
  }));
  const settings = () => ({ measure: separation, repeats: 8, random: createRandom(4) });

  it("is largest for the block that the outcome depends on, and next to nothing for noise", () => {
    const { blocks: losses } = permutationImportance(parts, blocks, settings());
    expect(losses[0].loss).toBeGreaterThan(5 * Math.abs(losses[1].loss));
    expect(losses[0].loss).toBeGreaterThan(losses[2].loss);
    expect(losses[0].standardDeviation).toBeGreaterThan(0);
  });

  it("is the same for the same seed, whatever other blocks are asked for", () => {
    const all = permutationImportance(parts, blocks, settings());
    const alone = permutationImportance(parts, blocks.slice(1), settings());
    expect(alone.blocks).toEqual(all.blocks.slice(1));
    expect(alone.baseline).toBe(all.baseline);
  });

  it("refuses columns that do not exist, and no repeats", () => {
    expect(() => permutationImportance(parts, [{ name: "x", columns: ["y"] }], settings())).toThrow(
      /block x/,
    );
    expect(() => permutationImportance(parts, blocks, { ...settings(), repeats: 0 })).toThrow(InputError);
  });
});

/** Difference of mean probabilities: larger is better. */
function separation(events: Uint8Array, probability: Float64Array): number {
  return (
    mean(probability.filter((_, row) => events[row] === 1)) -
    mean(probability.filter((_, row) => events[row] === 0))
  );
}

/** A patient with the known inputs their own and the others those of a background patient. */
function mixedPatient(row: number, background: number, known: ReadonlySet<string>): PredictorTable {
  const [own, other] = [takePatients(table, [row]), takePatients(some, [background])];
  return {
    patients: own.patients,
    columns: own.columns.map((column, k) => (known.has(column.name) ? column : other.columns[k])),
  };
}

/** Share of the orders of n in which these k come first and one of the others next. */
function weight(k: number, n: number): number {
  const factorial = (m: number): number => (m <= 1 ? 1 : m * factorial(m - 1));
  return (factorial(k) * factorial(n - k - 1)) / factorial(n);
}
