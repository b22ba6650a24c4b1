import { describe, expect, it } from "vitest";
import type { RawTable } from "../../cohort/raw-table.ts";
import { createRandom } from "../../math/random.ts";
import { featureColumns } from "../../radiomics/feature-columns.ts";
import { runFitTask } from "../fit-task.ts";
import type { Machine } from "../machine.ts";
import { prepareStudy, type StudyInput } from "../prepare-study.ts";
import { readProtocol } from "../read-protocol.ts";
import { runStudy } from "../run-study.ts";
import { predictionsTable } from "../study-tables.ts";
import { memoryVault } from "../vault.ts";
import { auditStudy, type RunRecord } from "./audit-study.ts";

const PATIENTS = 110;
const random = createRandom(3).fork("table");
const rows = Array.from({ length: PATIENTS }, (_, row) => {
  const [age, size] = [random.normal(), random.normal()];
  const event = 0.9 * age + random.normal() > 0.2 ? "1" : "0";
  const set = row < 80 ? "development" : "test";
  const width = row % 9 === 0 ? "" : (20 + 5 * size).toFixed(1);
  return [`case${row}`, (55 + 9 * age).toFixed(1), width, set, `${row}.png`, `${row}_mask.png`, event];
});

const text = `schema: sentinode/study@1
name: a small study
seed: 7
cohort: { table: t.csv, id: id }
outcome: { variable: event, positive: 1, negative: 0, label: event }
variables:
  age: { type: numeric, unit: years }
  size: { type: numeric, unit: mm }
  set: { type: categorical, levels: [development, test], known: never, role: split }
images: { image: "{image}", mask: "{mask}", spacing: { mm: 0.1 } }
radiomics: { families: [firstOrder] }
blocks:
  C: [age, size]
  R: { radiomics: [firstOrder.variance, firstOrder.skewness] }
models: { C: [C], CR: [C, R] }
regression: { method: maximum-likelihood }
split: { method: column, column: set, development: development, test: test }
validation: { folds: 4, repeats: 2 }
thresholds: { rules: [youden], decisionCurve: { from: 0.1, to: 0.3, step: 0.1 } }
`;

const input: StudyInput = {
  protocol: readProtocol(text, "study.yaml"),
  table: {
    file: "t.csv",
    headers: ["id", "age", "size", "set", "image", "mask", "event"],
    rows,
    rowNumbers: rows.map((_, row) => row + 2),
    decimal: ".",
    findings: [],
  },
  software: "test",
};

/** Measures noise; says how often its vault was opened. */
function machine(): Machine & { readonly vault: ReturnType<typeof memoryVault> } {
  return {
    vault: memoryVault(),
    today: "2020-01-01",
    extract: (images, plan) =>
      Promise.resolve(
        images.map(({ image }) => {
          const noise = createRandom(image);
          const values = featureColumns(plan.settings).map(() => noise.normal());
          return { values, undefinedBecause: [], findings: [], background: values.slice(0, 12) };
        }),
      ),
    fit: (data, tasks) => Promise.resolve(tasks.map((task) => runFitTask(data, task))),
  };
}

const run = await runStudy(input, machine());
const written = predictionsTable(run);
const predictions: RawTable = {
  ...input.table,
  file: "predictions.csv",
  headers: written.headers,
  rows: written.rows.map((cells) => cells.map((cell) => (cell === null ? "" : String(cell)))),
};
const record: RunRecord = {
  predictions,
  models: run.models,
  openings: [{ dataset: "test", protocol: run.protocolHash, date: "2020-01-01" }],
};

async function audited(changed: Partial<RunRecord> = {}) {
  const own = machine();
  const prepared = await prepareStudy(input, own);
  const audit = await auditStudy(prepared, { ...record, ...changed }, own, { permutations: 20 });
  return { audit, openings: own.vault.openings.length };
}

const { audit, openings } = await audited();
const [permutations, availability, ledger, identities, shortcuts, plausibility] = audit.lamps;

describe("auditStudy", () => {
  it("finds nothing against an honest study, and opens no sealed outcome", () => {
    expect(audit.lamps.flatMap(({ reasons }) => reasons.filter(({ colour }) => colour === "red"))).toEqual(
      [],
    );
    expect(openings).toBe(0);
  });

  it("permutes the outcomes of the cross-validated patients alone", () => {
    expect(permutations.evidence.models.map(({ model }) => model)).toEqual(["C", "CR"]);
    for (const { aucs, honest, mean } of permutations.evidence.models) {
      expect(aucs).toHaveLength(20);
      expect(new Set(aucs).size).toBeGreaterThan(15);
      expect(honest).toBeGreaterThan(mean + 0.15);
    }
  });

  it("gives the same audit again", async () => {
    expect((await audited()).audit).toEqual(audit);
  });

  it("knows every column, the openings, the parts and what images add", () => {
    const used = availability.evidence.predictors.filter(({ blocks }) => blocks.length > 0);
    expect(used.map(({ name }) => name)).toEqual([
      "age",
      "size",
      "firstOrder.variance",
      "firstOrder.skewness",
    ]);
    expect(ledger.evidence.datasets).toEqual([{ dataset: "test", openings: 1, protocols: 1, isFirst: true }]);
    expect(identities.evidence.parts.map(({ rows: count }) => count)).toEqual([80, 30]);
    expect(identities.evidence.artefacts.checked).toBe(2);
    expect(shortcuts.evidence.models.map(({ name }) => name)).toEqual([
      "metadata",
      "missingness",
      "background",
    ]);
    expect(plausibility.evidence.increments.map(({ smaller, larger }) => [smaller, larger])).toEqual([
      ["C", "CR"],
    ]);
    expect(plausibility.evidence.imagesAlone!.name).toBe("R alone");
  });

  it("sees a model that learned from the patients it was tested on", async () => {
    const leaky = await runStudy(
      {
        ...input,
        table: {
          ...input.table,
          rows: rows.map((cells, row) =>
            row < 5 ? cells.with(3, "test") : row >= 100 ? cells.with(3, "development") : cells,
          ),
        },
      },
      machine(),
    );
    const { audit: found } = await audited({ models: leaky.models });
    expect(found.lamps[3].reasons.map(({ code }) => code)).toContain("judged-on-training-patients");
  });

  it("refuses models of another protocol", async () => {
    const models = run.models.map((model) => ({
      ...model,
      study: { ...model.study, protocolHash: "sha256:other" },
    }));
    await expect(audited({ models })).rejects.toThrow(/protocol of the run/);
  });
});
