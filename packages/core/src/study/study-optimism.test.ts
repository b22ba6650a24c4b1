import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { matrixOfColumns } from "../math/matrix.ts";
import { logisticRegression } from "../math/logistic-regression.ts";
import { bootstrapOptimism } from "../validation/optimism.ts";
import { bootstrapResamples } from "../validation/resamples.ts";
import { runFitTask } from "./fit-task.ts";
import type { Machine } from "./machine.ts";
import type { StudyInput } from "./prepare-study.ts";
import { readProtocol } from "./read-protocol.ts";
import { runStudy } from "./run-study.ts";
import { memoryVault } from "./vault.ts";

const PATIENTS = 90;
const SAMPLES = 30;
const columns = ["a", "b", "c", "d", "e", "f"];
const random = createRandom(11).fork("optimism");
const values = columns.map(() =>
  Array.from({ length: PATIENTS }, () => Math.round(100 * random.normal()) / 100),
);
const events = values[0].map((value) => (0.8 * value + random.normal() > 0.2 ? 1 : 0));
const ids = values[0].map((_, row) => `case${String(row).padStart(3, "0")}`);

function input(validation: string): StudyInput {
  const rows = ids.map((id, row) => [id, ...values.map((own) => String(own[row])), String(events[row])]);
  const text = `schema: sentinode/study@1
name: optimism
seed: 5
cohort: { table: t.csv, id: id }
outcome: { variable: event, positive: 1, negative: 0, label: event }
variables: { ${columns.map((name) => `${name}: { type: numeric }`).join(", ")} }
blocks: { X: [${columns.join(", ")}], S: { predictors: [${columns.join(", ")}], entersAs: score, scoreRegression: { method: ridge, folds: 3 } } }
models:
  X: { blocks: [X], regression: { method: maximum-likelihood } }
  S: { blocks: [S], regression: { method: maximum-likelihood } }
  T: { blocks: [X], learner: { method: forest, trees: 50 } }
validation: ${validation}
thresholds: { rules: [youden] }
`;
  return {
    protocol: readProtocol(text, "study.yaml"),
    table: {
      file: "t.csv",
      headers: ["id", ...columns, "event"],
      rows,
      rowNumbers: rows.map((_, row) => row + 2),
      decimal: ".",
      findings: [],
    },
    software: "test",
  };
}

const machine = (): Machine => ({
  vault: memoryVault(),
  today: "2026-01-01",
  extract: () => Promise.reject(new Error("there are no images")),
  fit: async (data, tasks) => Promise.resolve(tasks.map((task) => runFitTask(data, task))),
});

const run = await runStudy(input(`{ folds: 3, repeats: 1, optimism: ${String(SAMPLES)} }`), machine());
const corrected = run.evaluations.filter(({ method }) => method === "bootstrap");
const find = (model: string, method: string) =>
  run.evaluations.find((one) => one.model === model && one.method === method)!;

describe("optimism of a study's models", () => {
  it("is that of the same regression on the same samples", () => {
    const outcome = Uint8Array.from(events);
    const resamples = bootstrapResamples(PATIENTS, SAMPLES, createRandom(5).fork("optimism"));
    const designOf = (rows: ArrayLike<number>) =>
      matrixOfColumns(
        rows.length,
        values.map((own) => Float64Array.from(rows, (row) => own[row])),
      );
    const expected = bootstrapOptimism(outcome, resamples, (rows) => {
      const fit = logisticRegression(
        designOf(rows),
        Uint8Array.from(rows, (row) => outcome[row]),
      );
      const linear = Float64Array.from(outcome, (_, row) =>
        values.reduce((sum, own, k) => sum + fit.coefficients[k + 1] * own[row], fit.coefficients[0]),
      );
      return { linear, failure: null };
    });
    const evaluation = find("X", "bootstrap");
    expect(evaluation.auc.value).toBeCloseTo(expected.indices.auc.corrected!, 8);
    expect(evaluation.brier.value).toBeCloseTo(expected.indices.brier.corrected!, 8);
    expect(evaluation.calibration.slope.value).toBeCloseTo(expected.indices.slope.corrected!, 6);
  });

  it("is taken off apparent performance, also of a score that is cross-fitted inside", () => {
    for (const model of ["X", "S"]) {
      const [own, apparent] = [find(model, "bootstrap").auc.value!, find(model, "apparent").auc.value!];
      expect(own).toBeLessThan(apparent);
      expect(Math.abs(own - find(model, "cross-validation").auc.value!)).toBeLessThan(0.06);
    }
  });

  it("leaves learners out and says so", () => {
    expect(corrected.map(({ model }) => model)).toEqual(["X", "S"]);
    const left = run.findings.find(({ code }) => code === "optimism-not-corrected")!;
    expect(left.message).toMatch(/; T is not corrected/);
  });

  it("is not sought where the protocol does not ask for it", async () => {
    const plain = await runStudy(input("{ folds: 3, repeats: 1 }"), machine());
    expect(plain.evaluations.filter(({ method }) => method === "bootstrap")).toEqual([]);
    expect(plain.evaluations).toEqual(run.evaluations.filter(({ method }) => method !== "bootstrap"));
  });
});
