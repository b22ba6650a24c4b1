import type { RocPoint } from "../validation/roc.ts";

/** A corner of a drawn ROC curve. */
export interface RocCorner {
  /** 1 - specificity. */
  readonly falsePositiveRate: number;
  readonly sensitivity: number;
}

/**
 * The vertical average of the ROC curves of repeats: at each rate of false positives the mean sensitivity.
 *
 * @param curves One or more curves of the same patients, each from (0, 0) to (1, 1).
 * @returns Corners in order; the area below is the mean of the curves' areas.
 * @source Fawcett 2006, Pattern Recognit Lett 27:861-874, section 8.2 (vertical averaging), at every rate that occurs.
 * @example averageRoc([[{ threshold: null, sensitivity: 0, specificity: 1 }, { threshold: 0, sensitivity: 1, specificity: 0 }]]).length // => 2
 */
export function averageRoc(curves: readonly (readonly RocPoint[])[]): readonly RocCorner[] {
  const rates = [...new Set(curves.flatMap((curve) => curve.map(falsePositiveRate)))].sort((a, b) => a - b);
  const lower = new Float64Array(rates.length);
  const upper = new Float64Array(rates.length);
  for (const curve of curves) addLimits(curve, rates, lower, upper);
  return rates.flatMap((rate, i) => {
    const ends = [lower[i] / curves.length, upper[i] / curves.length];
    const corners = ends[0] === ends[1] ? [ends[0]] : ends;
    return corners.map((sensitivity) => ({ falsePositiveRate: rate, sensitivity }));
  });
}

/** Adds the sensitivity just before and just after each rate: they differ where the curve rises straight up. */
function addLimits(
  curve: readonly RocPoint[],
  rates: readonly number[],
  lower: Float64Array,
  upper: Float64Array,
): void {
  let next = 0;
  for (let i = 0; i < rates.length; i++) {
    const first = next;
    while (next < curve.length && falsePositiveRate(curve[next]) === rates[i]) next++;
    if (next > first) {
      lower[i] += curve[first].sensitivity;
      upper[i] += curve[next - 1].sensitivity;
      continue;
    }
    const [from, to] = [curve[next - 1], curve[next]];
    const share = (rates[i] - falsePositiveRate(from)) / (falsePositiveRate(to) - falsePositiveRate(from));
    const between = from.sensitivity + share * (to.sensitivity - from.sensitivity);
    lower[i] += between;
    upper[i] += between;
  }
}

function falsePositiveRate(point: RocPoint): number {
  return 1 - point.specificity;
}
