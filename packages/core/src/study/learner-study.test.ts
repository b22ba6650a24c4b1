import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { createRandom } from "../math/random.ts";
import { methodsParagraphs } from "../report/methods.ts";
import { reportOfRun } from "../report/report-of-run.ts";
import { runFitTask } from "./fit-task.ts";
import type { Machine } from "./machine.ts";
import { readProtocol } from "./read-protocol.ts";
import { studyResults } from "./results.ts";
import type { StudyInput } from "./prepare-study.ts";
import { runStudy } from "./run-study.ts";
import { memoryVault } from "./vault.ts";

const random = createRandom(11);
const rows = Array.from({ length: 210 }, (_, row) => {
  const [age, size] = [random.normal(), random.normal()];
  const event = 0.5 * age + 2 * size * size + random.normal() > 1.4 ? "1" : "0";
  const set = row < 150 ? "development" : "test";
  return [`case${row}`, age.toFixed(2), row % 19 === 0 ? "" : size.toFixed(2), set, event];
});

const protocolText = (models: string) => `schema: sentinode/study@1
name: learners
seed: 3
cohort: { table: t.csv, id: id }
outcome: { variable: event, positive: 1, negative: 0, label: event }
variables:
  age: { type: numeric }
  size: { type: numeric }
  set: { type: categorical, levels: [development, test], known: never, role: split }
blocks:
  A: [age, size]
  S:
    predictors: [age, size]
    entersAs: score
    scoreLearner: { method: boosting, depths: [1, 2], rounds: 40, folds: 3 }
models: ${models}
split: { method: column, column: set, development: development, test: test }
validation: { folds: 3, repeats: 1 }
thresholds: { rules: ["p>=0.10"], decisionCurve: { from: 0.1, to: 0.3, step: 0.1 } }
`;
const ALL = `
  L: { blocks: [A], regression: { method: maximum-likelihood } }
  B: { blocks: [A], learner: { method: boosting, depths: [1, 2], rounds: 40, folds: 3 } }
  F: { blocks: [A], learner: { method: forest, trees: 60 } }
  V: { blocks: [A], learner: { method: svm, costs: [1], folds: 3 } }
  W: { blocks: [A], learner: { method: svm, kernel: radial, costs: [1], gammas: [1], folds: 3 } }
  T: { blocks: [S], regression: { method: maximum-likelihood } }`;

const machine: Machine = {
  extract: async () => Promise.resolve([]),
  vault: memoryVault(),
  today: "2015-12-31",
  fit: async (data, tasks) => Promise.resolve(tasks.map((task) => runFitTask(data, task))),
};

function input(models: string): StudyInput {
  return {
    protocol: readProtocol(protocolText(models), "study.yaml"),
    table: {
      file: "t.csv",
      headers: ["id", "age", "size", "set", "event"],
      rows,
      rowNumbers: rows.map((_, row) => row + 2),
      decimal: ".",
      findings: [],
    },
    software: "test",
  };
}

const run = await runStudy(input(ALL), machine);

describe("a study with learners", () => {
  it("judges them as it judges regressions", () => {
    const { evaluations } = studyResults(run);
    for (const model of ["L", "B", "F", "V", "W", "T"])
      for (const method of ["apparent", "cross-validation", "held-out"])
        expect(evaluations.some((one) => one.model === model && one.method === method)).toBe(true);
  });

  it("has the same bytes with the same seed", async () => {
    const again = await runStudy(input(ALL), machine);
    expect(JSON.stringify(studyResults(again))).toBe(JSON.stringify(studyResults(run)));
    expect(again.models.map(({ hash }) => hash)).toEqual(run.models.map(({ hash }) => hash));
  });

  it("finds what a straight line cannot", () => {
    const aucOf = (model: string) =>
      studyResults(run).evaluations.find((one) => one.model === model && one.method === "cross-validation")!
        .auc.value!;
    for (const learner of ["B", "F", "W", "T"]) expect(aucOf(learner)).toBeGreaterThan(aucOf("L"));
  });

  it("says that a radial machine holds patients", () => {
    const named = run.findings.filter(({ code }) => code === "model-holds-patients");
    expect(named.some(({ message }) => message.startsWith("model W:"))).toBe(true);
    expect(named.every(({ message }) => !message.startsWith("model V"))).toBe(true);
  });

  it("reports coefficients of regressions and contributions of learners", () => {
    const { models } = reportOfRun(run, []);
    const shown = models.map(({ name, coefficients, contributions = null }) => [
      name,
      coefficients.length > 0,
      contributions !== null,
    ]);
    expect(shown).toEqual([
      ["L", true, false],
      ["B", false, true],
      ["F", false, true],
      ["V", false, true],
      ["W", false, false],
      ["T", true, false],
    ]);
  });

  it("names every method in its Methods section", () => {
    const text = methodsParagraphs(run.protocol).join(" ");
    for (const words of ["boosted trees", "random forest", "linear support vector", "radial support vector"])
      expect(text).toContain(words);
  });
});

describe("a protocol with learners", () => {
  it("refuses a regression and a learner in one model", () => {
    const both = "{ M: { blocks: [A], regression: { method: ridge }, learner: { method: forest } } }";
    expect(() => input(both)).toThrow(/a regression or a learner; it has both/);
  });

  it("refuses more folds of a learner than the smallest class has patients", async () => {
    const many = "{ M: { blocks: [A], learner: { method: svm, folds: 20 } } }";
    const few = { ...input(many) };
    const fewEvents = {
      ...few,
      table: {
        ...few.table,
        rows: rows.map((row, index) => [...row.slice(0, 4), index % 10 === 0 ? "1" : "0"]),
      },
    };
    await expect(runStudy(fewEvents, machine)).rejects.toThrow(InputError);
  });
});
