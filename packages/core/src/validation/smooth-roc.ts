import { InputError, NumericalError } from "../errors.ts";
import { normalCdf, normalQuantile } from "../math/distributions.ts";
import { pow } from "../math/elementary.ts";
import { quantile, sampleStandardDeviation } from "../math/statistics.ts";
import { requireClasses } from "./predictions.ts";
import { rocPoints } from "./roc.ts";
import { partitionByClass } from "./sorted-classes.ts";

/** A smooth ROC curve from (sensitivity 0, specificity 1) to (1, 0), with the exact area under it. */
export interface SmoothRoc {
  readonly points: readonly { readonly sensitivity: number; readonly specificity: number }[];
  readonly auc: number;
}

/** A binormal curve: the normal quantile of specificity is `intercept` + `slope` times that of sensitivity. */
export interface BinormalRoc extends SmoothRoc {
  readonly intercept: number;
  readonly slope: number;
}

/** A curve of kernel densities; `bandwidth` is on the scale of the score. */
export interface KernelRoc extends SmoothRoc {
  readonly bandwidth: number;
}

/** Places of a curve between its ends. */
const POINTS = 512;

/**
 * The binormal ROC curve: both classes normal on some monotone scale, fitted by least squares to the empirical points.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param score Higher means more likely positive, on any monotone scale; shape [n].
 * @throws {InputError} As `rocPoints`.
 * @throws {NumericalError} Fewer than two empirical points lie inside the square, or all at one sensitivity.
 * @source Hanley 1988, Med Decis Making 8:197-203; the regression of pROC's smooth(method = "binormal"). The area is
 *   exact, while pROC sums trapezoids.
 */
export function binormalRoc(outcome: Uint8Array, score: Float64Array): BinormalRoc {
  const inside = rocPoints(outcome, score).filter(
    ({ sensitivity, specificity }) =>
      Math.min(sensitivity, specificity) > 0 && Math.max(sensitivity, specificity) < 1,
  );
  const x = inside.map(({ sensitivity }) => normalQuantile(sensitivity));
  const y = inside.map(({ specificity }) => normalQuantile(specificity));
  const [meanX, meanY] = [x, y].map((values) => values.reduce((a, b) => a + b, 0) / values.length);
  let [square, cross] = [0, 0];
  x.forEach((value, i) => {
    square += (value - meanX) * (value - meanX);
    cross += (value - meanX) * (y[i] - meanY);
  });
  if (!(inside.length >= 2 && square > 1e-12))
    throw new NumericalError(
      `a binormal ROC curve needs two points with different sensitivities inside the square; got ${inside.length}; read the empirical curve`,
    );
  const slope = cross / square;
  const intercept = meanY - slope * meanX;
  const points = Array.from({ length: POINTS }, (_, k) => {
    const sensitivity = k / (POINTS - 1);
    if (k === 0 || k === POINTS - 1) return { sensitivity, specificity: 1 - sensitivity };
    return { sensitivity, specificity: normalCdf(intercept + slope * normalQuantile(sensitivity)) };
  });
  return { points, auc: normalCdf(intercept / Math.sqrt(1 + slope * slope)), intercept, slope };
}

/**
 * The ROC curve of two Gaussian kernel densities with one bandwidth, Silverman's rule for all patients.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param score Higher means more likely positive; on the scale on which it is to be smoothed; shape [n].
 * @param bandwidth Standard deviation of the kernel, above 0; Silverman's without it.
 * @throws {InputError} As `rocPoints`, or a bandwidth that is not above 0.
 * @source Zou, Hall & Shapiro 1997, Stat Med 16:2143-2156; bandwidth 0.9 min(sd, IQR / 1.34) n^-1/5: Silverman 1986. The
 *   kernels are summed exactly, while pROC's smooth(method = "density") interpolates on a grid.
 */
export function kernelRoc(outcome: Uint8Array, score: Float64Array, bandwidth = silverman(score)): KernelRoc {
  const { positive, negative } = partitionByClass(outcome, score);
  requireClasses({ positives: positive.length, negatives: negative.length }, 1, "a ROC curve");
  if (!(bandwidth > 0 && bandwidth < Infinity))
    throw new InputError(`a kernel needs a bandwidth above 0; got ${bandwidth}; leave it out`);
  const ascending = score.toSorted();
  // Beyond four bandwidths a kernel has less than 1e-4 of its weight left.
  const [highest, lowest] = [ascending[ascending.length - 1] + 4 * bandwidth, ascending[0] - 4 * bandwidth];
  const above = (values: Float64Array, threshold: number) => {
    let sum = 0;
    for (const value of values) sum += normalCdf((value - threshold) / bandwidth);
    return sum / values.length;
  };
  const inner = Array.from({ length: POINTS }, (_, k) => {
    const threshold = highest + (k / (POINTS - 1)) * (lowest - highest);
    return { sensitivity: above(positive, threshold), specificity: 1 - above(negative, threshold) };
  });
  let area = 0;
  for (const value of positive)
    for (const other of negative) area += normalCdf((value - other) / (Math.SQRT2 * bandwidth));
  return {
    points: [{ sensitivity: 0, specificity: 1 }, ...inner, { sensitivity: 1, specificity: 0 }],
    auc: area / (positive.length * negative.length),
    bandwidth,
  };
}

/** Silverman's rule of thumb, R's `bw.nrd0`. */
function silverman(values: Float64Array): number {
  if (values.length < 2)
    throw new InputError(`a bandwidth needs two patients; got ${values.length}; use more patients`);
  const deviation = sampleStandardDeviation(values);
  const range = quantile(values, 0.75) - quantile(values, 0.25);
  const spread = Math.min(deviation, range / 1.34) || deviation || Math.abs(values[0]) || 1;
  return 0.9 * spread * pow(values.length, -0.2);
}
