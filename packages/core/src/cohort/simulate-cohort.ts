import { InputError } from "../errors.ts";
import { logistic } from "../math/elementary.ts";
import { createRandom, type Random } from "../math/random.ts";
import { isoDate } from "./date-cell.ts";
import { patientId, type PatientId } from "./patient.ts";
import { type AxillaryFindings, simulateAxilla } from "./simulate-axilla.ts";
import {
  type Binary,
  clinicalLogOdds,
  type ClinicalFindings,
  simulateClinical,
} from "./simulate-clinical.ts";

/** What to simulate. */
export interface SimulationSettings {
  /** Number of patients, 1 to 1,000,000. */
  readonly patients: number;
  readonly seed: number | string;
  /** Multiplies the coefficient of the trait that the tumour's image shows: 1 as designed, 0 for an image without information. */
  readonly signal?: number;
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
  /** ISO date. */
  readonly enrolmentDate: string;
  readonly clinical: ClinicalFindings;
  readonly axilla: AxillaryFindings;
  /** Metastasis in a non-sentinel node. */
  readonly nslnMetastasis: Binary;
  readonly truth: SimulatedTruth;
}

/** Mean and standard deviation of the clinical log-odds over four million simulated patients. */
const population = { mean: 3.069, standardDeviation: 2.042 };

/** Enrolment is uniform over the 2,557 days from 2016 to 2022: an assumption, without drift of any kind. */
const enrolment = { firstDay: Date.UTC(2016, 0, 1) / 86_400_000, days: 2557 };

/**
 * Simulated patients whose prevalence, effects and attainable discrimination follow published cohorts of
 * non-sentinel lymph node metastasis. None of them is real.
 *
 * The outcome is Bernoulli with log-odds -4.50 + clinical + 1.25 B + signal W. Of its three parts clinical findings
 * show the first, axillary ultrasound shows B with noise and the image of the primary tumour shows W with noise, so that
 * a clinical model reaches an AUC near 0.81, adding the axilla gives 0.85 and nothing can exceed 0.91.
 *
 * @returns In order of id. Patient k depends on seed, signal and k alone: a larger cohort begins with the smaller one.
 * @throws {InputError} Patients is not a whole number from 1 to 1,000,000, or signal is not finite.
 */
export function simulateCohort(settings: SimulationSettings): readonly SimulatedPatient[] {
  const { patients, seed, signal = 1 } = settings;
  if (!Number.isInteger(patients) || patients < 1 || patients > 1_000_000)
    throw new InputError(
      `a simulated cohort needs 1 to 1,000,000 patients; got ${patients}; give a whole number`,
    );
  if (!Number.isFinite(signal))
    throw new InputError(`a simulated cohort needs a finite signal; got ${signal}; give a number such as 1`);
  const random = createRandom(seed).fork("simulated-cohort");
  return Array.from({ length: patients }, (_, index) => {
    const id = patientId(`P${String(index + 1).padStart(4, "0")}`);
    return simulatePatient(id, signal, random.fork(id));
  });
}

function simulatePatient(id: PatientId, signal: number, random: Random): SimulatedPatient {
  const latent = random.fork("latent");
  const [aggressiveness, burden, imageTrait] = [latent.normal(), latent.normal(), latent.normal()];
  const clinical = simulateClinical(aggressiveness, random.fork("clinical"));
  const logOdds = clinicalLogOdds(clinical);
  const clinicalScore = (logOdds - population.mean) / population.standardDeviation;
  const linearPredictor = -4.5 + logOdds + 1.25 * burden + signal * imageTrait;
  const probability = logistic(linearPredictor);
  return {
    id,
    enrolmentDate: isoDate(enrolment.firstDay + random.fork("enrolment").integer(enrolment.days)),
    clinical,
    axilla: simulateAxilla(burden, clinicalScore, random.fork("axilla")),
    nslnMetastasis: random.fork("outcome").bernoulli(probability) ? 1 : 0,
    truth: { aggressiveness, burden, imageTrait, clinicalLogOdds: logOdds, linearPredictor, probability },
  };
}
