import type { ReportPredictions } from "./report-model.ts";

/** Patients whose predicted probability lies in [from, to), the last bin closed; means over repeats. */
export interface ProbabilityBin {
  readonly from: number;
  readonly to: number;
  readonly events: number;
  readonly nonEvents: number;
}

/**
 * A histogram of predicted probabilities on [0, 1] by outcome.
 *
 * @param bins Number of equal bins, at least 1.
 * @returns Counts averaged over the repeats; they add up to the patients with a finite prediction.
 * @example probabilityBins({ model: "C", dataset: "test", method: "held-out", outcome: [1, 0], probabilities: [[0.9, 0.1]] }, 2)[1] // => {"from":0.5,"to":1,"events":1,"nonEvents":0}
 */
export function probabilityBins(
  { outcome, probabilities }: ReportPredictions,
  bins: number,
): readonly ProbabilityBin[] {
  const events = new Float64Array(bins);
  const nonEvents = new Float64Array(bins);
  for (const repeat of probabilities)
    for (let i = 0; i < repeat.length; i++) {
      if (!(repeat[i] >= 0 && repeat[i] <= 1)) continue;
      const bin = Math.min(bins - 1, Math.floor(repeat[i] * bins));
      if (outcome[i] === 1) events[bin]++;
      else nonEvents[bin]++;
    }
  return Array.from(events, (count, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    events: count / probabilities.length,
    nonEvents: nonEvents[bin] / probabilities.length,
  }));
}
