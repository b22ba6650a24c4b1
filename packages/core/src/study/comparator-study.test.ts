import { describe, expect, it } from "vitest";
import { methodsParagraphs } from "../report/methods.ts";
import { reportOfRun } from "../report/report-of-run.ts";
import { summarySentences } from "../report/summary.ts";
import { createRandom } from "../math/random.ts";
import { auc } from "../validation/roc.ts";
import { runFitTask } from "./fit-task.ts";
import type { Machine } from "./machine.ts";
import type { StudyInput } from "./prepare-study.ts";
import { readProtocol } from "./read-protocol.ts";
import { studyResults } from "./results.ts";
import { runStudy } from "./run-study.ts";
import { predictionsTable } from "./study-tables.ts";
import { memoryVault } from "./vault.ts";

const PATIENTS = 150;
const TEST_FROM = 100;
const headers = ["id", "age", "size", "macro", "pos", "rem", "lvi", "met", "tool", "reader", "set", "event"];
type Row = readonly string[];

/** Every seventh patient lacks the tool's risk, every eleventh the number of nodes removed. */
function rowsOf(seed: number): Row[] {
  const random = createRandom(seed).fork("comparators");
  return Array.from({ length: PATIENTS }, (_, row) => {
    const [age, size] = [random.normal(), random.normal()];
    const positive = 1 + random.integer(2);
    const event = 0.9 * age + 0.8 * size + 0.6 * positive + random.normal() > 1.1;
    const risk = Math.min(99, Math.max(1, Math.round(30 + 20 * size + 8 * random.normal())));
    return [
      `case${String(row)}`,
      (55 + 9 * age).toFixed(1),
      Math.max(1, 18 + 6 * size).toFixed(1),
      random.bernoulli(0.5) ? "1" : "0",
      String(positive),
      row % 11 === 5 ? "" : String(positive + random.integer(3)),
      random.bernoulli(0.3) ? "1" : "0",
      (1 + random.integer(9)).toFixed(1),
      row % 7 === 3 ? "" : String(risk),
      ["low", "mid", "high"][Math.min(2, Math.max(0, Math.round(1 + size + 0.5 * random.normal())))],
      row < TEST_FROM ? "development" : "test",
      event ? "1" : "0",
    ];
  });
}

const comparators = `comparators:
  Tenon: { score: tenon, size: size, macrometastasis: macro, positive: pos, removed: rem }
  Tool: { probability: tool, scale: percent, label: Another tool }
  Reader: { score: reader, higher: worse }
  SCC: { refit: scc-nsln, lvi: lvi, positive: pos, negative: rem, metastasis: met }
  Old: { refit: [size, reader], label: "Two old predictors, refitted" }
`;
const protocolText = (
  added = comparators,
  validation = "{ folds: 4, repeats: 2 }",
) => `schema: sentinode/study@1
name: a study with comparators
seed: 7
cohort: { table: t.csv, id: id }
outcome: { variable: event, positive: 1, negative: 0, label: event }
variables:
  age: { type: numeric, unit: years }
  size: { type: numeric, unit: mm }
  macro: { type: binary }
  pos: { type: ordinal, levels: [1, 2] }
  rem: { type: numeric }
  lvi: { type: binary }
  met: { type: numeric, unit: mm }
  tool: { type: numeric, range: [0, 100], known: never, role: comparator }
  reader: { type: ordinal, levels: [low, mid, high], known: never, role: comparator }
  set: { type: categorical, levels: [development, test], known: never, role: split }
blocks: { C: [age], S: [size] }
models: { C: [C], CS: [C, S] }
${added}regression: { method: maximum-likelihood }
split: { method: column, column: set, development: development, test: test }
validation: ${validation}
subgroups: [{ variable: lvi }]
thresholds: { rules: [fnr<=0.10, youden, "p>=0.10"], decisionCurve: { from: 0.1, to: 0.3, step: 0.1 } }
`;

function input(rows: readonly Row[], text = protocolText()): StudyInput {
  const rowNumbers = rows.map((_, row) => row + 2);
  return {
    protocol: readProtocol(text, "study.yaml"),
    table: { file: "t.csv", headers, rows, rowNumbers, decimal: ".", findings: [] },
    software: "test",
  };
}

const machine = (): Machine => ({
  vault: memoryVault(),
  today: "2026-01-01",
  extract: () => Promise.reject(new Error("there are no images")),
  fit: async (data, tasks) => Promise.resolve(tasks.map((task) => runFitTask(data, task))),
});

const rows = rowsOf(1);
const run = await runStudy(input(rows), machine());
const results = studyResults(run);
const find = (model: string, dataset: string, method: string) =>
  results.evaluations.find((one) => one.model === model && one.dataset === dataset && one.method === method)!;
const columnOf = (name: string) => headers.indexOf(name);
const testRows = rows.slice(TEST_FROM);
const eventsOf = (some: readonly Row[]) => Uint8Array.from(some, (row) => Number(row[columnOf("event")]));

describe("a study with comparators", () => {
  it("names them, with their kind", () => {
    expect(results.comparators.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      "Tenon published",
      "Tool imported",
      "Reader judgement",
      "SCC refitted",
      "Old refitted",
    ]);
  });

  it("judges each on every whole set, and models alone in subgroups", () => {
    for (const { name } of results.comparators) {
      const sets = results.evaluations.filter(({ model }) => model === name);
      expect(sets.map(({ dataset, method }) => `${dataset} ${method}`)).toEqual([
        "development apparent",
        "development cross-validation",
        "test held-out",
      ]);
    }
  });

  it("compares every model with every comparator, and no comparator with another", () => {
    const pairs = results.comparisons.filter(({ dataset }) => dataset === "test");
    const names = results.comparators.map(({ name }) => name);
    expect(pairs.map(({ first, second }) => `${first} ${second}`).sort()).toEqual(
      ["C CS", ...names.flatMap((name) => [`C ${name}`, `CS ${name}`])].sort(),
    );
  });

  it("ranks patients by the score as it is, whichever fold they are in", () => {
    const ranks = Float64Array.from(testRows, (row) =>
      ["low", "mid", "high"].indexOf(row[columnOf("reader")]),
    );
    expect(find("Reader", "test", "held-out").auc.value).toBeCloseTo(auc(eventsOf(testRows), ranks), 12);
    const development = rows.slice(0, TEST_FROM);
    const own = Float64Array.from(development, (row) =>
      ["low", "mid", "high"].indexOf(row[columnOf("reader")]),
    );
    const judged = find("Reader", "development", "cross-validation");
    expect(judged.auc.value).toBeCloseTo(auc(eventsOf(development), own), 12);
    expect(judged.auc.method).toBe("DeLong");
  });

  it("leaves patients without its inputs out of a comparator, says how many, and imputes nothing", () => {
    const known = testRows.filter((row) => row[columnOf("tool")] !== "");
    const judged = find("Tool", "test", "held-out");
    expect(judged.patients).toBe(known.length);
    const stated = Float64Array.from(known, (row) => Number(row[columnOf("tool")]) / 100);
    expect(judged.auc.value).toBeCloseTo(auc(eventsOf(known), stated), 12);
    expect(find("C", "test", "held-out").patients).toBe(testRows.length);
    expect(find("SCC", "test", "held-out").patients).toBe(testRows.length);
    const left = results.findings.filter(({ code }) => code === "comparator-incomplete");
    expect(left.map(({ message }) => message).join("\n")).toMatch(
      new RegExp(`Tool on test, held-out: ${String(testRows.length - known.length)} of 50`),
    );
    const pair = results.comparisons.find(
      ({ first, second, dataset }) => first === "C" && second === "Tool" && dataset === "test",
    )!;
    expect(pair.patients).toBe(known.length);
  });

  it("judges the calibration of an imported risk as it was stated", () => {
    const known = testRows.filter((row) => row[columnOf("tool")] !== "");
    const stated = known.map((row) => Number(row[columnOf("tool")]) / 100);
    const events = eventsOf(known);
    const brier = stated.reduce((sum, risk, i) => sum + (risk - events[i]) ** 2, 0) / known.length;
    expect(find("Tool", "test", "held-out").brier.value).toBeCloseTo(brier, 12);
  });

  it("gives equal scores equal risks in a held-out set", () => {
    const table = predictionsTable(run);
    const at = (name: string) => table.headers.indexOf(name);
    const held = table.rows.filter((row) => row[at("method")] === "held-out");
    const risks = new Map<unknown, Set<unknown>>();
    for (const row of held)
      risks.set(
        row[at("Reader score")],
        (risks.get(row[at("Reader score")]) ?? new Set()).add(row[at("Reader")]),
      );
    expect([...risks.values()].every((own) => own.size === 1)).toBe(true);
    expect(held.some((row) => row[at("Tool")] === null && row[at("Tool recalibrated")] === null)).toBe(true);
  });

  it("judges a published score at its published cut-off", () => {
    const table = predictionsTable(run);
    const at = (name: string) => table.headers.indexOf(name);
    const held = table.rows.filter(
      (row) => row[at("method")] === "held-out" && row[at("Tenon score")] !== null,
    );
    const called = held.filter((row) => Number(row[at("Tenon score")]) > 3.5);
    const { thresholds } = find("Tenon", "test", "held-out");
    const point = thresholds.find(({ name }) => name === "score>3.5")!;
    const { truePositives, falsePositives } = point.counts;
    expect(truePositives + falsePositives).toBe(called.length);
    expect(truePositives).toBe(called.filter((row) => row[at("outcome")] === 1).length);
    expect(find("Reader", "test", "held-out").thresholds).toHaveLength(3);
  });

  it("learns nothing about a comparator from the test patients", async () => {
    const others = rows.map((row, index) =>
      index < TEST_FROM ? row : row.with(columnOf("event"), row[columnOf("event")] === "1" ? "0" : "1"),
    );
    const again = await runStudy(input(others), machine());
    const risks = (one: typeof run) => predictionsTable(one).rows.map((row) => row.slice(6 + 2));
    expect(risks(again)).toEqual(risks(run));
  });

  it("leaves the models as they are without comparators", async () => {
    const without = studyResults(await runStudy(input(rows, protocolText("")), machine()));
    expect(without.comparators).toEqual([]);
    const names = new Set(["C", "CS"]);
    expect(results.evaluations.filter(({ model }) => names.has(model))).toEqual(without.evaluations);
    expect(results.comparisons.filter(({ first, second }) => names.has(first) && names.has(second))).toEqual(
      without.comparisons,
    );
  });

  it("tells of a score that stands on its head", async () => {
    const reversed = protocolText("comparators: { Reader: { score: reader, higher: better } }\n");
    const { findings } = await runStudy(input(rows, reversed), machine());
    expect(findings.map(({ code }) => code)).toContain("comparator-reversed");
  });

  it("goes on without a comparator that hardly any patient has", async () => {
    const rare = rows.map((row, index) => (index === 0 ? row : row.with(columnOf("tool"), "")));
    const { evaluations, findings } = await runStudy(input(rare), machine());
    expect(evaluations.some(({ model }) => model === "Tool")).toBe(false);
    expect(findings.map(({ code }) => code)).toContain("comparator-not-judged");
  });

  it("is told in the words of the report", () => {
    const methods = methodsParagraphs(run.protocol).join("\n");
    expect(methods).toMatch(/Comparators\. Tenon: .*unverified/);
    expect(methods).toMatch(/Tool: Another tool, a risk that another tool gave \(column tool\)/);
    const summary = summarySentences(reportOfRun(run, [])).join("\n");
    expect(summary).toMatch(/Comparators \(test set\).*Tenon \(published score, points unverified\)/);
  });
});
