import { type CohortFlow, cohortFlow } from "../cohort/cohort-flow.ts";
import type { Cohort } from "../cohort/cohort.ts";
import { applyEligibility, type Exclusion } from "../cohort/eligibility.ts";
import { type PatientId, patientId } from "../cohort/patient.ts";
import { takeRows } from "../cohort/raw-table.ts";
import { selectPatients } from "../cohort/select-patients.ts";
import { splitCohort } from "../cohort/split.ts";
import type { TableOne } from "../cohort/table-one-row.ts";
import { outcomeGrouping, tableOne } from "../cohort/table-one.ts";
import { type Finding, InputError } from "../errors.ts";
import { createRandom } from "../math/random.ts";
import { contentHash } from "./content-hash.ts";
import { firstEnrolment } from "./enrolment-order.ts";
import { evaluateStudy, type StudyEvaluation } from "./evaluate-study.ts";
import { type FrozenModel, requireFrozen } from "./freeze-model.ts";
import type { JudgedPredictions } from "./judged-predictions.ts";
import type { Machine } from "./machine.ts";
import { predictPatients } from "./predict-patients.ts";
import type { StudyInput } from "./prepare-study.ts";
import { readStudyCohort } from "./read-study-cohort.ts";
import type { StudyModel } from "./study-model.ts";

/** A finished validation of a frozen model: everything that its files and its report are made of. */
export interface ModelValidation extends StudyInput, StudyEvaluation {
  readonly protocolHash: string;
  readonly model: FrozenModel;
  readonly cohort: Cohort;
  readonly excluded: readonly Exclusion[];
  readonly flow: CohortFlow;
  readonly tableOne: TableOne;
  /** Of the one set that was judged. */
  readonly predictions: readonly [JudgedPredictions];
}

/**
 * Judges a frozen model on patients that it did not learn from: the prospective patients of the protocol's split where it
 * has some, else all patients, as an external set of the study's name. Nothing is fitted.
 *
 * @param model As `freezeModel` made it.
 * @param machine Reads images; the outcomes lie in its vault until the predictions are made.
 * @throws {InputError} The model is not frozen, or learned from a patient; the first prospective patient was enrolled
 *   before the model was frozen, or on a day that the table does not tell; every problem of table and images.
 */
export async function validateModel(
  model: StudyModel,
  input: StudyInput,
  machine: Machine,
): Promise<ModelValidation> {
  const { protocol, table, software } = input;
  const frozen = requireFrozen(model);
  refuseOtherOutcome(frozen, input);

  // Participants: the eligible patients, of whom those of a prospective phase where the protocol has one.
  const reading = await readStudyCohort(protocol, table, machine);
  const eligibility = applyEligibility(reading.cohort, protocol.eligibility);
  const split = splitCohort(eligibility.cohort, protocol.split, createRandom(protocol.seed).fork("split"));
  const isProspective = split.prospective.length > 0;
  const patients = isProspective ? split.prospective : eligibility.cohort.patients;
  if (isProspective) refuseLateFreeze(frozen, firstEnrolment(protocol, eligibility.cohort, patients));
  const cohort = selectPatients(eligibility.cohort, patients);
  const vaultName = isProspective ? "prospective" : "external";
  await machine.vault.seal({ dataset: vaultName, patients: cohort.patients, outcome: cohort.outcome });

  // Predictions: made before any outcome is opened.
  const wanted = new Set<PatientId>(cohort.patients);
  const id = table.headers.indexOf(protocol.cohort.id);
  const rows = takeRows(table, (cells) => wanted.has(patientId(cells[id])));
  const predicted = await predictPatients(frozen, { ...rows, findings: [] }, machine);

  // Validation: the outcomes are opened for this model alone.
  const protocolHash = contentHash(protocol);
  const opened = await machine.vault.open({
    dataset: vaultName,
    purpose: "held-out evaluation",
    protocolHash,
    models: [{ name: frozen.name, hash: frozen.hash }],
  });
  const judged: JudgedPredictions = {
    dataset: isProspective ? "prospective" : `external:${protocol.name}`,
    method: "held-out",
    patients: opened.patients,
    outcome: opened.outcome,
    folds: null,
    models: [{ model: frozen.name, repeats: [repeatOf(frozen, opened.patients, predicted.predictions)] }],
  };
  const evaluation = evaluateStudy(protocol, cohort, [judged]);
  const nobody = { development: [], test: [], prospective: [] };
  const findings: readonly Finding[] = [
    ...table.findings,
    ...reading.findings,
    ...predicted.findings,
    ...evaluation.findings,
  ];
  return {
    ...evaluation,
    protocol,
    table,
    software,
    protocolHash,
    model: frozen,
    cohort,
    excluded: eligibility.excluded,
    flow: cohortFlow({ ...eligibility, cohort }, nobody),
    tableOne: tableOne(cohort, outcomeGrouping(cohort, protocol.outcome.label)),
    predictions: [judged],
    findings,
  };
}

/** One set of predictions in the order of `patients`, with the thresholds that the model brought along. */
function repeatOf(
  model: FrozenModel,
  patients: readonly PatientId[],
  predictions: readonly { readonly patient: PatientId; readonly probability: number }[],
) {
  const probabilityOf = new Map(predictions.map(({ patient, probability }) => [patient, probability]));
  return {
    probability: Float64Array.from(patients, (patient) => probabilityOf.get(patient)!),
    thresholds: model.thresholds,
  };
}

function refuseOtherOutcome({ name, outcome }: FrozenModel, { protocol }: StudyInput): void {
  if (outcome.label === protocol.outcome.label) return;
  throw new InputError(
    `model ${name} predicts ${outcome.label}; the study asks for ${protocol.outcome.label}; validate a model of the same outcome, or give both the same label`,
  );
}

function refuseLateFreeze({ name, frozen }: FrozenModel, first: string | null): void {
  if (first === null)
    throw new InputError(
      "a prospective validation needs the date of enrolment of every prospective patient, to show that the model is older; got none; name the column under cohort: enrolment",
    );
  if (frozen.on < first) return;
  throw new InputError(
    `a prospective validation needs a model that was frozen before the first patient was enrolled; got model ${name}, frozen on ${frozen.on}, and a first patient of ${first}; validate these patients as an external or temporal set, or freeze first and enrol then`,
  );
}
