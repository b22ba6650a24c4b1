import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { logistic } from "../../math/elementary.ts";
import { createRandom, type Random } from "../../math/random.ts";
import { runFitTask } from "../fit-task.ts";
import { freezeModel } from "../freeze-model.ts";
import type { Machine } from "../machine.ts";
import type { StudyInput } from "../prepare-study.ts";
import { readProtocol } from "../read-protocol.ts";
import { runStudy } from "../run-study.ts";
import { readStudyModel } from "../study-model.ts";
import { memoryVault } from "../vault.ts";
import { candidateModel } from "./candidate-model.ts";
import { monitorModel } from "./monitor-model.ts";

const protocol = readProtocol(
  `schema: sentinode/study@1
name: A study
cohort: { table: t.csv, id: id, enrolment: enrolled }
outcome: { variable: event, positive: 1, negative: 0, label: metastasis }
variables:
  x: { type: numeric, label: Size }
  grade: { type: categorical, levels: [low, middle, high] }
  enrolled: { type: date, role: date }
  known: { type: date, role: date }
  set: { type: categorical, levels: [dev, test, later], role: split }
blocks: { C: [x, grade] }
models: { C: [C] }
regression: { method: maximum-likelihood }
validation: { folds: 3, repeats: 1 }
split: { method: column, column: set, development: dev, test: test, prospective: later }
`,
  "study.yaml",
);

const dateOf = (day: number) => new Date(Date.UTC(2018, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);

interface Phase {
  readonly set: string;
  readonly count: number;
  readonly firstDay: number;
  /** Added to the log odds of the event. */
  readonly shift?: number;
  /** Added to x. */
  readonly larger?: number;
}

function rowsOf({ set, count, firstDay, shift = 0, larger = 0 }: Phase, random: Random): string[][] {
  return Array.from({ length: count }, (_, k) => {
    const x = random.normal() + larger;
    const grade = random.integer(3);
    const event = random.uniform() < logistic(-0.9 + 1.2 * x + 0.5 * grade + shift) ? "1" : "0";
    const day = firstDay + 2 * k;
    return [
      `${set}${String(k)}`,
      x.toFixed(3),
      ["low", "middle", "high"][grade],
      dateOf(day),
      dateOf(day + 60),
      set,
      event,
    ];
  });
}

const random = createRandom("monitor");
const earlier = [
  ...rowsOf({ set: "dev", count: 500, firstDay: 0 }, random),
  ...rowsOf({ set: "test", count: 60, firstDay: 1000 }, random),
];

function input(later: readonly (readonly string[])[]): StudyInput {
  const rows = [...earlier, ...later];
  const headers = ["id", "x", "grade", "enrolled", "known", "set", "event"];
  const rowNumbers = rows.map((_, row) => row + 2);
  return {
    protocol,
    table: { file: "t.csv", headers, rows, rowNumbers, decimal: ".", findings: [] },
    software: "test",
  };
}

const machine: Machine = {
  extract: () => Promise.resolve([]),
  fit: (data, tasks) => Promise.resolve(tasks.map((task) => runFitTask(data, task))),
  vault: memoryVault(),
  today: "2021-12-31",
};

const later = (count: number, change: Partial<Phase> = {}, seed = "later") =>
  rowsOf({ set: "later", count, firstDay: 1461, ...change }, createRandom(seed));
const calm = later(300);
const run = await runStudy(input(calm), machine);
const [stored] = run.models;
const frozen = freezeModel(stored, {
  on: "2021-12-31",
  model: stored.hash,
  results: "",
  ledger: { line: 1, hash: "" },
});
const settings = { column: "known", asOf: "2026-01-01", replays: 600 };
const watch = async (rows: readonly (readonly string[])[], own = {}) =>
  (await monitorModel(frozen, input(rows), machine, { ...settings, ...own })).report;

describe("a model's reference distribution", () => {
  it("holds counts of ten patients or more and no value of one", () => {
    const { risk, groups } = stored.reference!;
    const cells = [risk.cells, ...groups.flatMap(({ streams }) => streams)];
    for (const { counts } of cells) {
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(10);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
    }
    const xs = new Set(earlier.map(([, x]) => Number(x)));
    const x = groups.flatMap(({ streams }) => streams).find(({ column }) => column === "x")!;
    expect(x.upTo.filter((limit) => xs.has(limit)).length).toBeLessThan(3);
  });
});

describe("monitorModel", () => {
  it("is quiet where nothing changed, and proposes nothing", async () => {
    const report = await watch(calm);
    expect(report.charts.flatMap(({ alarms }) => alarms)).toEqual([]);
    expect(report.proposal.action).toBe("none");
    expect(report.patients).toBe(300);
    expect(report.findings.map(({ code }) => code)).not.toContain("monitoring-unfrozen");
  });

  it("gives the same bytes again, whatever the order of the table", async () => {
    const rows = createRandom("order").shuffle(calm);
    expect(JSON.stringify(await watch(rows))).toBe(JSON.stringify(await watch(calm)));
  });

  it("sounds where the event becomes rare, and proposes to recalibrate", async () => {
    const report = await watch(later(300, { shift: -1.6 }));
    const sounding = report.charts.filter(({ alarms }) => alarms.length > 0).map(({ name }) => name);
    expect(sounding).toContain("calibration since the start");
    expect(sounding).not.toContain("case mix");
    expect(report.proposal.action).toBe("recalibrate in the large");
    expect(report.proposal.update!.intercept).toBeCloseTo(-1.6, 0);
  });

  it("sounds where other patients come, and proposes no update while the risks are right", async () => {
    const report = await watch(later(300, { larger: 0.8 }));
    const sounding = report.charts.filter(({ alarms }) => alarms.length > 0);
    expect(sounding.map(({ name }) => name)).toContain("case mix");
    expect(report.charts.find(({ name }) => name === "case mix")!.shifts[0].label).toBe("Size");
    expect(sounding.map(({ name }) => name)).not.toContain("calibration lately");
  });

  it("looks at no outcome before it is known, nor at patients after the last day", async () => {
    const early = await watch(calm, { asOf: dateOf(1461 + 250) });
    expect(early.patients).toBe(126);
    expect(early.knownOutcomes).toBe(96);
    const changed = calm.map((cells, k) => (k < 96 ? cells : cells.with(6, cells[6] === "1" ? "0" : "1")));
    const same = await watch(changed, { asOf: dateOf(1461 + 250) });
    expect(same).toEqual(early);
  });

  it("counts a missing outcome as not known yet", async () => {
    const open = calm.map((cells, k) => (k % 3 === 0 ? cells.with(6, "") : cells));
    expect((await watch(open)).knownOutcomes).toBe(200);
  });

  it("keeps the model as it was", async () => {
    const before = JSON.stringify(frozen);
    await watch(later(200, { shift: -1.6 }));
    expect(JSON.stringify(frozen)).toBe(before);
  });

  it("refuses patients that the model learned from, days that are none and a study without such patients", async () => {
    const known = rowsOf({ set: "dev", count: 1, firstDay: 0 }, random).map((cells) =>
      cells.with(5, "later"),
    );
    const table = { ...input([]).table, rows: known, rowNumbers: [2] };
    await expect(monitorModel(frozen, { ...input([]), table }, machine, settings)).rejects.toThrow(
      /did not learn from/,
    );
    await expect(watch(calm, { asOf: "31.12.2021x" })).rejects.toThrow(InputError);
    await expect(watch([])).rejects.toThrow(/prospective phase/);
  });
});

describe("candidateModel", () => {
  it("is a new model that predicts the recalibrated risks and was never frozen", async () => {
    const rows = later(300, { shift: -1.6 });
    const { report, known } = await monitorModel(frozen, input(rows), machine, settings);
    const candidate = readStudyModel(
      JSON.parse(JSON.stringify(candidateModel(frozen, report, known))),
      "c.json",
    );
    expect(candidate.frozen).toBeUndefined();
    expect(candidate.updatedFrom?.model).toBe(frozen.hash);
    const others = later(300, { shift: -1.6 }, "others").map((cells) => cells.with(0, `new${cells[0]}`));
    const again = await monitorModel(candidate, input(others), machine, settings);
    expect(
      again.report.charts.filter(({ group, alarms }) => group === "outcomes" && alarms.length > 0),
    ).toEqual([]);
    await expect(monitorModel(candidate, input(rows), machine, settings)).rejects.toThrow(
      /did not learn from/,
    );
  });

  it("is refused where no recalibration is proposed", async () => {
    const { report, known } = await monitorModel(frozen, input(calm), machine, settings);
    expect(() => candidateModel(frozen, report, known)).toThrow(/the proposal is: none/);
  });
});
