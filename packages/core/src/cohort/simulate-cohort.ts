import { InputError } from "../errors.ts";
import { logistic } from "../math/elementary.ts";
import { createRandom, type Random } from "../math/random.ts";
import { patientId, type PatientId } from "./patient.ts";
import { type AxillaryFindings, simulateAxilla } from "./simulate-axilla.ts";
import {
  type Binary,
  clinicalLogOdds,
  type ClinicalFindings,
  simulateClinical,
} from "./simulate-clinical.ts";
import {
  type Examination,
  scannerModels,
  type ScannerPark,
  simulateExamination,
} from "./simulate-examination.ts";
import { simulateNonSentinelNodes } from "./simulate-nodes.ts";
import { simulateNomogram } from "./simulate-nomogram.ts";

/** What to simulate. */
export interface SimulationSettings {
  /** Number of patients, 1 to 1,000,000. */
  readonly patients: number;
  readonly seed: number | string;
  /**
   * Coefficient of the trait that the tumour's image shows: 1 as designed, 0 for an image without information. Above 1
   * the image shows the trait the more clearly, too.
   */
  readonly signal?: number;
  /** How many scanners are in use, 1 to 4; 4 where not stated. */
  readonly scanners?: number;
  /** Log odds by which patients with the event rather stand at the first scanner: a shortcut to be found; 0 where not stated. */
  readonly scannerBias?: number;
}

/** What no study can see: how the outcome of a simulated patient came about. */
export interface SimulatedTruth {
  /** Latent aggressiveness of the tumour (A), standard normal. */
  readonly aggressiveness: number;
  /** Latent axillary burden beyond clinical findings (B), standard normal; axillary ultrasound sees it with noise. */
  readonly burden: number;
  /** Latent trait that the image of the primary tumour shows with noise (W), standard normal. */
  readonly imageTrait: number;
  readonly clinicalLogOdds: number;
  readonly linearPredictor: number;
  /** Probability with which the outcome was drawn. */
  readonly probability: number;
}

/** One simulated patient with one or two positive sentinel nodes and completed axillary dissection. */
export interface SimulatedPatient {
  readonly id: PatientId;
  readonly examination: Examination;
  readonly clinical: ClinicalFindings;
  readonly axilla: AxillaryFindings;
  /** Metastasis in a non-sentinel node. */
  readonly nslnMetastasis: Binary;
  /** Number of positive non-sentinel nodes: known with the outcome, never before. */
  readonly nonSentinelNodesPositive: number;
  /** Probability of a published nomogram, for comparison. */
  readonly nomogramProbability: number;
  readonly truth: SimulatedTruth;
}

/** Coefficients of the outcome's log-odds beside the clinical ones. */
const design = { intercept: -4.5, burden: 1.25, imageTrait: 1 };

/** Mean and standard deviation of the clinical log-odds over four million simulated patients. */
const population = { mean: 3.069, standardDeviation: 2.042 };

/**
 * Simulated patients whose prevalence, effects and attainable discrimination follow published cohorts of
 * non-sentinel lymph node metastasis. None of them is real.
 *
 * The outcome is Bernoulli with log-odds intercept + clinical + 1.25 B + signal W, intercept -4.50 at signal 1. Of its three parts clinical findings
 * show the first, axillary ultrasound shows B with noise and the image of the primary tumour shows W with noise, so that
 * a clinical model reaches an AUC near 0.81, adding the axilla gives 0.85 and nothing can exceed 0.91.
 *
 * @returns In order of id. Patient k depends on the settings and k alone: a larger cohort begins with the smaller one.
 * @throws {InputError} Patients is not a whole number from 1 to 1,000,000, signal or bias is not finite, or
 *   scanners is not 1 to 4.
 */
export function simulateCohort(settings: SimulationSettings): readonly SimulatedPatient[] {
  const { patients, seed, signal = 1, scanners = scannerModels.length, scannerBias = 0 } = settings;
  if (!Number.isInteger(patients) || patients < 1 || patients > 1_000_000)
    throw new InputError(
      `a simulated cohort needs 1 to 1,000,000 patients; got ${patients}; give a whole number`,
    );
  if (!Number.isFinite(signal) || !Number.isFinite(scannerBias))
    throw new InputError(
      `a simulated cohort needs a finite signal and bias; got ${signal} and ${scannerBias}; give numbers such as 1 and 0`,
    );
  if (!Number.isInteger(scanners) || scanners < 1 || scanners > scannerModels.length)
    throw new InputError(
      `a simulated cohort needs 1 to ${scannerModels.length} scanners; got ${scanners}; give a whole number`,
    );
  const random = createRandom(seed).fork("simulated-cohort");
  return Array.from({ length: patients }, (_, index) => {
    const id = patientId(`P${String(index + 1).padStart(4, "0")}`);
    return simulatePatient(id, { signal, park: { scanners, bias: scannerBias } }, random.fork(id));
  });
}

interface PatientSettings {
  readonly signal: number;
  readonly park: ScannerPark;
}

function simulatePatient(id: PatientId, { signal, park }: PatientSettings, random: Random): SimulatedPatient {
  const latent = random.fork("latent");
  const [aggressiveness, burden, imageTrait] = [latent.normal(), latent.normal(), latent.normal()];
  const clinical = simulateClinical(aggressiveness, random.fork("clinical"));
  const logOdds = clinicalLogOdds(clinical);
  const clinicalScore = (logOdds - population.mean) / population.standardDeviation;
  const linearPredictor =
    intercept(signal) + logOdds + design.burden * burden + signal * design.imageTrait * imageTrait;
  const probability = logistic(linearPredictor);
  const nslnMetastasis = random.fork("outcome").bernoulli(probability) ? 1 : 0;
  return {
    id,
    examination: simulateExamination(nslnMetastasis, park, random.fork("enrolment")),
    clinical,
    axilla: simulateAxilla(burden, clinicalScore, random.fork("axilla")),
    nslnMetastasis,
    nonSentinelNodesPositive: simulateNonSentinelNodes(
      nslnMetastasis,
      burden,
      clinicalScore,
      random.fork("nodes"),
    ),
    nomogramProbability: simulateNomogram(clinicalScore, random.fork("nomogram")),
    truth: { aggressiveness, burden, imageTrait, clinicalLogOdds: logOdds, linearPredictor, probability },
  };
}

/**
 * Intercept that keeps the prevalence of the design whatever the signal: the mean log-odds grow with the spread of the
 * log-odds, since a logistic function of a normal variable of mean m and variance v has a mean near
 * logistic(m / √(1 + πv/8)).
 */
function intercept(signal: number): number {
  const mean = design.intercept + population.mean;
  return Math.sqrt(shrinkage(signal) / shrinkage(1)) * mean - population.mean;
}

function shrinkage(signal: number): number {
  const variance =
    square(population.standardDeviation) + square(design.burden) + square(signal * design.imageTrait);
  return 1 + (Math.PI / 8) * variance;
}

function square(value: number): number {
  return value * value;
}
