import { buildPatients } from "../cohort/build-patients.ts";
import type { PatientId } from "../cohort/patient.ts";
import type { RawTable } from "../cohort/raw-table.ts";
import { type Finding, InputError } from "../errors.ts";
import type { PredictorTable } from "../features/predictor-table.ts";
import { predictProbability } from "../models/predict.ts";
import { assemblePredictors, type MeasuredImages } from "./assemble-predictors.ts";
import type { Machine } from "./machine.ts";
import { inputFindings } from "./input-findings.ts";
import { measureImages } from "./measure-images.ts";
import { learnedFrom } from "./provenance/trained-on.ts";
import { imageFindings } from "./study-findings.ts";
import type { StudyModel } from "./study-model.ts";

/** The prediction for one patient. */
export interface PatientPrediction {
  readonly patient: PatientId;
  readonly probability: number;
  /** One per threshold of the model: whether the probability reaches it. */
  readonly reaches: readonly boolean[];
}

/** Predictions for new patients and what their reader must know. */
export interface PatientPredictions {
  readonly predictions: readonly PatientPrediction[];
  readonly findings: readonly Finding[];
}

/** New patients as a model sees them. */
export interface ScoredPatients {
  readonly predictors: PredictorTable;
  readonly measured: MeasuredImages | null;
  /** In the order of the predictors' patients. */
  readonly probabilities: Float64Array;
  readonly findings: readonly Finding[];
}

/**
 * Applies a stored model to new patients.
 *
 * @param model As a run wrote it.
 * @param table New patients with the columns that the model needs; no outcome is read.
 * @param machine Reads the images where the model needs them.
 * @throws {InputError} Every problem of table and images, and patients that the model learned from.
 */
export async function predictPatients(
  model: StudyModel,
  table: RawTable,
  machine: Machine,
): Promise<PatientPredictions> {
  const { predictors, probabilities, findings } = await scorePatients(model, table, machine);
  return {
    predictions: predictors.patients.map((patient, index) => {
      const probability = probabilities[index];
      return {
        patient,
        probability,
        reaches: model.thresholds.map(({ threshold }) => probability >= threshold),
      };
    }),
    findings: [...findings, ...inputFindings(model, predictors)],
  };
}

/**
 * The inputs of new patients and the risks that a stored model gives them.
 *
 * @throws {InputError} As {@link predictPatients}.
 */
export async function scorePatients(
  model: StudyModel,
  table: RawTable,
  machine: Machine,
): Promise<ScoredPatients> {
  const { inputs } = model;
  const images = inputs.images ?? null;
  const reading = buildPatients(table, {
    id: inputs.id,
    variables: inputs.variables,
    missing: inputs.missing,
    images:
      images === null
        ? null
        : {
            image: images.image,
            mask: images.mask,
            spacing: images.spacing === "none" ? null : images.spacing,
          },
  });
  refuseKnownPatients(model, reading.patients.patients);
  const measured = await measureImages(
    reading.patients.images,
    { images, radiomics: inputs.radiomics },
    machine,
    null,
  );
  const predictors = assemblePredictors(
    reading.patients,
    inputs.variables.map(({ name }) => name),
    measured,
    images?.several ?? "mean",
  );
  return {
    predictors,
    measured,
    probabilities: predictProbability(model.model, predictors),
    findings: [...table.findings, ...reading.findings, ...imageFindings(measured)],
  };
}

/** Most study ids that a refusal names. */
const MOST_NAMED = 20;

/**
 * A model looks better on the patients that it learned from than it is.
 *
 * @throws {InputError} It learned from one of them.
 */
export function refuseKnownPatients(
  { name, trainedOn }: Pick<StudyModel, "name" | "trainedOn">,
  patients: readonly PatientId[],
): void {
  const known = learnedFrom(trainedOn, patients);
  if (known.length === 0) return;
  const more = known.length > MOST_NAMED ? ` and ${String(known.length - MOST_NAMED)} more` : "";
  throw new InputError(
    `model ${name} needs patients that it did not learn from; got ${String(known.length)} that it did: ${known.slice(0, MOST_NAMED).join(", ")}${more}; leave them out: their out-of-fold predictions are in predictions.csv of the run`,
  );
}
