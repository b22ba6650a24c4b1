import { drawTestSet } from "../../cohort/random-split.ts";
import { type SimulatedPatient, simulateCohort } from "../../cohort/simulate-cohort.ts";
import type { PredictorTable } from "../../features/predictor-table.ts";
import { createRandom, type Random } from "../../math/random.ts";
import { numericColumn, radiomicColumn } from "./laboratory-columns.ts";

/** What the laboratory simulates. */
export interface LaboratorySettings {
  /** Patients of the cohort, development and test together; at least 100. */
  readonly patients: number;
  readonly seed: number;
}

/** A simulated cohort as the laboratory's analyses see it. */
export interface LaboratoryCohort {
  readonly settings: LaboratorySettings;
  /** Clinical and axillary findings, and radiomic stand-ins that are pure noise; one row a patient. */
  readonly table: PredictorTable;
  /** 1 = metastasis in a non-sentinel node; one per row. */
  readonly outcome: Uint8Array;
  /** Rows apart for testing, 30 %, drawn within the outcome; the others are for development. */
  readonly test: readonly number[];
  readonly simulated: readonly SimulatedPatient[];
  /** Source of everything that a mistake adds to the cohort. */
  readonly random: Random;
}

/** Number of radiomic stand-ins: as many as a modest feature set, more than the patients to learn from can carry. */
const FEATURES = 120;

/** Names of the radiomic stand-ins. */
export const radiomicNames: readonly string[] = Array.from(
  { length: FEATURES },
  (_, index) => `radiomic_${String(index + 1).padStart(3, "0")}`,
);

/** What the simulator tells of a patient as the models see it, block by block. */
const findings: readonly {
  readonly block: "C" | "A";
  readonly name: string;
  readonly value: (patient: SimulatedPatient) => number;
}[] = [
  { block: "C", name: "age", value: ({ clinical }) => clinical.age },
  { block: "C", name: "tumour_size_mm", value: ({ clinical }) => clinical.tumourSizeMm },
  { block: "C", name: "grade", value: ({ clinical }) => clinical.grade },
  { block: "C", name: "lvi", value: ({ clinical }) => clinical.lymphovascularInvasion },
  { block: "C", name: "multifocal", value: ({ clinical }) => clinical.multifocal },
  { block: "C", name: "sln_pos", value: ({ clinical }) => clinical.sentinelNodesPositive },
  { block: "C", name: "sln_neg", value: ({ clinical }) => clinical.sentinelNodesNegative },
  { block: "C", name: "macrometastasis", value: ({ clinical }) => clinical.macrometastasis },
  { block: "C", name: "sln_met_mm", value: ({ clinical }) => clinical.sentinelMetastasisMm },
  { block: "C", name: "ene", value: ({ clinical }) => clinical.extranodalExtension },
  { block: "A", name: "cortex_mm", value: ({ axilla }) => axilla.cortexMm },
  { block: "A", name: "hilum_loss", value: ({ axilla }) => axilla.hilumLoss },
  { block: "A", name: "long_short_below_2", value: ({ axilla }) => axilla.longShortBelow2 },
  { block: "A", name: "non_hilar_flow", value: ({ axilla }) => axilla.nonHilarFlow },
  { block: "A", name: "suspicious_nodes", value: ({ axilla }) => axilla.suspiciousNodes },
];

/** Names of the clinical findings. */
export const clinicalNames: readonly string[] = namesOf("C");

/** Names of the axillary findings. */
export const axillaryNames: readonly string[] = namesOf("A");

/**
 * The laboratory's cohort: simulated patients whose radiomic features carry nothing, so that whatever they add to a
 * model is the mistake's work.
 *
 * @throws {InputError} As `simulateCohort`.
 */
export function laboratoryCohort(settings: LaboratorySettings): LaboratoryCohort {
  const random = createRandom(settings.seed).fork("leak-laboratory");
  const simulated = simulateCohort(settings);
  const outcome = Uint8Array.from(simulated, ({ nslnMetastasis }) => nslnMetastasis);
  const inTest = drawTestSet(outcome, [], 0.3, random.fork("split"));
  return {
    settings,
    table: laboratoryTable(simulated, random.fork("radiomics")),
    outcome,
    test: rowsWhere(inTest, 1),
    simulated,
    random,
  };
}

/**
 * Patients that no analysis has seen, drawn by the same simulator: what a model is worth on them is the truth.
 *
 * @param patients How many.
 */
export function freshPatients({ settings, random }: LaboratoryCohort, patients: number): LaboratoryCohort {
  const simulated = simulateCohort({ patients, seed: `${String(settings.seed)}/fresh` });
  const own = random.fork("fresh");
  return {
    settings: { ...settings, patients },
    table: laboratoryTable(simulated, own.fork("radiomics")),
    outcome: Uint8Array.from(simulated, ({ nslnMetastasis }) => nslnMetastasis),
    test: [],
    simulated,
    random: own,
  };
}

/** Rows that do not stand among others, ascending. */
export function otherRows(count: number, rows: readonly number[]): readonly number[] {
  const out = new Set(rows);
  return Array.from({ length: count }, (_, row) => row).filter((row) => !out.has(row));
}

function laboratoryTable(simulated: readonly SimulatedPatient[], random: Random): PredictorTable {
  return {
    patients: simulated.map(({ id }) => id),
    columns: [
      ...findings.map(({ name, value }) => numericColumn(name, Float64Array.from(simulated, value))),
      ...radiomicNames.map((name) => {
        const own = random.fork(name);
        return radiomicColumn(
          name,
          Float64Array.from(simulated, () => own.normal()),
        );
      }),
    ],
  };
}

function namesOf(block: "C" | "A"): readonly string[] {
  return findings.filter((finding) => finding.block === block).map(({ name }) => name);
}

function rowsWhere(marks: Uint8Array, wanted: number): number[] {
  return Array.from(marks.keys()).filter((row) => marks[row] === wanted);
}
