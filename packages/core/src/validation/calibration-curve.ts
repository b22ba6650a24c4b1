import { loess, loessCurve } from "../math/loess.ts";
import { mean, quantile } from "../math/statistics.ts";
import { twoSidedNormal } from "./estimate.ts";
import { requireClasses, requireProbabilities } from "./predictions.ts";

/** A point of a calibration curve; the band is pointwise and, as R's, not cut off at 0 and 1. */
export interface CalibrationPoint {
  readonly predicted: number;
  readonly observed: number;
  readonly lower: number;
  readonly upper: number;
}

/** How far a calibration curve lies from the diagonal, on the patients' own predictions. */
export interface CalibrationErrors {
  /** Integrated calibration index: the mean absolute distance. */
  readonly ici: number;
  /** Median absolute distance. */
  readonly e50: number;
  /** 90th percentile of the absolute distance. */
  readonly e90: number;
  /** Largest absolute distance. */
  readonly emax: number;
  /** Estimated calibration index: the mean squared distance times 100. */
  readonly eci: number;
}

/** Places of a curve between the smallest and the largest prediction. */
const GRID_POINTS = 50;

/**
 * Smooth calibration curve: R's loess (span 0.75, degree 2) of the outcome on the predicted probability.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param probability Predicted risk in [0, 1]; shape [n].
 * @param options `at`: predicted probabilities inside the range of the predictions where the curve is wanted, 50 from
 *   the smallest to the largest without it; `level`: confidence level of the band, 0.95 without it.
 * @throws {InputError} A class without patients, too few patients for the span, or a place outside the predictions.
 * @throws {NumericalError} A neighbourhood of equal predictions.
 * @source Austin & Steyerberg 2014, Stat Med 33:517-535; band: loess standard error with delta1 exact, normal quantile.
 */
export function calibrationCurve(
  outcome: Uint8Array,
  probability: Float64Array,
  options: { readonly at?: Float64Array; readonly level?: number } = {},
): readonly CalibrationPoint[] {
  requireClasses(requireProbabilities(outcome, probability), 1, "a calibration curve");
  const fit = loess(probability, Float64Array.from(outcome));
  const at = options.at ?? evenGrid(...fit.range);
  const { value, standardError } = loessCurve(fit, at);
  const z = twoSidedNormal(options.level ?? 0.95);
  return Array.from(at, (predicted, i) => ({
    predicted,
    observed: value[i],
    lower: value[i] - z * standardError[i],
    upper: value[i] + z * standardError[i],
  }));
}

/**
 * Distances of the calibration curve from the diagonal: ICI, E50, E90, Emax and ECI.
 *
 * @param outcome As {@link calibrationCurve}.
 * @param probability As {@link calibrationCurve}.
 * @returns Each at least 0; 0 is perfect.
 * @throws {InputError} As {@link calibrationCurve}.
 * @throws {NumericalError} As {@link calibrationCurve}.
 * @source Austin & Steyerberg 2019, Stat Med 38:4051-4065; ECI: Van Hoorde et al. 2015, J Biomed Inform 54:283-293.
 */
export function calibrationErrors(outcome: Uint8Array, probability: Float64Array): CalibrationErrors {
  requireClasses(requireProbabilities(outcome, probability), 1, "a calibration curve");
  return distanceFromDiagonal(probability, loess(probability, Float64Array.from(outcome)).fitted);
}

/**
 * Distances of any calibrated risks from the predicted ones.
 *
 * @param probability Predicted risk; shape [n], at least one.
 * @param calibrated Observed risk that a curve gives for each prediction; shape [n].
 * @returns Each at least 0; 0 is perfect.
 * @throws {InputError} No patient.
 * @example distanceFromDiagonal(Float64Array.of(0.1, 0.2), Float64Array.of(0.1, 0.4)).emax // => 0.2
 */
export function distanceFromDiagonal(probability: Float64Array, calibrated: Float64Array): CalibrationErrors {
  const distances = probability.map((p, i) => Math.abs(calibrated[i] - p));
  return {
    ici: mean(distances),
    e50: quantile(distances, 0.5),
    e90: quantile(distances, 0.9),
    emax: quantile(distances, 1),
    eci: 100 * mean(distances.map((distance) => distance * distance)),
  };
}

/**
 * Evenly spaced predicted probabilities from one to another, both ends exact.
 *
 * @param minimum First place.
 * @param maximum Last place, at least `minimum`.
 * @returns 50 places.
 * @example evenGrid(0, 0.49)[49] // => 0.49
 */
export function evenGrid(minimum: number, maximum: number): Float64Array {
  const last = GRID_POINTS - 1;
  return Float64Array.from({ length: GRID_POINTS }, (_, i) =>
    i === last ? maximum : minimum + (i / last) * (maximum - minimum),
  );
}
