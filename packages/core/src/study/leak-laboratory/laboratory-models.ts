import type { PatientId } from "../../cohort/patient.ts";
import type { PredictorTable } from "../../features/predictor-table.ts";
import type { Random } from "../../math/random.ts";
import type { ScoreSpecification } from "../../models/cross-fit.ts";
import { fitModel } from "../../models/fit-model.ts";
import type { BlockSpecification, FittedModel, ModelSpecification } from "../../models/model.ts";
import { predictProbability } from "../../models/predict.ts";
import type { TrainingData } from "../../models/training-data.ts";
import { axillaryNames, clinicalNames, radiomicNames } from "./laboratory-cohort.ts";

/** Names of the laboratory's models: clinical and axillary findings, and radiomics added to them. */
export const laboratoryModels = ["CA", "CAR"] as const;

/** One of the laboratory's models. */
export type LaboratoryModel = (typeof laboratoryModels)[number];

/** One value a model. */
export type PerModel<Value> = Readonly<Record<LaboratoryModel, Value>>;

/** Predictors of the laboratory's models. */
export interface LaboratoryPredictors {
  readonly clinical: readonly string[];
  readonly axillary: readonly string[];
  readonly radiomic: readonly string[];
}

/** What both models use where a mistake asks for nothing else. */
export const usualPredictors: LaboratoryPredictors = {
  clinical: clinicalNames,
  axillary: axillaryNames,
  radiomic: radiomicNames,
};

const ridge = { method: "penalised", alpha: 0, folds: 3, rule: "minimum" } as const;

/** Ridge regressions of both models, learned by the ordinary `fitModel` from the rows that it is given. */
export function learnModels(
  training: TrainingData,
  random: Random,
  predictors: LaboratoryPredictors = usualPredictors,
): PerModel<FittedModel> {
  const fit = (specification: ModelSpecification): FittedModel =>
    fitModel(specification, training, random.fork(specification.name)).model;
  const { clinical, axillary, radiomic } = predictors;
  const known = [features("C", clinical), features("A", axillary)];
  const { regression, ...R } = radiomicScore(radiomic);
  const score: BlockSpecification = { ...R, entersAs: { kind: "score", regression } };
  return {
    CA: fit({ name: "CA", blocks: known, regression: ridge, innerFolds: 3 }),
    CAR: fit({ name: "CAR", blocks: [...known, score], regression: ridge, innerFolds: 3 }),
  };
}

/** The score that stands for the image in CAR. */
export function radiomicScore(columns: readonly string[]): ScoreSpecification {
  return { ...features("R", columns), regression: ridge };
}

/** Risks of every row of a table by both models. */
export function predictModels(models: PerModel<FittedModel>, table: PredictorTable): PerModel<Float64Array> {
  return { CA: predictProbability(models.CA, table), CAR: predictProbability(models.CAR, table) };
}

/** The patients of rows, each once, in their order; rows of nobody are left out. */
export function patientsOf({
  patients,
}: {
  readonly patients: readonly (PatientId | null)[];
}): readonly PatientId[] {
  return [...new Set(patients.flatMap((patient) => patient ?? []))];
}

function features(name: string, columns: readonly string[]): BlockSpecification {
  const terms = columns.map((column) => ({ column, shape: "linear" as const }));
  return { name, terms, filter: null, entersAs: { kind: "features" } };
}
