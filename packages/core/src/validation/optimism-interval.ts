import { NumericalError } from "../errors.ts";
import { sortedQuantile } from "../math/statistics.ts";
import type { Estimate } from "./estimate.ts";
import type { OptimismCorrection } from "./optimism.ts";
import type { PerformanceIndex } from "./performance-indices.ts";

/** Less than this is rounding. */
const NO_SPREAD = 1e-6;

/**
 * An optimism-corrected index with the location-shifted bootstrap interval: percentiles of the resamples' own performance
 * moved down by the optimism.
 *
 * @param correction From `bootstrapOptimism`; 1000 resamples or more.
 * @param index One of its indices, or `auc`.
 * @param level Confidence level in (0, 1).
 * @throws {NumericalError} Fewer than two resamples, or not the model of all patients, have the index; or all resamples have
 *   it alike.
 * @source Noma et al. 2021, Stat Med 40:5691-5701; the variability of the optimism itself is not in it, so that it is a
 *   little too narrow in small samples.
 */
export function optimismInterval(
  correction: OptimismCorrection,
  index: PerformanceIndex | "auc",
  level = 0.95,
): Estimate {
  const { corrected, optimism } = correction.indices[index];
  const own = correction.replicates.flatMap((replicate) => {
    if (replicate === null) return [];
    const value = index === "auc" ? (replicate.training.somersD + 1) / 2 : replicate.training[index];
    return Number.isNaN(value) ? [] : [value];
  });
  if (corrected === null || optimism === null || own.length < 2)
    throw new NumericalError(
      `an interval of a corrected index needs two resamples that have it; got ${own.length}; use fewer predictors or a penalty`,
    );
  const ascending = Float64Array.from(own).toSorted();
  if (!(ascending[own.length - 1] - ascending[0] > NO_SPREAD))
    throw new NumericalError(
      "a location-shifted interval needs resamples whose own performance differs; got the same in all, as of a calibration slope, which is 1 wherever a model was fitted by maximum likelihood; take the interval of cross-validation or of a test set",
    );
  const tail = (1 - level) / 2;
  return {
    value: corrected,
    lower: sortedQuantile(ascending, tail) - optimism,
    upper: sortedQuantile(ascending, 1 - tail) - optimism,
    method: `location-shifted bootstrap, ${own.length} resamples`,
  };
}
