import type { PatientId } from "../../cohort/patient.ts";
import { InputError } from "../../errors.ts";
import { logistic, logit } from "../../math/elementary.ts";
import type { LinearPredictor } from "../../models/model.ts";
import { contentHash } from "../content-hash.ts";
import { patientCode, type TrainedOn } from "../provenance/trained-on.ts";
import type { ChosenThreshold, StudyModel } from "../study-model.ts";
import type { MonitorReport } from "./monitor-report.ts";
import type { ReferenceDistribution } from "./reference-distribution.ts";

/** A line on the scale of the log odds. */
interface Recalibration {
  readonly intercept: number;
  readonly slope: number;
}

/**
 * A proposed recalibration as a new model that nobody has frozen; the model that it comes from stays as it is.
 *
 * @param model That was watched.
 * @param report Of watching it.
 * @param known Patients whose outcomes were known: the candidate must not be judged on them.
 * @throws {InputError} The report proposes no recalibration, is of another model or turns its risks round, or the model is
 *   no logistic regression.
 */
export function candidateModel(
  model: StudyModel,
  report: MonitorReport,
  known: readonly PatientId[],
): StudyModel {
  const { update, patients, events, action } = report.proposal;
  if (report.model.hash !== model.hash)
    throw new InputError(
      "a candidate needs the report of its own model; got that of another; watch this one",
    );
  if (update === null || patients === null || events === null)
    throw new InputError(
      `a candidate needs a proposed recalibration; the proposal is: ${action}; nothing was written`,
    );
  if (model.model.kind !== "logistic")
    throw new InputError(
      `a recalibrated candidate needs a logistic regression; model ${model.name} is of kind ${model.model.kind}; let its authors refit it`,
    );
  if (!(update.slope > 0))
    throw new InputError(
      `a recalibrated candidate needs risks that still rise with the risk; model ${model.name} no longer ranks patients; let its authors refit it`,
    );
  const { method, intercept, slope } = update;
  const content = {
    ...model,
    frozen: undefined,
    hash: undefined,
    thresholds: model.thresholds.map((threshold) => moved(threshold, update)),
    model: { ...model.model, predictor: recalibrated(model.model.predictor, update) },
    ...(model.reference === undefined ? {} : { reference: recalibratedReference(model.reference, update) }),
    trainedOn: alsoTrainedOn(model.trainedOn, known),
    updatedFrom: { model: model.hash, method, intercept, slope, patients, events },
  };
  // Through JSON, so that what is undefined is absent, as in a file.
  const stored = JSON.parse(JSON.stringify(content)) as Omit<StudyModel, "hash">;
  return { ...stored, hash: contentHash(stored) };
}

/** Coefficients times the slope; errors of the old fit say nothing of the new one. */
function recalibrated(predictor: LinearPredictor, { intercept, slope }: Recalibration): LinearPredictor {
  const { regression, lambda } = predictor;
  return {
    regression,
    lambda,
    intercept: intercept + slope * predictor.intercept,
    columns: predictor.columns.map((column) => ({ ...column, coefficient: slope * column.coefficient })),
    standardErrors: null,
  };
}

/** A threshold chosen on patients moves with the risks, so that it divides the same patients; one of risk itself stays. */
function moved({ name, threshold }: ChosenThreshold, { intercept, slope }: Recalibration): ChosenThreshold {
  const stays = name.startsWith("p>=") || threshold <= 0 || threshold >= 1;
  return { name, threshold: stays ? threshold : logistic(intercept + slope * logit(threshold)) };
}

function recalibratedReference(
  reference: ReferenceDistribution,
  { intercept, slope }: Recalibration,
): ReferenceDistribution {
  const line = (values: readonly number[]) => values.map((value) => intercept + slope * value);
  const { risk, groups } = reference;
  return {
    risk: {
      ...risk,
      events: Math.round(
        line(risk.means).reduce((sum, z, cell) => sum + risk.cells.counts[cell] * logistic(z), 0),
      ),
      cells: { ...risk.cells, upTo: line(risk.cells.upTo) },
      means: line(risk.means),
      calibration: { intercept: 0, slope: 1 },
    },
    groups: groups.map((group) =>
      group.group === "predicted risk"
        ? { ...group, streams: group.streams.map((stream) => ({ ...stream, upTo: line(stream.upTo) })) }
        : group,
    ),
  };
}

function alsoTrainedOn({ salt, patients }: TrainedOn, more: readonly PatientId[]): TrainedOn {
  const codes = new Set([...patients, ...more.map((patient) => patientCode(salt, patient))]);
  return { salt, patients: [...codes].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)) };
}
