import { InputError } from "../errors.ts";
import { columnOf, type Matrix, zeroMatrix } from "../math/matrix.ts";
import { adjustableFeatures, checkCombatInput } from "./combat-input.ts";
import { batchMoments, covariateCoefficients, pooledScale } from "./combat-location.ts";
import type { BatchEffect, CombatData, CombatModel, CombatNames, CombatOptions } from "./combat-model.ts";
import { estimateBatchEffect } from "./combat-shrinkage.ts";

/**
 * ComBat learned from training rows: the shift and the scale of every feature in every batch, shrunken towards those of
 * the other features.
 *
 * No outcome takes part, unless the caller makes one a covariate, which no new patient could be harmonised with. With any
 * value missing the pooled variance has a denominator of one less, as in sva.
 *
 * @throws {InputError} Fewer than two batches or adjustable features, an unknown reference, a covariate that is not
 *   finite, or one that the batches and the covariates before it determine: its effect and theirs cannot be told apart.
 * @throws {NumericalError} The estimate does not converge.
 * @source Johnson, Li & Rabinovic 2007, Biostatistics 8:118-127; reference batch, mean only and missing values: sva 3.46.
 */
export function fitCombat(data: CombatData, options: CombatOptions, names: CombatNames): CombatModel {
  const grouped = checkCombatInput(data, options, names);
  const meanOnly = options.meanOnly || grouped.sizes.some((size) => size === 1);
  const { rows, columns: p } = data.values;
  const { adjusted, unadjusted } = adjustableFeatures(data, grouped, { meanOnly, names: names.features });
  const own: Matrix = { rows, columns: adjusted.length, values: takeColumns(data.values, adjusted) };
  const coefficients = covariateCoefficients(own, data.covariates, grouped);
  const moments = batchMoments(own, grouped);
  const { means, deviations } = pooledScale(moments, grouped, options.reference);
  const spread = (values: ArrayLike<number>, rest: number) => {
    const all = new Array<number>(p).fill(rest);
    adjusted.forEach((feature, k) => (all[feature] = values[k]));
    return all;
  };
  const batches = grouped.names.map((name, batch): [string, BatchEffect] => {
    if (name === options.reference)
      return [name, { shift: spread([], 0).fill(0), scale: spread([], 1).fill(1) }];
    const effect = estimateBatchEffect(moments, batch, { means, deviations }, { ...options, meanOnly });
    return [name, { shift: spread(effect.shift, 0), scale: spread(effect.scale, 1) }];
  });
  return {
    kind: "combat",
    options: { ...options, meanOnly },
    features: names.features,
    covariates: names.covariates,
    means: spread(means, 0),
    deviations: spread(deviations, 1),
    coefficients: coefficients.map((row) => spread(row, 0)),
    batches: Object.fromEntries(batches),
    unadjusted,
  };
}

/**
 * Rows harmonised with what was learned: each depends on itself, its batch and its covariates only.
 *
 * @param data Columns in the order of the model's features and covariates.
 * @returns Shape [n, p]; missing values stay missing, rows of the reference and features without adjustment stay as they are.
 * @throws {InputError} A batch that the model has not learned, or another number of features or covariates.
 */
export function applyCombat(model: CombatModel, data: CombatData): Matrix {
  checkAgainstModel(model, data);
  const { rows, columns } = data.values;
  const names = Object.keys(model.batches);
  const position = new Map(names.map((name, index) => [name, index]));
  const batchOf = Int32Array.from(data.batches, (name) => position.get(name)!);
  const fixed = model.options.reference === null ? -1 : names.indexOf(model.options.reference);
  const harmonised = zeroMatrix(rows, columns);
  harmonised.values.set(data.values.values);
  const passes = new Set(model.unadjusted.map(({ feature }) => feature));
  const centre = new Float64Array(rows);
  for (let feature = 0; feature < columns; feature++) {
    if (passes.has(model.features[feature])) continue;
    const target = columnOf(harmonised, feature);
    expectedValues(model, data.covariates, feature, centre);
    const shift = names.map((name) => model.batches[name].shift[feature] * model.deviations[feature]);
    const scale = names.map((name) => Math.sqrt(model.batches[name].scale[feature]));
    for (let row = 0; row < rows; row++) {
      const batch = batchOf[row];
      if (batch !== fixed)
        target[row] = (target[row] - centre[row] - shift[batch]) / scale[batch] + centre[row];
    }
  }
  return harmonised;
}

/** Refuses rows that a model cannot harmonise. */
export function checkAgainstModel(model: CombatModel, { values, batches, covariates }: CombatData): void {
  if (values.columns !== model.features.length || batches.length !== values.rows)
    throw new InputError(
      `ComBat was learned on ${model.features.length} features and needs these and one batch for every row; got ${values.columns} features, ${values.rows} rows and ${batches.length} batches`,
    );
  if ((covariates?.columns ?? 0) !== model.covariates.length)
    throw new InputError(
      `ComBat was learned with ${model.covariates.length} covariates and needs these; got ${covariates?.columns ?? 0}`,
    );
  const unseen = [...new Set(batches)].filter((name) => !Object.hasOwn(model.batches, name));
  if (unseen.length > 0)
    throw new InputError(
      `ComBat knows ${Object.keys(model.batches).length} batches; got ${unseen.map((name) => `"${name}"`).join(", ")}, which it has not learned; calibrate it with a sample of that batch, or predict without harmonisation and say so`,
    );
}

/** What a feature is expected to be beside the effect of the batch: its mean, moved by the covariates. */
export function expectedValues(
  model: CombatModel,
  covariates: Matrix | null,
  feature: number,
  target: Float64Array,
): void {
  target.fill(model.means[feature]);
  if (covariates === null) return;
  for (let j = 0; j < covariates.columns; j++) {
    const coefficient = model.coefficients[j][feature];
    for (let row = 0; row < target.length; row++)
      target[row] += coefficient * covariates.values[j * covariates.rows + row];
  }
}

function takeColumns(matrix: Matrix, columns: readonly number[]): Float64Array {
  const taken = new Float64Array(matrix.rows * columns.length);
  columns.forEach((column, k) => taken.set(columnOf(matrix, column), k * matrix.rows));
  return taken;
}
