import type { RawTable } from "../cohort/raw-table.ts";
import { type SimulatedPatient, simulateCohort, type SimulationSettings } from "../cohort/simulate-cohort.ts";
import { scannerPresets } from "../image/scanner-presets.ts";
import { renderUltrasound, type SimulatedFrame } from "../image/simulate-ultrasound.ts";
import { planUltrasound, type UltrasoundPlan } from "../image/ultrasound-plan.ts";
import { createRandom } from "../math/random.ts";
import { simulatedProtocol } from "./simulated-protocol.ts";
import { clinicalHeaders, clinicalRow, truthHeaders, truthRow } from "./simulated-table.ts";

/** A simulated study: everything that a folder of a real one holds, and the truth that none of them has. */
export interface SimulatedStudy {
  /** The cohort table as a study reads it, one row a patient. */
  readonly table: RawTable;
  /** Latent variables and true probabilities in the order of the table; no part of the study. */
  readonly truth: RawTable;
  /** Text of `study.yaml`. */
  readonly protocol: string;
  /** Text of the folder's README, which says that nobody in it is real. */
  readonly readme: string;
  /**
   * Ultrasound frame and mask of the patient in row `index` of the table, drawn when asked for.
   * Each depends on seed and patient alone, so they may be drawn in any order.
   */
  readonly frame: (index: number) => SimulatedFrame;
}

/**
 * A study of simulated patients with one or two positive sentinel nodes: table, ultrasound frames, masks, protocol, truth.
 *
 * @param settings Number of patients, seed, and how much of the outcome the images show.
 * @throws {InputError} As {@link simulateCohort}.
 */
export function simulateStudy(settings: SimulationSettings): SimulatedStudy {
  const patients = simulateCohort(settings);
  const frames = createRandom(settings.seed).fork("simulated-frames");
  const plans = patients.map((patient) =>
    planFrame(patient, settings.signal ?? 1, frames.fork(patient.id).fork("plan")),
  );
  const pixelMm = plans.map((plan) => plan.scanner.pixelMm);
  return {
    table: rawTable(
      "cohort.csv",
      clinicalHeaders,
      patients.map((patient, index) => clinicalRow(patient, pixelMm[index])),
    ),
    truth: rawTable("truth.csv", truthHeaders, patients.map(truthRow)),
    protocol: simulatedProtocol(settings),
    readme: readme(settings),
    frame: (index) => renderUltrasound(plans[index], frames.fork(patients[index].id).fork("frame")),
  };
}

function planFrame(
  { clinical, examination, truth }: SimulatedPatient,
  signal: number,
  random: ReturnType<typeof createRandom>,
): UltrasoundPlan {
  return planUltrasound(
    {
      diameterMm: clinical.tumourSizeMm,
      imageTrait: truth.imageTrait,
      clarity: Math.max(1, signal),
      highGrade: clinical.grade === 3,
      lymphovascularInvasion: clinical.lymphovascularInvasion === 1,
    },
    scannerPresets[examination.scanner],
    random,
  );
}

function rawTable(file: string, headers: readonly string[], rows: readonly (readonly string[])[]): RawTable {
  return { file, headers, rows, rowNumbers: rows.map((_, index) => index + 2), decimal: ".", findings: [] };
}

function readme({ patients, seed, signal = 1 }: SimulationSettings): string {
  return `SIMULATED DATA: no patient in this folder is real, and no image in it was taken of anybody.

${patients} simulated patients with one or two positive sentinel lymph nodes, drawn from seed ${seed} with image signal ${signal}.
Distributions and effects follow published cohorts of non-sentinel lymph node metastasis. The data exercise software and
teach; they support no clinical claim.

cohort.csv    one row a patient: clinical findings, axillary ultrasound, outcome, files of image and mask
images/       a simulated B-mode frame of the primary tumour and its mask per patient
study.yaml    the protocol of a study of these data
truth.csv     latent variables and the probability that each outcome was drawn with; never an input of a model
`;
}
