import { NumericalError } from "../errors.ts";
import { logistic, logit } from "../math/elementary.ts";
import { mean, sortedQuantile } from "../math/statistics.ts";
import type { Estimate } from "./estimate.ts";
import type { OptimismCorrection } from "./optimism.ts";
import type { PerformanceIndex } from "./performance-indices.ts";

/** Less than this is rounding. */
const NO_SPREAD = 1e-6;

/** Where percentiles are moved: an AUC varies less near 1, where models are on their own resample, than where it belongs. */
interface Scale {
  readonly to: (value: number) => number;
  readonly from: (value: number) => number;
  readonly name: string;
}

const itself: Scale = { to: (value) => value, from: (value) => value, name: "" };
const onLogit: Scale = { to: logit, from: logistic, name: " on the logit scale" };

/**
 * An optimism-corrected index with a location-shifted bootstrap interval: percentiles of the resamples' own performance,
 * moved until their mean is the corrected index; those of an AUC are moved on the logit scale.
 *
 * @param correction From `bootstrapOptimism`; 1000 resamples or more.
 * @param index One of its indices, or `auc`.
 * @param level Confidence level in (0, 1).
 * @throws {NumericalError} Fewer than two resamples, or not the model of all patients, have the index; or all resamples have
 *   it alike.
 * @source Noma et al. 2021, Stat Med 40:5691-5701, algorithm 1, which moves by the optimism of the model of all patients and
 *   on the AUC's own scale: too high by the optimism that resamples add, and too narrow; docs/coverage.md counts both.
 */
export function optimismInterval(
  correction: OptimismCorrection,
  index: PerformanceIndex | "auc",
  level = 0.95,
): Estimate {
  const { corrected } = correction.indices[index];
  const own = correction.replicates.flatMap((replicate) => {
    if (replicate === null) return [];
    const value = index === "auc" ? (replicate.training.somersD + 1) / 2 : replicate.training[index];
    return Number.isNaN(value) ? [] : [value];
  });
  if (corrected === null || own.length < 2)
    throw new NumericalError(
      `an interval of a corrected index needs two resamples that have it; got ${own.length}; use fewer predictors or a penalty`,
    );
  const ascending = Float64Array.from(own).toSorted();
  if (!(ascending[own.length - 1] - ascending[0] > NO_SPREAD))
    throw new NumericalError(
      "a location-shifted interval needs resamples whose own performance differs; got the same in all, as of a calibration slope, which is 1 wherever a model was fitted by maximum likelihood; take the interval of cross-validation or of a test set",
    );
  const { to, from, name } = index === "auc" ? onLogit : itself;
  const shift = to(mean(own)) - to(corrected);
  const limit = (share: number) => from(to(sortedQuantile(ascending, share)) - shift);
  const tail = (1 - level) / 2;
  return {
    value: corrected,
    lower: limit(tail),
    upper: limit(1 - tail),
    method: `location-shifted bootstrap${name}, ${own.length} resamples`,
  };
}
