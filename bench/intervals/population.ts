/** Fresh patients without end: the population in which models are worth what they are worth. */
import { type PredictorTable, takePatients } from "../../packages/core/src/features/predictor-table.ts";
import type { FittedModel } from "../../packages/core/src/models/model.ts";
import { predictProbability } from "../../packages/core/src/models/predict.ts";
import type { ModelTruth } from "./observation.ts";
import { readPredictors, type StudyPlan } from "./study.ts";
import { type SimulatedRows, simulatedRows } from "./simulated-rows.ts";
import { thresholdTruth, truthOf } from "./truth.ts";

/** Patients of the population, and of the part of it that many models of one cohort are compared on. */
export const POPULATION = 200_000;
const PART = 2_000;

/** A population with its predictors and true probabilities. */
export interface Population {
  readonly predictors: PredictorTable;
  readonly chance: Float64Array;
  /** Its first patients: many models of one cohort are compared on them. */
  readonly part: {
    readonly predictors: PredictorTable;
    /** The same patients with cells missing. */
    readonly incomplete: PredictorTable;
    readonly chance: Float64Array;
  };
}

/**
 * The population of a signal.
 *
 * @param plan Names the columns.
 */
export async function populationOf(plan: StudyPlan, signal: number, patients: number): Promise<Population> {
  const wanted = { seed: `population-${String(signal)}`, signal, development: 0 };
  const rows = simulatedRows({ ...wanted, patients, missing: false });
  const predictors = await readPredictors(plan, rows);
  const gaps = simulatedRows({ ...wanted, patients: Math.min(PART, patients), missing: true });
  const incomplete = await readPredictors(plan, gaps);
  return {
    predictors,
    chance: inOrder(predictors.patients, rows),
    part: {
      predictors: takePatients(predictors, rowsOf(incomplete.patients, predictors.patients)),
      incomplete,
      chance: inOrder(incomplete.patients, rows),
    },
  };
}

/** Chances in the order in which a study reads the patients, which is that of their ids. */
function inOrder(patients: readonly string[], { table, chance }: SimulatedRows): Float64Array {
  const ids = table.rows.map(([id]) => id);
  return Float64Array.from(rowsOf(patients, ids), (row) => chance[row]);
}

function rowsOf(wanted: readonly string[], all: readonly string[]): number[] {
  const row = new Map(all.map((id, index) => [id, index]));
  return wanted.map((id) => row.get(id)!);
}

/** What the model is worth in the population. */
export function worthOf(
  model: FittedModel,
  population: Population,
): ModelTruth & { readonly risk: Float64Array } {
  const risk = predictProbability(model, population.predictors);
  return {
    risk,
    overall: truthOf(risk, population.chance),
    at: (threshold) => thresholdTruth(risk, population.chance, threshold),
  };
}

/**
 * The mean of what several predictions are worth. They are compared with those of a reference on a part of the
 * population, and the difference is added to what the reference is worth in all of it: which part it is hardly matters.
 *
 * @param reference What it is worth in the population, and its risks of the part.
 * @param risks Of the part.
 */
export function meanWorth(
  reference: { readonly worth: ModelTruth; readonly risk: Float64Array },
  risks: readonly Float64Array[],
  { part }: Population,
): ModelTruth {
  const shifted = <T extends object>(whole: T, onPart: (risk: Float64Array) => T): T => {
    const before = onPart(reference.risk);
    const after = risks.map(onPart);
    const entries = Object.entries(whole).map(([name, value]) => {
      const of = (truth: T) => (truth as Record<string, number>)[name];
      const mean = after.reduce((sum, truth) => sum + of(truth), 0) / after.length;
      return [name, (value as number) + mean - of(before)];
    });
    return Object.fromEntries(entries) as T;
  };
  return {
    overall: shifted(reference.worth.overall, (risk) => truthOf(risk, part.chance)),
    at: (threshold) =>
      shifted(reference.worth.at(threshold), (risk) => thresholdTruth(risk, part.chance, threshold)),
  };
}
