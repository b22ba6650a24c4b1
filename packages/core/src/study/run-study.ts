import { type CohortFlow, cohortFlow } from "../cohort/cohort-flow.ts";
import type { Cohort } from "../cohort/cohort.ts";
import { applyEligibility, type Exclusion } from "../cohort/eligibility.ts";
import type { RawTable } from "../cohort/raw-table.ts";
import { type Split, splitCohort } from "../cohort/split.ts";
import type { TableOne } from "../cohort/table-one-row.ts";
import { outcomeGrouping, splitGrouping, tableOne } from "../cohort/table-one.ts";
import type { Finding } from "../errors.ts";
import type { PredictorTable } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import type { ColumnDiagnostics } from "../models/imputation/imputation-diagnostics.ts";
import { assemblePredictors, type MeasuredImages } from "./assemble-predictors.ts";
import { blockImportance, type ModelImportance } from "./block-importance.ts";
import { contentHash } from "./content-hash.ts";
import { evaluateStudy, type StudyEvaluation } from "./evaluate-study.ts";
import { type JudgedPredictions, judgedPredictions } from "./judged-predictions.ts";
import type { Machine } from "./machine.ts";
import { measureImages } from "./measure-images.ts";
import { missingFindings } from "./missing-findings.ts";
import { modelSpecifications } from "./model-specifications.ts";
import { missingnessFindings, pixelSizeFindings } from "./outcome-findings.ts";
import { tableColumns } from "./predictor-names.ts";
import type { Protocol } from "./protocol.ts";
import { readStudyCohort } from "./read-study-cohort.ts";
import {
  designFindings,
  fitFindings,
  bitDepthFindings,
  imageFindings,
  undefinedFeatureFindings,
} from "./study-findings.ts";
import { studyImputation } from "./study-imputation.ts";
import { type StudyModel, toStudyModel } from "./study-model.ts";
import {
  reproducibilityFindings,
  type StudyReproducibility,
  studyReproducibility,
} from "./study-reproducibility.ts";
import { crossValidatedPatients, studyTasks } from "./study-tasks.ts";

/** What a study starts from. */
export interface StudyInput {
  readonly protocol: Protocol;
  readonly table: RawTable;
  /** Name and version for the record. */
  readonly software: string;
}

/** A finished study: everything that its files and its report are made of. */
export interface StudyRun extends StudyEvaluation {
  readonly protocol: Protocol;
  readonly protocolHash: string;
  readonly software: string;
  readonly cohort: Cohort;
  readonly excluded: readonly Exclusion[];
  readonly flow: CohortFlow;
  readonly split: Split;
  readonly tableOne: { readonly byOutcome: TableOne; readonly byPart: TableOne | null };
  readonly measured: MeasuredImages | null;
  readonly predictors: PredictorTable;
  /** Of the radiomic features in the development set; null where the protocol does not ask for it. */
  readonly reproducibility: StudyReproducibility | null;
  /** Of the development set, one entry per imputed column; null for simple imputation. */
  readonly imputation: readonly ColumnDiagnostics[] | null;
  readonly predictions: readonly JudgedPredictions[];
  /** What the blocks of a model are worth to its out-of-fold predictions; of models with several. */
  readonly importance: readonly ModelImportance[];
  /** In the protocol's order. */
  readonly models: readonly StudyModel[];
}

/**
 * Runs a study: from the table and the images to models and their evaluation. Reads like its Methods section.
 *
 * @param input Protocol and table.
 * @param machine Reads images and runs fits; how many workers it has changes nothing.
 * @throws {InputError} The data break a precondition; every problem that can be found at once is named.
 */
export async function runStudy(
  { protocol, table, software }: StudyInput,
  machine: Machine,
): Promise<StudyRun> {
  const random = createRandom(protocol.seed);

  // Participants: who is in the table, who is eligible, who is set apart for testing.
  const reading = await readStudyCohort(protocol, table, machine);
  const eligibility = applyEligibility(reading.cohort, protocol.eligibility);
  const { cohort } = eligibility;
  const split = splitCohort(cohort, protocol.split, random.fork("split"));
  const flow = cohortFlow(eligibility, split);

  // Predictors: the clinical columns that blocks name, and the features of the lesion's images.
  const measured = await measureImages(cohort.images, protocol, machine, {
    patients: [...new Set([...split.development, ...crossValidatedPatients(protocol, cohort, split)])],
    seed: protocol.seed,
  });
  const predictors = assemblePredictors(
    cohort,
    tableColumns(protocol),
    measured,
    protocol.images?.several ?? "mean",
  );

  // Models: one final fit each on the development set, and the same fit in every fold of it.
  const reproducibility = studyReproducibility(protocol, predictors, split.development);
  const models = modelSpecifications(protocol, predictors);
  const tasks = studyTasks({ protocol, cohort, split }, models, random);
  const data = { predictors, outcome: cohort.outcome, seed: protocol.seed };
  const results = await machine.fit(data, [...tasks.final, ...tasks.crossValidation.flat()]);
  const final = results.slice(0, models.length);
  const folds = models.map((_, index) => {
    const first = models.length + index * tasks.folds.length;
    return results.slice(first, first + tasks.folds.length);
  });

  // Validation: apparent, cross-validated and held-out predictions, compared and by subgroup.
  const predictions = judgedPredictions({
    cohort,
    split,
    predictors,
    tasks,
    fits: { final, crossValidation: folds },
  });
  const evaluation = evaluateStudy(protocol, cohort, predictions);

  const protocolHash = contentHash(protocol);
  const findings: readonly Finding[] = [
    ...table.findings,
    ...reading.findings,
    ...designFindings(protocol, split.test.length),
    ...imageFindings(measured),
    ...bitDepthFindings(measured),
    ...undefinedFeatureFindings(measured),
    ...reproducibilityFindings(reproducibility),
    ...missingFindings(protocol, predictors, split.development),
    ...missingnessFindings(protocol, predictors, { cohort, development: split.development }),
    ...pixelSizeFindings(protocol, measured, { cohort, development: split.development }),
    ...fitFindings(final, folds),
    ...evaluation.findings,
  ];
  return {
    ...evaluation,
    findings,
    protocol,
    protocolHash,
    software,
    cohort,
    excluded: eligibility.excluded,
    flow,
    split,
    tableOne: {
      byOutcome: tableOne(cohort, outcomeGrouping(cohort, protocol.outcome.label)),
      byPart: flow.parts.length < 2 ? null : tableOne(cohort, splitGrouping(cohort, split)),
    },
    measured,
    predictors,
    reproducibility,
    imputation: studyImputation(data, models, split.development),
    predictions,
    importance: blockImportance(data, models, tasks, folds),
    models: final.map(({ model, thresholds }) =>
      toStudyModel({
        protocol,
        protocolHash,
        software,
        model,
        thresholds: protocol.thresholds.rules.map((name, rule) => ({ name, threshold: thresholds[rule] })),
        training: split.development,
      }),
    ),
  };
}
