import { InputError } from "../errors.ts";
import { columnOf, type Matrix, zeroMatrix } from "../math/matrix.ts";
import { checkAgainstModel, expectedValues } from "./combat.ts";
import { batchMoments } from "./combat-location.ts";
import type { CombatModel } from "./combat-model.ts";
import { estimateBatchEffect } from "./combat-shrinkage.ts";

/** A sample of a batch that a model has not learned, declared for its calibration. */
export interface CalibrationSample {
  readonly batch: string;
  /** Shape [n, p], columns in the order of the model's features; NaN where missing. */
  readonly values: Matrix;
  /** Shape [n, c] in the order of the model's covariates; null for none. */
  readonly covariates: Matrix | null;
}

/**
 * A model that also knows the batch of a calibration sample. Means, deviations, coefficients and the effects of all other
 * batches stay as they were learned; the new batch's effects are shrunken towards each other only. No outcome is looked at.
 *
 * @throws {InputError} The batch is known already, or the sample has too few values of an adjusted feature.
 * @throws {NumericalError} The estimate does not converge.
 */
export function calibrateCombat(
  model: CombatModel,
  { batch, values, covariates }: CalibrationSample,
): CombatModel {
  if (Object.hasOwn(model.batches, batch))
    throw new InputError(`ComBat knows batch "${batch}" already; its effect stays as learned; apply it`);
  const [known] = Object.keys(model.batches);
  const batches = new Array<string>(values.rows).fill(known);
  checkAgainstModel(model, { values, batches, covariates });
  const passes = new Set(model.unadjusted.map(({ feature }) => feature));
  const adjusted = model.features.flatMap((name, feature) => (passes.has(name) ? [] : [feature]));
  checkSample(model, { batch, values, covariates }, adjusted);
  const remainders = zeroMatrix(values.rows, adjusted.length);
  const expected = new Float64Array(values.rows);
  adjusted.forEach((feature, k) => {
    expectedValues(model, covariates, feature, expected);
    const target = columnOf(remainders, k);
    columnOf(values, feature).forEach((value, row) => (target[row] = value - expected[row]));
  });
  const moments = batchMoments(remainders, {
    names: [batch],
    batchOf: new Int32Array(values.rows),
    sizes: [values.rows],
  });
  const standard = {
    means: new Float64Array(adjusted.length),
    deviations: Float64Array.from(adjusted, (feature) => model.deviations[feature]),
  };
  const effect = estimateBatchEffect(moments, 0, standard, model.options);
  const shift = model.features.map(() => 0);
  const scale = model.features.map(() => 1);
  adjusted.forEach((feature, k) => {
    shift[feature] = effect.shift[k];
    scale[feature] = effect.scale[k];
  });
  return { ...model, batches: { ...model.batches, [batch]: { shift, scale } } };
}

/**
 * A model of fewer features, each of which is harmonised as before.
 *
 * @param features Those that stay; others are ignored.
 */
export function restrictCombat(model: CombatModel, features: ReadonlySet<string>): CombatModel {
  const kept = model.features.flatMap((name, index) => (features.has(name) ? [index] : []));
  const pick = <T>(values: readonly T[]): readonly T[] => kept.map((index) => values[index]);
  const batches = Object.entries(model.batches).map(
    ([name, { shift, scale }]) => [name, { shift: pick(shift), scale: pick(scale) }] as const,
  );
  return {
    ...model,
    features: pick(model.features),
    means: pick(model.means),
    deviations: pick(model.deviations),
    coefficients: model.coefficients.map(pick),
    batches: Object.fromEntries(batches),
    unadjusted: model.unadjusted.filter(({ feature }) => features.has(feature)),
  };
}

function checkSample(
  { features, options }: CombatModel,
  { batch, values, covariates }: CalibrationSample,
  adjusted: readonly number[],
): void {
  const needed = options.meanOnly ? 1 : 2;
  const poor = adjusted.filter((feature) => {
    const present = columnOf(values, feature).filter((value) => !Number.isNaN(value));
    return present.length < needed || (!options.meanOnly && present.every((value) => value === present[0]));
  });
  if (poor.length > 0)
    throw new InputError(
      `calibrating ComBat for batch "${batch}" needs at least ${needed} ${needed === 1 ? "value" : "different values"} of every adjusted feature; ${poor.length} have fewer, the first is ${features[poor[0]]}; add patients to the sample`,
    );
  if (covariates !== null && !(covariates.rows === values.rows && covariates.values.every(Number.isFinite)))
    throw new InputError(
      `calibrating ComBat for batch "${batch}" needs every covariate of each of ${values.rows} rows; got a missing one; impute covariates first`,
    );
}
