import type { TableOne } from "../cohort/table-one-row.ts";
import { outcomeGrouping, splitGrouping, tableOne } from "../cohort/table-one.ts";
import type { Finding } from "../errors.ts";
import type { ColumnDiagnostics } from "../models/imputation/imputation-diagnostics.ts";
import { blockImportance, type ModelImportance } from "./block-importance.ts";
import { evaluateStudy, type StudyEvaluation } from "./evaluate-study.ts";
import { withComparators } from "./judged-comparators.ts";
import { type JudgedPredictions, judgedPredictions } from "./judged-predictions.ts";
import type { Machine } from "./machine.ts";
import { referenceDistribution } from "./monitoring/reference-distribution.ts";
import { missingFindings } from "./missing-findings.ts";
import { missingnessFindings, pixelSizeFindings } from "./outcome-findings.ts";
import { openHeldOut } from "./open-held-out.ts";
import { type PreparedStudy, prepareStudy, type StudyInput } from "./prepare-study.ts";
import { designFindings, fitFindings } from "./study-findings.ts";
import { studyImputation } from "./study-imputation.ts";
import { studyOptimism } from "./study-optimism.ts";
import { type StudyModel, toStudyModel } from "./study-model.ts";
import { fitsOfModels } from "./study-tasks.ts";
import {
  reproducibilityFindings,
  type StudyReproducibility,
  studyReproducibility,
} from "./study-reproducibility.ts";

/** A finished study: everything that its files and its report are made of. */
export interface StudyRun extends PreparedStudy, StudyEvaluation {
  readonly tableOne: { readonly byOutcome: TableOne; readonly byPart: TableOne | null };
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
 * @param machine Reads images, runs fits and keeps sealed outcomes; how many workers it has changes nothing.
 * @throws {InputError} The data break a precondition; every problem that can be found at once is named.
 */
export async function runStudy(input: StudyInput, machine: Machine): Promise<StudyRun> {
  // Participants, predictors and the plan of all fits; outcomes of patients set apart are sealed.
  const prepared = await prepareStudy(input, machine);
  const { protocol, protocolHash, software, split, measured, predictors, specifications, tasks } = prepared;
  const development = { cohort: prepared.cohort, development: split.development };

  // Models: one final fit each on the development set, and the same fit in every fold of it.
  const reproducibility = studyReproducibility(protocol, predictors, split.development);
  const data = { predictors, outcome: prepared.cohort.outcome, seed: protocol.seed };
  const results = await machine.fit(data, [...tasks.final, ...tasks.crossValidation.flat()]);
  const fits = fitsOfModels(tasks, results);
  const models = fits.final.map(({ model, thresholds, outOfFold }) =>
    toStudyModel({
      protocol,
      protocolHash,
      software,
      model,
      thresholds: protocol.thresholds.rules.map((name, rule) => ({ name, threshold: thresholds[rule] })),
      training: split.development,
      reference: referenceDistribution({ ...prepared, model, training: split.development, outOfFold }),
    }),
  );

  // Validation: the sealed outcomes are opened for these models, and all predictions are judged and compared.
  const opened = await openHeldOut(prepared, models, machine);
  const { cohort } = opened;
  const ofModels = judgedPredictions({ cohort, split, predictors, tasks, fits });
  const { predictions, findings: ofComparators } = withComparators(ofModels, prepared);
  const evaluation = evaluateStudy(protocol, cohort, predictions);
  const optimism = await studyOptimism(
    { ...prepared, development: split.development, predictions },
    data,
    machine,
  );

  const findings: readonly Finding[] = [
    ...prepared.findings,
    ...designFindings(protocol, split.test.length),
    ...reproducibilityFindings(reproducibility),
    ...missingFindings(protocol, predictors, split.development),
    ...missingnessFindings(protocol, predictors, development),
    ...pixelSizeFindings(protocol, measured, development),
    ...fitFindings(fits),
    ...opened.findings,
    ...ofComparators,
    ...evaluation.findings,
    ...optimism.findings,
  ];
  return {
    ...prepared,
    ...evaluation,
    evaluations: [...evaluation.evaluations, ...optimism.evaluations],
    cohort,
    findings,
    tableOne: {
      byOutcome: tableOne(cohort, outcomeGrouping(cohort, protocol.outcome.label)),
      byPart: prepared.flow.parts.length < 2 ? null : tableOne(cohort, splitGrouping(cohort, split)),
    },
    reproducibility,
    imputation: studyImputation(data, specifications, split.development),
    predictions,
    importance: blockImportance(data, specifications, tasks, fits.crossValidation),
    models,
  };
}
