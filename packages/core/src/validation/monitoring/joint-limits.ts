import { log } from "../../math/elementary.ts";

/** How limits are found: by replaying the development set's distribution without any change. */
export interface LimitPlan {
  /** Cases of a replay. */
  readonly cases: number;
  /** Share of replays in which a chart may sound, in (0, 1). */
  readonly falseAlarms: number;
  readonly replays: number;
}

/** Share of replays from which on a tail is taken to be exponential. */
const TAIL_SHARE = 0.1;

/**
 * The limit that a small share of replays exceeds, from the mean excess over their upper tenth: a few hundred replays tell
 * it better than the few that exceed it. The tail of a squared distance falls faster, so that the limit errs upwards.
 *
 * @param maxima Largest value of each replay.
 * @param falseAlarms Share of the replays, in (0, 1).
 * @example tailLimit(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 0.5) // => 5
 */
export function tailLimit(maxima: Float64Array, falseAlarms: number): number {
  const sorted = Float64Array.from(maxima).sort((a, b) => b - a);
  const above = Math.floor(Math.max(falseAlarms, TAIL_SHARE) * sorted.length);
  const start = sorted[Math.min(sorted.length - 1, above)];
  if (falseAlarms >= TAIL_SHARE || above === 0) return start;
  let excess = 0;
  for (let replay = 0; replay < above; replay++) excess += sorted[replay] - start;
  return start + (excess / above) * log(TAIL_SHARE / falseAlarms);
}

/**
 * Limits that a given share of replays exceeds in any chart, each chart alone in a share in proportion to its weight.
 *
 * @param maxima Largest value of each replay, one array a chart.
 * @param shares Weight of each chart.
 * @param falseAlarms Share of the replays, in (0, 1).
 * @returns One per chart.
 */
export function jointLimits(
  maxima: readonly Float64Array[],
  shares: readonly number[],
  falseAlarms: number,
): readonly number[] {
  const replays = maxima[0].length;
  const sorted = maxima.map((values) => Float64Array.from(values).sort((a, b) => b - a));
  const limitsAt = (level: number) =>
    sorted.map((values, chart) => values[Math.min(replays - 1, Math.floor(level * shares[chart] * replays))]);
  const sounds = (limits: readonly number[]) => {
    let count = 0;
    for (let replay = 0; replay < replays; replay++)
      if (maxima.some((values, chart) => values[replay] > limits[chart])) count++;
    return count / replays;
  };
  let [low, high] = [0, 1];
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2;
    if (sounds(limitsAt(middle)) > falseAlarms) high = middle;
    else low = middle;
  }
  return limitsAt(low);
}
