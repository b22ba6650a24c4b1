import { takePatients } from "../../features/predictor-table.ts";
import { assemblePredictors } from "../assemble-predictors.ts";
import type { PreparedStudy } from "../prepare-study.ts";
import type { AuditedPredictor } from "./audit-subject.ts";

/** Every column that a study describes or measures, with what the protocol says of it; the outcome is none. */
export function studyPredictors(prepared: PreparedStudy): readonly AuditedPredictor[] {
  const { protocol, cohort, predictors, specifications, tasks } = prepared;
  const row = new Map(cohort.patients.map((patient, index) => [patient, index]));
  const rows = tasks.crossValidated.map((patient) => row.get(patient)!);
  const blocksOf = new Map<string, Set<string>>();
  for (const { name, terms } of specifications.flatMap(({ blocks }) => blocks))
    for (const { column } of terms) blocksOf.set(column, (blocksOf.get(column) ?? new Set()).add(name));
  const described = Object.keys(protocol.variables).filter((name) => name !== protocol.outcome.variable);
  const table = assemblePredictors(cohort, described, null, "mean");
  const images = predictors.columns.filter(({ source }) => source.kind === "radiomic");
  return takePatients(
    { patients: cohort.patients, columns: [...table.columns, ...images] },
    rows,
  ).columns.map((column) => {
    const variable = column.source.kind === "clinical" ? protocol.variables[column.name] : undefined;
    return {
      column,
      known: variable?.known ?? "before-surgery",
      blocks: [...(blocksOf.get(column.name) ?? [])],
      acknowledged: variable?.acknowledged ?? null,
    };
  });
}
