import type { NumericPredictor } from "../features/predictor-table.ts";
import { dotProduct } from "../math/dot-product.ts";
import { mean, median, midranks } from "../math/statistics.ts";
import { isReproducible, type ReproducibilityLimit } from "./reproducibility.ts";

/** Filters that look at training patients and at no outcome. */
export interface CandidateLimits {
  /** A column with a larger share of missing values is left out, in [0, 1]. */
  readonly maximumMissing: number;
  /** Of two columns with a larger absolute Spearman correlation the later is left out, in (0, 1]. */
  readonly maximumCorrelation: number;
  /** A column that perturbations of the images change more than this allows is left out. */
  readonly reproducibility?: ReproducibilityLimit;
}

/** Which candidates remain, and how many were left out for what. */
export interface FilteredCandidates {
  readonly kept: readonly string[];
  readonly missing: number;
  readonly constant: number;
  readonly unstable: number;
  readonly redundant: number;
}

/**
 * The candidates that are present often enough, vary, are reproducible where that is asked for, and say something that no
 * earlier one says.
 *
 * @param candidates In order of preference; missing values count as the median of the others for the correlation.
 */
export function filterCandidates(
  candidates: readonly NumericPredictor[],
  limits: CandidateLimits,
): FilteredCandidates {
  const kept: { name: string; ranks: Float64Array }[] = [];
  let [missing, constant, unstable, redundant] = [0, 0, 0, 0];
  for (const candidate of candidates) {
    const { name, values } = candidate;
    const present = values.filter((value) => !Number.isNaN(value));
    if (present.length === 0 || 1 - present.length / values.length > limits.maximumMissing) missing++;
    else if (present.every((value) => value === present[0])) constant++;
    else if (
      limits.reproducibility !== undefined &&
      !isReproducible(candidate, limits.reproducibility, limits.maximumMissing)
    )
      unstable++;
    else {
      const ranks = unitRanks(values, median(present));
      if (kept.some((other) => absoluteCorrelation(other.ranks, ranks) > limits.maximumCorrelation))
        redundant++;
      else kept.push({ name, ranks });
    }
  }
  return { kept: kept.map(({ name }) => name), missing, constant, unstable, redundant };
}

/** At most 1, which the product of two rounded unit vectors may pass by a last bit. */
function absoluteCorrelation(first: Float64Array, second: Float64Array): number {
  return Math.min(1, Math.abs(dotProduct(first, 0, second, second.length)));
}

/** Centred ranks of length 1, so that a product of two is Spearman's correlation. */
function unitRanks(values: Float64Array, imputed: number): Float64Array {
  const ranks = midranks(values.map((value) => (Number.isNaN(value) ? imputed : value)));
  const center = mean(ranks);
  const centred = ranks.map((rank) => rank - center);
  const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  return centred.map((value) => value / length);
}
