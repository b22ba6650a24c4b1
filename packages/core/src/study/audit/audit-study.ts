import type { RawTable } from "../../cohort/raw-table.ts";
import { InputError } from "../../errors.ts";
import type { Machine } from "../machine.ts";
import type { PreparedStudy } from "../prepare-study.ts";
import type { StudyModel } from "../study-model.ts";
import { auditPipeline } from "./audit-pipeline.ts";
import type { AuditedOpening, AuditedPerformance, AuditSubject } from "./audit-subject.ts";
import type { AuditOptions, StudyAudit } from "./audit.ts";
import { imageBlocks, imagesAlone } from "./images-alone.ts";
import { type RecordedPredictions, recordedPredictions } from "./recorded-predictions.ts";
import { meanFoldAuc, rerunStudy } from "./rerun-study.ts";
import { shortcutTables } from "./shortcut-tables.ts";
import { studyIdentities } from "./study-identities.ts";
import { studyLedger } from "./study-ledger.ts";
import { studyPredictors } from "./study-predictors.ts";

/** What a finished run left behind. */
export interface RunRecord {
  /** The content of predictions.csv. */
  readonly predictions: RawTable;
  /** The files of models/. */
  readonly models: readonly StudyModel[];
  /** Of the ledger, oldest first. */
  readonly openings: readonly AuditedOpening[];
}

/**
 * Audits a study that was run: learns everything again on permuted outcomes of its cross-validated patients, and asks what
 * permutation cannot see. Outcomes of patients set apart are not looked at again: the run's predictions hold those that
 * were opened.
 *
 * @param prepared The study as it was prepared for the run.
 * @param record Of the run.
 * @param machine Runs the fits.
 * @throws {InputError} The run is one of another protocol.
 */
export async function auditStudy(
  prepared: PreparedStudy,
  record: RunRecord,
  machine: Machine,
  options: AuditOptions,
): Promise<StudyAudit> {
  const other = record.models.filter(({ study }) => study.protocolHash !== prepared.protocolHash);
  if (other.length > 0)
    throw new InputError(
      `an audit needs the protocol of the run; got another one for model ${other.map(({ name }) => name).join(", ")}; run the study again`,
    );
  return await auditPipeline(await studySubject(prepared, record, machine), options);
}

/** A study as a subject of an audit. */
export async function studySubject(
  prepared: PreparedStudy,
  record: RunRecord,
  machine: Machine,
): Promise<AuditSubject> {
  const { protocol, specifications, tasks, cohort } = prepared;
  const predictions = recordedPredictions(
    record.predictions,
    specifications.map(({ name }) => name),
  );
  const crossValidated = find(predictions, "development", "cross-validation");
  const outcomeOf = new Map(cohort.patients.map((patient, row) => [patient, cohort.outcome[row]]));
  return {
    seed: protocol.seed,
    patients: tasks.crossValidated,
    outcome: Uint8Array.from(tasks.crossValidated, (patient) => outcomeOf.get(patient)!),
    models: specifications.map(({ name, blocks }, model) => ({
      name,
      blocks: blocks.map((block) => block.name),
      auc: meanFoldAuc(crossValidated.folds![0], crossValidated.outcome, crossValidated.models[model][0]),
    })),
    rerun: rerunStudy(prepared, machine),
    predictors: studyPredictors(prepared),
    decision: protocol.decision,
    ledger: studyLedger(prepared, record.openings),
    identities: studyIdentities(prepared, record.models, predictions),
    shortcuts: shortcutTables(prepared),
    imagesAlone: await imagesAlone(prepared, machine),
    performance: performanceOf(prepared, predictions, crossValidated),
  };
}

function performanceOf(
  prepared: PreparedStudy,
  predictions: readonly RecordedPredictions[],
  crossValidated: RecordedPredictions,
): AuditedPerformance {
  const test = predictions.find(({ dataset, method }) => dataset === "test" && method === "held-out");
  const { outcome, models } = test ?? crossValidated;
  return {
    dataset: test === undefined ? "cross-validation" : "test set",
    outcome,
    scores: models,
    imageBlocks: imageBlocks(prepared),
  };
}

function find(
  predictions: readonly RecordedPredictions[],
  dataset: RecordedPredictions["dataset"],
  method: RecordedPredictions["method"],
): RecordedPredictions {
  const found = predictions.find((one) => one.dataset === dataset && one.method === method);
  if (found === undefined || found.folds === null)
    throw new InputError(
      "an audit needs the cross-validated predictions of the run; got none; run the study again",
    );
  return found;
}
