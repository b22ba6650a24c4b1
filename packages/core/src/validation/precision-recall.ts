import { log } from "../math/elementary.ts";
import { operatingPoints } from "./operating-points.ts";

/** Areas under the precision-recall curve by the three rules in use, and the largest F1 score. */
export interface PrecisionRecall {
  /** Sum of precision times the step of recall, as scikit-learn; no interpolation. */
  readonly averagePrecision: number;
  /** Exact integral of the non-linear interpolation between points, as PRROC. */
  readonly interpolatedArea: number;
  /** Trapezoids between points; too optimistic where scores are tied. */
  readonly trapezoidArea: number;
  /** Prevalence: the precision of a score that knows nothing. */
  readonly baseline: number;
  readonly bestF1: number;
}

/**
 * Areas under the precision-recall curve of a score.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param score Higher means more likely positive; shape [n].
 * @throws {InputError} As `operatingPoints`.
 * @source Davis & Goadrich 2006, ICML, 233-240; continuous form: Keilwagen et al. 2014, PLoS ONE 9:e92209.
 * @example precisionRecall(Uint8Array.of(0, 1), Float64Array.of(0.2, 0.9)).averagePrecision // => 1
 */
export function precisionRecall(outcome: Uint8Array, score: Float64Array): PrecisionRecall {
  const { truePositives, falsePositives, positives, negatives } = operatingPoints(outcome, score);
  let [averagePrecision, interpolatedArea, trapezoidArea, bestF1] = [0, 0, 0, 0];
  let [tp, fp] = [0, 0];
  let precision = truePositives[0] / (truePositives[0] + falsePositives[0]);
  for (let k = 0; k < truePositives.length; k++) {
    const [nextTp, nextFp] = [truePositives[k], falsePositives[k]];
    const nextPrecision = nextTp / (nextTp + nextFp);
    const step = (nextTp - tp) / positives;
    averagePrecision += step * nextPrecision;
    trapezoidArea += (step * (precision + nextPrecision)) / 2;
    if (nextTp > tp) interpolatedArea += precisionIntegral([tp, fp], [nextTp, nextFp]) / positives;
    bestF1 = Math.max(bestF1, (2 * nextTp) / (nextTp + nextFp + positives));
    [tp, fp, precision] = [nextTp, nextFp, nextPrecision];
  }
  return {
    averagePrecision,
    interpolatedArea,
    trapezoidArea,
    baseline: positives / (positives + negatives),
    bestF1,
  };
}

/** Integral of t / (t + f(t)) over the true positives t, with the false positives f linear between two points. */
function precisionIntegral(
  [tp, fp]: readonly [number, number],
  [nextTp, nextFp]: readonly [number, number],
): number {
  const slope = (nextFp - fp) / (nextTp - tp);
  const start = fp - slope * tp;
  const width = nextTp - tp;
  // t / (a t + b) integrates to t / a - b / a² · log(a t + b), with a = 1 + slope and b = start.
  const a = 1 + slope;
  if (start === 0) return width / a;
  return width / a - (start / (a * a)) * log((a * nextTp + start) / (a * tp + start));
}
