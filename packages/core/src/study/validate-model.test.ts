import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { runFitTask } from "./fit-task.ts";
import { freezeModel } from "./freeze-model.ts";
import type { Machine } from "./machine.ts";
import type { StudyInput } from "./prepare-study.ts";
import { readProtocol } from "./read-protocol.ts";
import { runStudy } from "./run-study.ts";
import { readStudyModel, type StudyModel } from "./study-model.ts";
import { validateModel } from "./validate-model.ts";
import { memoryVault, type MemoryVault } from "./vault.ts";

const headers = ["id", "x", "enrolled", "set", "event"];

/** Half of the patients have the event, who have a higher x on the whole. */
const rowsOf = (first: string, count: number, set: string, year: number) =>
  Array.from({ length: count }, (_, k) => [
    `${first}${String(k)}`,
    String(((k * 7) % 11) + (k % 2) * 4),
    `${String(year)}-0${String(1 + (k % 9))}-15`,
    set,
    String(k % 2),
  ]);

const rows = [
  ...rowsOf("d", 60, "dev", 2018),
  ...rowsOf("t", 30, "test", 2019),
  ...rowsOf("p", 40, "later", 2021),
];

function input(split: string, table = rows): StudyInput {
  const protocol = readProtocol(
    `schema: sentinode/study@1
name: A study
cohort: { table: t.csv, id: id }
outcome: { variable: event, positive: 1, negative: 0, label: metastasis }
variables:
  x: { type: numeric }
  enrolled: { type: date, role: date }
  set: { type: categorical, levels: [dev, test, later], role: split }
blocks: { C: [x] }
models: { C: [C] }
regression: { method: maximum-likelihood }
validation: { folds: 3, repeats: 1 }
split: ${split}
`,
    "study.yaml",
  );
  const rowNumbers = table.map((_, row) => row + 2);
  return {
    protocol,
    table: { file: "t.csv", headers, rows: table, rowNumbers, decimal: ".", findings: [] },
    software: "test",
  };
}

const threeParts = "{ method: column, column: set, development: dev, test: test, prospective: later }";

function machineOf(today: string, vault: MemoryVault = memoryVault()): Machine {
  return {
    extract: () => Promise.resolve([]),
    fit: (data, tasks) => Promise.resolve(tasks.map((task) => runFitTask(data, task))),
    vault,
    today,
  };
}

const run = await runStudy(input(threeParts), machineOf("2020-06-30"));
const [model] = run.models;

function frozenOn(on: string): StudyModel {
  return freezeModel(model, {
    on,
    model: model.hash,
    results: "sha256:0",
    ledger: { line: 5, hash: "sha256:1" },
  });
}

describe("the prospective set of a run", () => {
  it("is scored by models that are older than its patients", () => {
    const datasets = run.evaluations
      .filter(({ method }) => method === "held-out")
      .map(({ dataset }) => dataset);
    expect(datasets).toEqual(["test", "prospective"]);
    expect(run.findings.map(({ code }) => code)).not.toContain("prospective-sealed");
  });

  it("stays sealed where the patients were there before the models", async () => {
    const vault = memoryVault();
    const late = await runStudy(input(threeParts), machineOf("2021-01-15", vault));
    expect(vault.openings.map(({ dataset }) => dataset)).toEqual(["test"]);
    expect(late.predictions.map(({ dataset }) => dataset)).not.toContain("prospective");
    expect(late.findings.map(({ code }) => code)).toContain("prospective-sealed");
  });

  it("is opened after the models are final, for these models", async () => {
    const vault = memoryVault();
    const again = await runStudy(input(threeParts), machineOf("2020-06-30", vault));
    const models = again.models.map(({ name, hash }) => ({ name, hash }));
    for (const opening of vault.openings) {
      expect(opening.purpose).toBe("held-out evaluation");
      expect(opening.models.map(({ name, hash }) => ({ name, hash }))).toEqual(models);
    }
  });
});

describe("freezing", () => {
  it("changes nothing but the freeze and the hash, and can be read again", () => {
    const frozen = frozenOn("2020-07-01");
    expect({ ...frozen, frozen: undefined, hash: model.hash }).toEqual({ ...model, frozen: undefined });
    expect(frozen.hash).not.toBe(model.hash);
    expect(readStudyModel(JSON.parse(JSON.stringify(frozen)), "m.json")).toEqual(frozen);
  });

  it("cannot be moved to another day by hand", () => {
    const text = JSON.stringify(frozenOn("2022-07-01")).replace("2022-07-01", "2020-07-01");
    expect(() => readStudyModel(JSON.parse(text), "m.json")).toThrow(/does not match its hash/);
  });

  it("happens once, to the model that it names", () => {
    const frozen = frozenOn("2020-07-01");
    expect(() => freezeModel(frozen, frozen.frozen!)).toThrow(/frozen since 2020-07-01/);
    expect(() => freezeModel(model, { ...frozen.frozen!, model: "sha256:2" })).toThrow(InputError);
  });
});

describe("validating a frozen model", () => {
  it("judges the prospective patients alone, as the run that froze it would", async () => {
    const vault = memoryVault();
    const validation = await validateModel(
      frozenOn("2020-07-01"),
      input(threeParts),
      machineOf("2022-01-01", vault),
    );
    expect(validation.flow.analysed).toBe(40);
    const ofRun = run.evaluations.filter(({ dataset }) => dataset === "prospective");
    expect(validation.evaluations).toEqual(ofRun);
    expect(vault.openings.map(({ dataset, models }) => [dataset, models[0].name])).toEqual([
      ["prospective", "C"],
    ]);
  });

  it("refuses a model that is no older than the first patient, and says so with both days", async () => {
    for (const day of ["2021-01-15", "2023-01-01"])
      await expect(validateModel(frozenOn(day), input(threeParts), machineOf("2023-01-02"))).rejects.toThrow(
        `frozen on ${day}, and a first patient of 2021-01-15`,
      );
  });

  it("refuses where a day of enrolment is missing", async () => {
    const unknown = rows.map((cells) => (cells[0] === "p3" ? cells.with(2, "") : cells));
    await expect(
      validateModel(frozenOn("2020-07-01"), input(threeParts, unknown), machineOf("2022-01-01")),
    ).rejects.toThrow(/date of enrolment of every prospective patient/);
  });

  it("refuses a model that was never frozen, and patients that it learned from", async () => {
    await expect(validateModel(model, input(threeParts), machineOf("2022-01-01"))).rejects.toThrow(
      /frozen model/,
    );
    await expect(
      validateModel(frozenOn("2020-07-01"), input("{ method: none }"), machineOf("2022-01-01")),
    ).rejects.toThrow(/did not learn from/);
  });

  it("judges all patients of another place as an external set", async () => {
    const elsewhere = rowsOf("e", 50, "dev", 2015);
    const validation = await validateModel(
      frozenOn("2020-07-01"),
      input("{ method: none }", elsewhere),
      machineOf("2022-01-01"),
    );
    expect(validation.evaluations.map(({ dataset, patients }) => [dataset, patients])).toEqual([
      ["external:A study", 50],
    ]);
  });
});
