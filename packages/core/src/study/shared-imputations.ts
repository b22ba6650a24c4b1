import { createRandom } from "../math/random.ts";
import type { ChainedEquations } from "../models/imputation/chained-equations.ts";
import {
  imputeTraining,
  type ImputeTraining,
  type TrainingImputations,
} from "../models/imputation/impute-training.ts";
import type { TrainingData } from "../models/training-data.ts";

/** What was imputed of each data set, by training set: a memory of a pure function, which can be lost at any time. */
const remembered = new WeakMap<object, Map<string, TrainingImputations>>();

/** An audit imputes thousands of training sets: the oldest are forgotten. */
const MOST_REMEMBERED = 256;

/**
 * Imputes the training patients of a fold once for all models that learn from them. Random numbers depend on the seed and
 * the training set alone, so that it does not matter which worker imputes, or how often.
 *
 * @param data The study's: as long as it lives its imputations are remembered.
 * @param trainingSet Names the training patients, e.g. `cross-validation/3/2`.
 */
export function sharedImputations(data: { readonly seed: number }, trainingSet: string): ImputeTraining {
  return (specification, training) => {
    const key = [trainingSet, JSON.stringify(specification), ...fingerprint(specification, training)].join(
      " ",
    );
    const known = remembered.get(data) ?? new Map<string, TrainingImputations>();
    remembered.set(data, known);
    const random = createRandom(data.seed).fork(`imputation/${trainingSet}`);
    const imputations = known.get(key) ?? imputeTraining(specification, training, random);
    known.set(key, imputations);
    if (known.size > MOST_REMEMBERED) known.delete(known.keys().next().value!);
    return imputations;
  };
}

/** Sums of the columns: models whose tables were harmonised differently do not share imputations. */
function fingerprint({ columns }: ChainedEquations, { table }: TrainingData): readonly number[] {
  return table.columns.flatMap((column) => {
    if (!columns.includes(column.name)) return [];
    const values: ArrayLike<number> = column.kind === "numeric" ? column.values : column.codes;
    let sum = 0;
    for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) sum += values[row];
    return [sum];
  });
}
