import type { PredictorTable } from "../features/predictor-table.ts";
import { inputColumns } from "./input-columns.ts";
import type { LearnedPredictor } from "./learner.ts";
import type { BlockScore, FilteredBlock, FittedModel, LinearPredictor } from "./model.ts";

/** What a fitted model is made of. */
export interface ModelParts {
  readonly name: string;
  readonly predictor: LinearPredictor | LearnedPredictor;
  /** By block; those that the predictor does not use are left out. */
  readonly scores: Readonly<Record<string, BlockScore>>;
  readonly filtered: readonly FilteredBlock[];
  /** Training patients as they were before imputation. */
  readonly table: PredictorTable;
  readonly outcome: Uint8Array;
}

/** The stored form of a model. */
export function assembleModel(parts: ModelParts): FittedModel {
  const { name, predictor, filtered, table, outcome } = parts;
  const used = Object.entries(parts.scores).filter(([score]) =>
    predictor.columns.some((column) => column.kind === "score" && column.name === score),
  );
  const common = {
    schema: "sentinode/model@1" as const,
    name,
    inputs: inputColumns([...predictor.columns, ...used.flatMap(([, score]) => score.columns)], table),
    scores: Object.fromEntries(used),
    training: {
      patients: outcome.length,
      events: outcome.reduce((count, event) => count + event, 0),
      ...(filtered.length === 0 ? {} : { filtered }),
    },
  };
  return "kind" in predictor
    ? { ...common, kind: predictor.kind, predictor }
    : { ...common, kind: "logistic", predictor };
}
