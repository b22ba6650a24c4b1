import { logistic } from "../math/elementary.ts";
import { normalQuantile } from "../math/distributions.ts";
import { actsThrough, type AdditiveModel, columnAlong, type EffectAxis } from "./input-effects.ts";
import { designValues } from "./design-value.ts";
import type { DesignColumn, InputColumn } from "./model.ts";

/** How a risk moves along one quantity with all others at their typical values; shape [m] each. */
export interface PartialEffect {
  readonly axis: EffectAxis;
  /** Numbers, codes of levels, or values of the score. */
  readonly values: Float64Array;
  readonly linear: Float64Array;
  readonly probability: Float64Array;
  /** Pointwise limits of the linear predictor; null where the fit has no standard errors. */
  readonly lower: Float64Array | null;
  readonly upper: Float64Array | null;
}

/**
 * The effect of one quantity with the others at the median or, of levels without order, the most frequent level of the
 * training patients; scores of blocks at their mean.
 *
 * @param values Numbers, codes of levels, or values of the score; shape [m].
 * @param level Of the pointwise Wald limits, in (0, 1).
 * @returns No effect of a cause, and limits that do not hold for all points at once.
 * @source Harrell 2015, Regression Modeling Strategies, 2nd ed., section 5.1.4; the limits are those of rms::Predict.
 */
export function partialEffect(
  { predictor, inputs }: AdditiveModel,
  axis: EffectAxis,
  values: ArrayLike<number>,
  level = 0.95,
): PartialEffect {
  const design = predictor.columns.map((column) =>
    actsThrough(axis, column)
      ? columnAlong(column, axis, values)
      : new Float64Array(values.length).fill(typicalValue(column, inputs)),
  );
  const linear = new Float64Array(values.length).fill(predictor.intercept);
  design.forEach((column, j) => {
    for (let k = 0; k < linear.length; k++) linear[k] += predictor.columns[j].coefficient * column[k];
  });
  const errors =
    predictor.covariance === undefined ? null : standardErrors(predictor.covariance, design, linear.length);
  const z = -normalQuantile((1 - level) / 2);
  return {
    axis,
    values: Float64Array.from(values),
    linear,
    probability: linear.map(logistic),
    lower: errors?.map((error, k) => linear[k] - z * error) ?? null,
    upper: errors?.map((error, k) => linear[k] + z * error) ?? null,
  };
}

/** What a column is for a patient of whom nothing is known. */
function typicalValue(column: DesignColumn, inputs: readonly InputColumn[]): number {
  if (column.kind === "score") return 0;
  const { column: name } = column;
  const base = { name, label: name, source: { kind: "clinical", variable: name } } as const;
  const input = inputs.find((one) => one.name === name);
  const missing =
    input?.kind === "categorical"
      ? ({
          ...base,
          kind: "categorical",
          levels: input.levels,
          ordered: input.ordered,
          reference: input.reference,
          codes: Int16Array.of(-1),
        } as const)
      : ({ ...base, kind: "numeric", unit: null, values: Float64Array.of(NaN) } as const);
  return designValues(column, { patients: [], columns: [missing] }, {})[0];
}

/** Roots of x' V x with x = (1, columns). */
function standardErrors(
  covariance: readonly (readonly number[])[],
  design: readonly Float64Array[],
  count: number,
): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => {
    const row = [1, ...design.map((column) => column[k])];
    let variance = 0;
    for (let a = 0; a < row.length; a++)
      for (let b = 0; b < row.length; b++) variance += row[a] * row[b] * covariance[a][b];
    return Math.sqrt(Math.max(0, variance));
  });
}
