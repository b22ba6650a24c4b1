import type { TableOne } from "../cohort/table-one-row.ts";
import { type PredictorTable, takePatients } from "../features/predictor-table.ts";
import { coefficientTable } from "../models/coefficient-table.ts";
import { summariseContributions } from "../models/learned-contributions.ts";
import { protocolComparators } from "../study/comparator.ts";
import { openingFindings, type PartOpenings } from "../study/openings.ts";
import type { StudyRun } from "../study/run-study.ts";
import type { StudyModel } from "../study/study-model.ts";
import { methodsParagraphs } from "./methods.ts";
import { comparatorPredictionsOf } from "./report-comparators.ts";
import type { ReportFact, ReportModel, ReportModelEntry } from "./report-model.ts";

/**
 * What a report prints of a finished study.
 *
 * @param run The study as it was run.
 * @param versions Software and its parts, as the caller's machine has them.
 * @param openings Of the ledger of the run's folder, this run's among them.
 */
export function reportOfRun(
  run: StudyRun,
  versions: readonly ReportFact[],
  openings: readonly PartOpenings[] = [],
): ReportModel {
  const { protocol } = run;
  return {
    study: {
      name: protocol.name,
      description: protocol.description,
      outcomeLabel: protocol.outcome.label,
      seed: protocol.seed,
      software: run.software,
      protocolHash: run.protocolHash,
      simulated: protocol.simulated,
    },
    flow: run.flow,
    tableOne: { ...run.tableOne, byPart: withoutSplit(run) },
    methods: methodsParagraphs(protocol),
    reproducibility: run.reproducibility,
    imputation: run.imputation,
    crossValidated: run.split.test.length > 0 ? protocol.validation.patients : "development",
    models: run.models.flatMap((own) => (own.name in protocol.models ? [modelEntry(run, own)] : [])),
    comparators: protocolComparators(protocol).map((comparator) => {
      const refitted = run.models.find(({ name }) => name === comparator.name);
      return { ...comparator, entry: refitted === undefined ? null : modelEntry(run, refitted) };
    }),
    evaluations: run.evaluations,
    comparisons: run.comparisons,
    subgroupTests: run.subgroupTests,
    importance: run.importance,
    audit: null,
    findings: [...run.findings, ...openingFindings(openings)],
    openings,
    predictions: run.predictions.flatMap((judged) => {
      const { dataset, method, outcome, models } = judged;
      const ofModels = models.map(({ model, repeats }) => ({
        model,
        dataset,
        method,
        outcome,
        probabilities: repeats.map(({ probability }) => probability),
      }));
      return [...ofModels, ...comparatorPredictionsOf(judged)];
    }),
    subgroups: run.subgroups.map(({ dataset, within, label, levelLabel }) => ({
      dataset,
      within,
      variable: label,
      level: levelLabel,
    })),
    versions,
    hashes: [
      { name: "protocol", value: run.protocolHash },
      ...run.models.map(({ name, hash }) => ({ name: `model ${name}`, value: hash })),
    ],
  };
}

function modelEntry(run: StudyRun, { name, model }: StudyModel): ReportModelEntry {
  return {
    name,
    blocks: blocksOf(run, name),
    fitted: model,
    coefficients: model.kind === "logistic" ? coefficientTable(model) : [],
    contributions: model.kind === "logistic" ? null : summariseContributions(model, developmentTable(run)),
  };
}

/** The characteristics by set without the variable that names the sets, which would be compared with itself. */
function withoutSplit({ tableOne: { byPart }, protocol: { split } }: StudyRun): TableOne | null {
  if (byPart === null || split.method !== "column") return byPart;
  return { ...byPart, rows: byPart.rows.filter(({ variable }) => variable !== split.column) };
}

/** Predictors of the patients that the final models learned from. */
function developmentTable({ predictors, split }: StudyRun): PredictorTable {
  const development = new Set(split.development);
  const rows = [...predictors.patients.keys()].filter((row) => development.has(predictors.patients[row]));
  return takePatients(predictors, rows);
}

function blocksOf({ protocol }: StudyRun, name: string): readonly string[] {
  // A refitted comparator has one block of its own name.
  const model = protocol.models[name] ?? [name];
  return Array.isArray(model) ? model : model.blocks;
}
