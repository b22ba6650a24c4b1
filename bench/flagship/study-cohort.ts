import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  delongAuc,
  extractRadiomics,
  type ImageFeatures,
  type Machine,
  memoryVault,
  prepareStudy,
  type PreparedStudy,
  type Protocol,
  type RadiomicsSettings,
  readProtocol,
  runFitTask,
  simulateStudy,
  type SimulatedStudy,
} from "@sentinode/core";
import type { CohortRow, CohortTask, SetAuc } from "./cohort-task.ts";

const root = resolve(import.meta.dirname, "../..");

/** The fewest folds that a protocol takes, since only final fits are used here. */
const validation = { folds: 2, repeats: 1, patients: "development" as const };

/**
 * The flagship study of one simulated cohort: images drawn and measured, models fitted on the development set, test and
 * prospective patients predicted once.
 *
 * @param task With the file that keeps the features: images of the same settings and simulator are not drawn again.
 */
export async function studyCohort(task: CohortTask & { readonly features: string }): Promise<CohortRow> {
  const file = join(root, "examples/nsln-simulated/study.yaml");
  const written = readProtocol(readFileSync(file, "utf8"), "study.yaml");
  const { C, CA } = written.models;
  const { images, ...clinical } = written;
  const protocol: Protocol = {
    ...clinical,
    ...(task.images && images !== undefined ? { images } : {}),
    validation,
    seed: task.seed,
    models: task.images ? { ...written.models, R: ["R"] } : { C, CA },
    comparators: {},
  };
  const study = simulateStudy({ patients: task.patients, seed: task.seed, signal: task.signal });
  const seconds = { draw: 0, measure: 0, fit: 0 };
  const prepared = await prepareStudy(
    { protocol, table: study.table, software: "bench" },
    memoryMachine(study, task.features, seconds),
    "check",
  );
  const started = threadSeconds();
  const data = { predictors: prepared.predictors, outcome: prepared.cohort.outcome, seed: task.seed };
  const fits = prepared.tasks.final.map((fit) => ({
    name: fit.model.name,
    testing: fit.testing,
    probabilities: runFitTask(data, fit).probabilities,
  }));
  seconds.fit = threadSeconds() - started;
  const scores = new Map(
    fits.map(({ name, testing, probabilities }) => [
      name,
      new Map(testing.map((patient, k) => [patient, probabilities[k]])),
    ]),
  );
  const truth = truthOf(study);
  const test = prepared.split.test;
  const radiomic = scores.get("R");
  return {
    patients: task.patients,
    seed: task.seed,
    signal: task.signal,
    images: task.images,
    test: aucOf(test, scores, truth),
    prospective: aucOf(prepared.split.prospective, scores, truth),
    likeness:
      radiomic === undefined
        ? null
        : correlation(
            test.map((patient) => Math.log(radiomic.get(patient)! / (1 - radiomic.get(patient)!))),
            test.map((patient) => truth.get(patient)!.imageTrait),
          ),
    seconds,
  };
}

interface Seconds {
  draw: number;
  measure: number;
  fit: number;
}

/** Processor time of this thread, which other work on the machine hardly changes. */
function threadSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}

interface Truth {
  readonly event: number;
  readonly probability: number;
  readonly imageTrait: number;
}

/** A machine that draws the frames of patients when they are to be measured, unless their features are kept in a file. */
function memoryMachine(study: SimulatedStudy, kept: string, seconds: Seconds): Machine {
  const idAt = study.table.headers.indexOf("patient_id");
  const rowOf = new Map(study.table.rows.map((row, index) => [row[idAt], index]));
  return {
    vault: memoryVault(),
    today: "2023-01-01",
    fit: () => Promise.reject(new Error("the bench fits on its own")),
    extract: (images, { settings }) => {
      const key = JSON.stringify(settings);
      if (existsSync(kept)) {
        const found = JSON.parse(readFileSync(kept, "utf8")) as { key: string; features: ImageFeatures[] };
        if (found.key === key && found.features.length === images.length)
          return Promise.resolve(found.features);
      }
      const features = images.map(({ patient }) =>
        measureFrame(study, rowOf.get(patient)!, settings, seconds),
      );
      writeFileSync(kept, JSON.stringify({ key, features }));
      return Promise.resolve(features);
    },
  };
}

function measureFrame(
  study: SimulatedStudy,
  row: number,
  settings: RadiomicsSettings,
  seconds: Seconds,
): ImageFeatures {
  const started = threadSeconds();
  const { image, mask } = study.frame(row);
  const drawn = threadSeconds();
  const values = extractRadiomics(image, mask, settings).map(({ value }) => value);
  seconds.draw += drawn - started;
  seconds.measure += threadSeconds() - drawn;
  return {
    values: values.map(({ value }) => value),
    undefinedBecause: values.flatMap((value, position) =>
      value.value === null ? [[position, value.reason] as const] : [],
    ),
    findings: [],
  };
}

function truthOf({ table, truth }: SimulatedStudy): ReadonlyMap<string, Truth> {
  const [idAt, eventAt] = ["patient_id", "nsln_metastasis"].map((name) => table.headers.indexOf(name));
  const [probabilityAt, traitAt] = ["probability", "image_trait"].map((name) => truth.headers.indexOf(name));
  return new Map(
    table.rows.map((row, index) => [
      row[idAt],
      {
        event: Number(row[eventAt]),
        probability: Number(truth.rows[index][probabilityAt]),
        imageTrait: Number(truth.rows[index][traitAt]),
      },
    ]),
  );
}

/** Probabilities of each model, by patient. */
type Scores = ReadonlyMap<string, ReadonlyMap<string, number>>;

function aucOf(
  patients: PreparedStudy["split"]["test"],
  scores: Scores,
  truth: ReadonlyMap<string, Truth>,
): SetAuc {
  const outcome = Uint8Array.from(patients, (patient) => truth.get(patient)!.event);
  const auc = (of: (patient: string) => number) => delongAuc(outcome, Float64Array.from(patients, of)).value;
  const withImages = (name: string) => {
    const score = scores.get(name);
    return score === undefined ? null : auc((patient) => score.get(patient)!);
  };
  return {
    patients: patients.length,
    events: outcome.reduce((sum, event) => sum + event, 0),
    C: auc((patient) => scores.get("C")!.get(patient)!),
    CA: auc((patient) => scores.get("CA")!.get(patient)!),
    CAR: withImages("CAR"),
    R: withImages("R"),
    ceiling: auc((patient) => truth.get(patient)!.probability),
  };
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const centred = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  };
  const [x, y] = [centred(a), centred(b)];
  const dot = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, value, k) => sum + value * q[k], 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}
