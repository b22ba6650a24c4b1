import { InputError } from "../errors.ts";

/** What the positions of one axis add to the linear predictor. */
export interface AxisEffects {
  readonly name: string;
  readonly effects: ArrayLike<number>;
}

/** How a linear predictor is read from points. */
export interface NomogramScale {
  /** Points of every position, one list an axis, each from 0 up. */
  readonly points: readonly (readonly number[])[];
  /** Points that one unit of the linear predictor is worth. */
  readonly pointsPerUnit: number;
  /** Linear predictor of a patient with 0 points on every axis. */
  readonly linearAtZero: number;
}

/**
 * Points as rms::nomogram gives them: every axis starts with 0 at its most favourable position, and the axis that moves
 * the linear predictor most ends at `maximum`.
 *
 * @param axes At least one that moves the linear predictor; each acts by itself, for a nomogram has no place for interactions.
 * @param intercept Linear predictor where all effects are 0.
 * @param maximum Points of the longest axis, above 0.
 * @throws {InputError} No axis moves the linear predictor, an axis is empty or an effect is not finite.
 * @source Harrell 2015, Regression Modeling Strategies, 2nd ed., section 5.1.4; the R package rms 6.5.
 * @example nomogramPoints([{ name: "a", effects: [0, 2] }, { name: "b", effects: [1, 0] }], -3).points // => [[0,100],[50,0]]
 */
export function nomogramPoints(
  axes: readonly AxisEffects[],
  intercept: number,
  maximum = 100,
): NomogramScale {
  const ranges = axes.map(({ name, effects }) => rangeOf(name, effects));
  const longest = Math.max(0, ...ranges.map(([least, most]) => most - least));
  if (!(longest > 0))
    throw new InputError(
      `a nomogram needs a predictor that changes the risk; got ${axes.length} axes and none does; leave the nomogram out`,
    );
  const pointsPerUnit = maximum / longest;
  return {
    points: axes.map(({ effects }, k) =>
      Array.from(effects, (effect) => (effect - ranges[k][0]) * pointsPerUnit),
    ),
    pointsPerUnit,
    linearAtZero: intercept + ranges.reduce((sum, [least]) => sum + least, 0),
  };
}

/**
 * The total of points at which the linear predictor has a value.
 *
 * @example totalPointsAt({ points: [], pointsPerUnit: 50, linearAtZero: -3 }, -1) // => 100
 */
export function totalPointsAt({ pointsPerUnit, linearAtZero }: NomogramScale, linear: number): number {
  return (linear - linearAtZero) * pointsPerUnit;
}

function rangeOf(name: string, effects: ArrayLike<number>): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (let k = 0; k < effects.length; k++) {
    if (!Number.isFinite(effects[k]))
      throw new InputError(
        `a nomogram needs a finite effect of every position; axis ${name} has another; narrow its range`,
      );
    least = Math.min(least, effects[k]);
    most = Math.max(most, effects[k]);
  }
  if (effects.length === 0)
    throw new InputError(`a nomogram needs positions on every axis; axis ${name} has none; leave it out`);
  return [least, most];
}
