import { InputError } from "../errors.ts";
import { rocPoints } from "./roc.ts";

/** Area over a part of one axis of the ROC curve. */
export interface PartialAuc {
  /** Integral of the other axis over the part, from 0 to its width. */
  readonly area: number;
  /** McClish's rescaling, 0.5 on the chance line and 1 for a perfect score; null below the chance line. */
  readonly corrected: number | null;
}

/**
 * Area under the part of the ROC curve with the best specificities, or the best sensitivities.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param score Higher means more likely positive; shape [n].
 * @param axis Which of the two measures is bounded.
 * @param minimum Its smallest value, in [0, 1); the part runs up to 1.
 * @throws {InputError} A minimum outside [0, 1), or as `rocPoints`.
 * @source McClish 1989, Med Decis Making 9:190-195.
 * @example partialAuc(Uint8Array.of(0, 1), Float64Array.of(0.2, 0.9), "specificity", 0.5) // => {"area":0.5,"corrected":1}
 */
export function partialAuc(
  outcome: Uint8Array,
  score: Float64Array,
  axis: "specificity" | "sensitivity",
  minimum: number,
): PartialAuc {
  if (!(minimum >= 0 && minimum < 1))
    throw new InputError(`a partial AUC needs a smallest ${axis} from 0 to below 1; got ${minimum}; use 0.9`);
  const points = rocPoints(outcome, score);
  const other = axis === "specificity" ? "sensitivity" : "specificity";
  let area = 0;
  for (let k = 1; k < points.length; k++) {
    const [from, to] = [points[k - 1], points[k]].sort((a, b) => a[axis] - b[axis]);
    const width = to[axis] - from[axis];
    const start = Math.max(from[axis], minimum);
    if (width <= 0 || start >= to[axis]) continue;
    const atStart = from[other] + ((start - from[axis]) / width) * (to[other] - from[other]);
    area += ((to[axis] - start) * (atStart + to[other])) / 2;
  }
  const largest = 1 - minimum;
  const chance = (largest * largest) / 2;
  // Rounding of the sum must not turn a score on the chance line into one below it.
  if (area < chance - 1e-12) return { area, corrected: null };
  return { area, corrected: (1 + (area - chance) / (largest - chance)) / 2 };
}
