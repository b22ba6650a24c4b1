import { describe, expect, it } from "vitest";
import type { RawTable } from "../cohort/raw-table.ts";
import { InputError } from "../errors.ts";
import { createRandom } from "../math/random.ts";
import { featureColumns } from "../radiomics/feature-columns.ts";
import { runFitTask } from "./fit-task.ts";
import type { Machine } from "./machine.ts";
import { predictPatients } from "./predict-patients.ts";
import { readProtocol } from "./read-protocol.ts";
import { runStudy } from "./run-study.ts";
import { simulateStudy } from "./simulate-study.ts";
import { readStudyModel } from "./study-model.ts";
import { memoryVault } from "./vault.ts";

/** Measures noise that depends on the name of the image alone. */
const machine: Machine = {
  extract: async (images, plan) =>
    Promise.resolve(
      images.map(({ image }) => {
        const random = createRandom(image);
        const values = featureColumns(plan.settings).map(() => random.normal());
        return { values, undefinedBecause: [], findings: [] };
      }),
    ),
  vault: memoryVault(),
  today: "2015-12-31",
  fit: async (data, tasks) => Promise.resolve(tasks.map((task) => runFitTask(data, task))),
};

const simulated = simulateStudy({ patients: 130, seed: 4 });
const protocol = readProtocol(
  simulated.protocol
    .replace("families: [firstOrder, shape2d, glcm, glrlm, glszm, ngtdm]", "families: [firstOrder]")
    .replace("repeats: 20", "repeats: 1"),
  "study.yaml",
);
const run = await runStudy({ protocol, table: simulated.table, software: "test" }, machine);
const stored = run.models.map((model) => JSON.parse(JSON.stringify(model)) as unknown);
const models = stored.map((value) => readStudyModel(value, "model.json"));
const heldOut = run.predictions.find(({ method }) => method === "held-out")!;

/** The rows of the held-out patients with the columns that `keep` names, in another order. */
function newPatients(keep: (header: string) => boolean): RawTable {
  const { headers, rows } = simulated.table;
  const columns = createRandom(1).shuffle([...headers.keys()].filter((column) => keep(headers[column])));
  const wanted = new Set<string>(heldOut.patients);
  const kept = rows.filter((row) => wanted.has(row[headers.indexOf("patient_id")])).reverse();
  return {
    ...simulated.table,
    file: "new.csv",
    headers: columns.map((column) => headers[column]),
    rows: kept.map((row) => columns.map((column) => row[column])),
    rowNumbers: kept.map((_, row) => row + 2),
  };
}

const withoutOutcome = newPatients((header) => header !== "nsln_metastasis");

describe("a stored model", () => {
  it.each(models.map((model, index) => [model.name, index] as const))(
    "%s gives the bits of the run's held-out predictions, without an outcome and in any order",
    async (name, index) => {
      const { predictions } = await predictPatients(models[index], withoutOutcome, machine);
      const byPatient = new Map(predictions.map(({ patient, probability }) => [patient, probability]));
      expect(heldOut.patients.length).toBeGreaterThan(20);
      expect(heldOut.patients.map((patient) => byPatient.get(patient))).toEqual([
        ...heldOut.models.find(({ model }) => model === name)!.repeats[0].probability,
      ]);
    },
  );

  it("predicts for one patient what it predicts among others", async () => {
    const model = models.at(-1);
    const all = await predictPatients(model, withoutOutcome, machine);
    for (const [row, cells] of withoutOutcome.rows.slice(0, 5).entries()) {
      const alone = await predictPatients(
        model,
        { ...withoutOutcome, rows: [cells], rowNumbers: [2] },
        machine,
      );
      expect(alone.predictions).toEqual([all.predictions[row]]);
    }
  });

  it("says which thresholds a probability reaches, those equal to it among them", async () => {
    const model = models[0];
    const { predictions } = await predictPatients(model, withoutOutcome, machine);
    const [first] = predictions;
    const exact = { ...model, thresholds: [{ name: "exact", threshold: first.probability }] };
    const again = await predictPatients(exact, withoutOutcome, machine);
    expect(again.predictions[0].reaches).toEqual([true]);
    for (const { probability, reaches } of predictions)
      expect(reaches).toEqual(model.thresholds.map(({ threshold }) => probability >= threshold));
  });

  it("needs only its own columns: a model without radiomics reads no image", async () => {
    const blind: Machine = { ...machine, extract: () => Promise.reject(new Error("no image may be read")) };
    const own = new Set(["patient_id", ...models[0].inputs.variables.map(({ name }) => name)]);
    const { predictions } = await predictPatients(
      models[0],
      newPatients((header) => own.has(header)),
      blind,
    );
    expect(predictions).toHaveLength(heldOut.patients.length);
  });

  it("refuses a table without a column that it needs, by its name", async () => {
    const [missing] = models[0].inputs.variables;
    const table = newPatients((header) => header !== missing.name);
    await expect(predictPatients(models[0], table, machine)).rejects.toThrow(InputError);
    await expect(predictPatients(models[0], table, machine)).rejects.toThrow(missing.name);
  });

  it("refuses patients that it learned from, by their study ids, and says where their predictions are", async () => {
    const [stranger] = heldOut.patients;
    const known = run.split.development.slice(0, 2);
    const { headers, rows } = simulated.table;
    const id = headers.indexOf("patient_id");
    const kept = rows.filter((row) => [stranger, ...known].some((patient) => patient === row[id]));
    const table = { ...simulated.table, rows: kept, rowNumbers: kept.map((_, row) => row + 2) };
    const refusal = predictPatients(models[0], table, machine);
    await expect(refusal).rejects.toThrow(InputError);
    await expect(refusal).rejects.toThrow(`got 2 that it did: ${known.join(", ")};`);
    await expect(refusal).rejects.toThrow("out-of-fold predictions are in predictions.csv");
    await expect(refusal).rejects.not.toThrow(stranger);
  });

  it("asks for a new run where it was stored before models knew whom they learned from", () => {
    const old = { ...(stored[0] as object), schema: "sentinode/study-model@1" };
    expect(() => readStudyModel(old, "model.json")).toThrow(/got @1, .* run its study again/);
  });

  it.each([
    ["a coefficient", (text: string) => text.replace(/"coefficient":-?[\d.e-]+/, '"coefficient":0.123')],
    ["a threshold", (text: string) => text.replace(/"threshold":[\d.e-]+/, '"threshold":0.5')],
    ["a level", (text: string) => text.replace('"code":"IDC"', '"code":"ILD"')],
    ["its hash", (text: string) => text.replace(/"hash":"sha256:.{4}/, '"hash":"sha256:0000')],
  ])("is refused by its hash after a change of %s", (_what, change) => {
    const text = JSON.stringify(stored[0]);
    const changed = change(text);
    expect(changed).not.toBe(text);
    expect(() => readStudyModel(JSON.parse(changed), "model.json")).toThrow(/does not match its hash/);
  });

  it("is read after its keys were put in another order", () => {
    const reversed = Object.fromEntries(Object.entries(stored[0] as object).reverse());
    expect(readStudyModel(reversed, "model.json")).toEqual(stored[0]);
  });

  it.each([null, 3, [], {}, { schema: "sentinode/model@1" }])("is not %j", (value) => {
    expect(() => readStudyModel(value, "model.json")).toThrow(InputError);
  });
});
