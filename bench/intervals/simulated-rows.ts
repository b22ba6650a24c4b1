/** Simulated patients as rows of a table, with what the scenarios add to them. */
import { type SimulatedPatient, simulateCohort } from "../../packages/core/src/cohort/simulate-cohort.ts";
import type { RawTable } from "../../packages/core/src/cohort/raw-table.ts";
import { createRandom, type Random } from "../../packages/core/src/math/random.ts";
import { logistic } from "../../packages/core/src/math/elementary.ts";
import { clinicalHeaders, clinicalRow } from "../../packages/core/src/study/simulated-table.ts";

/** Patients of a scenario: who they are and what their table says. */
export interface SimulatedRows {
  readonly table: RawTable;
  /** Probability that each outcome was drawn with, in the order of the rows. */
  readonly chance: Float64Array;
}

/** What is simulated. */
export interface RowsWanted {
  readonly patients: number;
  readonly seed: string;
  /** How much of the outcome the image trait carries. */
  readonly signal: number;
  /** Number of the first rows that are development patients; the others are test patients. */
  readonly development: number;
  /** Whether cells go missing. */
  readonly missing: boolean;
}

/** Noise columns that know nothing of the outcome. */
export const NOISE = Array.from({ length: 10 }, (_, k) => `noise_${String(k + 1)}`);

/** A reading of the image trait with little error: what a nearly perfect predictor looks like. */
export const READING = "trait_reading";

/** Columns in which cells go missing, a fifth of them each. */
export const INCOMPLETE = ["tumour_size_mm", "lvi", "ki67_percent", "sln_met_mm", "cortex_mm", "hilum_loss"];

/**
 * The rows of simulated patients.
 *
 * @param wanted Equal settings give equal rows; a patient does not depend on how many follow.
 */
export function simulatedRows(wanted: RowsWanted): SimulatedRows {
  const { patients, seed, signal, development, missing } = wanted;
  const cohort = simulateCohort({ patients, seed, signal });
  const random = createRandom(seed).fork("coverage");
  const holes = INCOMPLETE.map((name) => clinicalHeaders.indexOf(name));
  const rows = cohort.map((patient, index) => {
    const own = random.fork(patient.id);
    const clinical = [...clinicalRow(patient, 0.1)];
    if (missing)
      for (const column of missingCells(patient, own.fork("missing"), holes)) clinical[column] = "";
    // Ids of other seeds are other patients.
    clinical[0] = `${seed}-${patient.id}`;
    const noise = NOISE.map(() => own.normal().toFixed(4));
    const reading = (patient.truth.imageTrait + 0.1 * own.normal()).toFixed(4);
    return [...clinical, ...noise, reading, index < development ? "development" : "test"];
  });
  const table: RawTable = {
    file: "cohort.csv",
    headers: [...clinicalHeaders, ...NOISE, READING, "part"],
    rows,
    rowNumbers: rows.map((_, index) => index + 2),
    decimal: ".",
    findings: [],
  };
  return { table, chance: Float64Array.from(cohort, ({ truth }) => truth.probability) };
}

/** Missing at random: older patients and those with a macrometastasis lack more; about a fifth of each column. */
function missingCells({ clinical }: SimulatedPatient, random: Random, columns: readonly number[]): number[] {
  const chance = logistic(-1.95 + 0.4 * ((clinical.age - 51.5) / 10.5) + 0.6 * clinical.macrometastasis);
  return columns.filter(() => random.bernoulli(chance));
}
