import { logit } from "../math/elementary.ts";
import { roundTicks } from "../math/round-ticks.ts";
import type { EffectAxis } from "./input-effects.ts";

/** Positions along a quantity, ascending, and which of them a reader wants named. */
export interface AxisPositions {
  /** Numbers, codes of levels, or values of the score; from one end of the axis to the other. */
  readonly values: Float64Array;
  /** Of the positions that are named: where they stand in `values`, and what they read. */
  readonly named: readonly { readonly index: number; readonly text: string }[];
}

/** Enough that a spline looks smooth and its turning points are found to a fraction of a point. */
const FINE_STEPS = 200;

/**
 * The positions of an axis within the range of the training patients: every level, or round numbers and, between them,
 * as many others as its shape needs.
 *
 * @param about Number of round numbers wished for.
 */
export function axisPositions(axis: EffectAxis, about = 7): AxisPositions {
  if (axis.kind === "levels")
    return {
      values: Float64Array.from(axis.levels, (_, code) => code),
      named: axis.levels.map((text, index) => ({ index, text })),
    };
  const [from, to] = axis.range;
  const ticks = to > from ? roundTicks(from, to, about) : [from];
  const steps = axis.kind === "numeric" && !axis.isStraight ? FINE_STEPS : 1;
  const between = Array.from({ length: steps + 1 }, (_, k) =>
    k === steps ? to : from + (k * (to - from)) / steps,
  );
  const values = Float64Array.from([...new Set([...between, ...ticks])]).sort((a, b) => a - b);
  return { values, named: ticks.map((tick) => ({ index: values.indexOf(tick), text: String(tick) })) };
}

/**
 * The linear predictor that stands for a risk.
 *
 * @param risk In (0, 1).
 * @example linearPredictorAt(0.5) // => 0
 */
export function linearPredictorAt(risk: number): number {
  return logit(risk);
}
