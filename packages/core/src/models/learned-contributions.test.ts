import { describe, expect, it } from "vitest";
import { patientId } from "../cohort/patient.ts";
import type { CategoricalPredictor, NumericPredictor, PredictorTable } from "../features/predictor-table.ts";
import { logit } from "../math/elementary.ts";
import { createRandom } from "../math/random.ts";
import { fitModel } from "./fit-model.ts";
import { learnedContributions, summariseContributions } from "./learned-contributions.ts";
import type { Learner } from "./learner.ts";
import type { LearnedModel, ModelSpecification } from "./model.ts";
import { predictProbability } from "./predict.ts";

const PATIENTS = 140;
const random = createRandom(4);
const base = (name: string) =>
  ({ name, label: name.toUpperCase(), source: { kind: "clinical", variable: name } }) as const;
const number = (name: string): NumericPredictor => ({
  ...base(name),
  kind: "numeric",
  unit: null,
  values: Float64Array.from({ length: PATIENTS }, () => (random.bernoulli(0.05) ? NaN : random.normal())),
});
const type: CategoricalPredictor = {
  ...base("type"),
  kind: "categorical",
  levels: ["a", "b", "c"],
  ordered: false,
  reference: 0,
  codes: Int16Array.from({ length: PATIENTS }, () => random.integer(3)),
};
const [up, down, noise] = [number("up"), number("down"), number("noise")];
const table: PredictorTable = {
  patients: Array.from({ length: PATIENTS }, (_, row) => patientId(`p${row}`)),
  columns: [up, down, noise, type],
};
const outcome = Uint8Array.from({ length: PATIENTS }, (_, row) =>
  1.5 * (up.values[row] || 0) - (down.values[row] || 0) + 0.8 * (type.codes[row] - 1) + random.normal() > 0
    ? 1
    : 0,
);

function fitted(learner: Learner): LearnedModel {
  const specification: ModelSpecification = {
    name: "M",
    blocks: [
      {
        name: "B",
        terms: ["up", "down", "noise", "type"].map((column) => ({ column, shape: "linear" })),
        filter: null,
        entersAs: { kind: "features" },
      },
    ],
    regression: { method: "maximum-likelihood" },
    learner,
    innerFolds: 5,
  };
  const { model } = fitModel(specification, { table, outcome }, createRandom(1));
  if (model.kind === "logistic") throw new Error("a learner was asked for");
  return model;
}

const boosting: Learner = {
  method: "boosting",
  depths: [2],
  learningRate: 0.2,
  rounds: 80,
  minimumChildWeight: 1,
  lambda: 1,
  rowShare: 1,
  columnShare: 1,
  folds: 5,
};
const machine = (kernel: "linear" | "radial"): Learner => ({
  method: "svm",
  kernel,
  costs: [1],
  gammas: [1],
  folds: 5,
});
const forest: Learner = { method: "forest", trees: 80, leafSizes: [10], candidates: ["root"] };

describe("contributions of a learner", () => {
  it.each([
    ["boosted trees", boosting],
    ["a linear machine", machine("linear")],
  ])("of %s sum to the log odds of every patient", (_name, learner) => {
    const model = fitted(learner);
    const { expected, contributions, scale } = learnedContributions(model, table)!;
    expect(scale).toBe("log odds");
    predictProbability(model, table).forEach((probability, row) =>
      expect(contributions.reduce((sum, one) => sum + one[row], expected)).toBeCloseTo(logit(probability), 8),
    );
  });

  it("of a forest sum to the share of its trees", () => {
    const model = fitted(forest);
    const { expected, contributions, scale } = learnedContributions(model, table)!;
    expect(scale).toBe("probability");
    for (let row = 0; row < PATIENTS; row++) {
      const share = contributions.reduce((sum, one) => sum + one[row], expected);
      expect(share > -1e-9 && share < 1 + 1e-9).toBe(true);
    }
  });

  it("of a radial machine do not exist in polynomial time", () => {
    expect(learnedContributions(fitted(machine("radial")), table)).toBeNull();
  });

  it.each([boosting, forest, machine("linear")])(
    "name what matters and which way it goes: $method",
    (learner) => {
      const { rows } = summariseContributions(fitted(learner), table)!;
      const of = (name: string) => rows.find((row) => row.name === name);
      expect(rows[0]).toMatchObject({ name: "up", label: "UP" });
      expect(of("up")!.direction).toBeGreaterThan(0.6);
      expect(of("down")!.direction).toBeLessThan(-0.6);
      expect(of("type")?.direction ?? null).toBeNull();
      expect(of("noise")?.meanAbsolute ?? 0).toBeLessThan(rows[0].meanAbsolute / 3);
    },
  );
});
