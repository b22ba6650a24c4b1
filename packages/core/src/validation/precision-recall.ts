import { NumericalError } from "../errors.ts";
import { log, logistic, logit } from "../math/elementary.ts";
import { type Estimate, waldEstimate } from "./estimate.ts";
import { operatingPoints } from "./operating-points.ts";
import { countClasses } from "./predictions.ts";

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

/**
 * Average precision with an interval on the logit scale.
 *
 * @param outcome As {@link precisionRecall}.
 * @param score As {@link precisionRecall}.
 * @param level Confidence level in (0, 1).
 * @returns The standard error on the logit scale is that of a share of the patients with the event.
 * @throws {InputError} As {@link precisionRecall}, or a level outside (0, 1).
 * @throws {NumericalError} The average precision is 1, which has no logit.
 * @source Boyd, Eng & Page 2013, ECML PKDD, LNCS 8190:451-466, section 3.3.
 */
export function averagePrecisionEstimate(outcome: Uint8Array, score: Float64Array, level = 0.95): Estimate {
  const { averagePrecision: value } = precisionRecall(outcome, score);
  if (value === 1)
    throw new NumericalError(
      "an interval of average precision on the logit scale needs a value below 1; got 1; report the value alone",
    );
  const standardError = 1 / Math.sqrt(countClasses(outcome).positives * value * (1 - value));
  const { lower, upper } = waldEstimate({ value: logit(value), standardError, level, method: "" });
  return { value, lower: logistic(lower), upper: logistic(upper), method: "logit" };
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
