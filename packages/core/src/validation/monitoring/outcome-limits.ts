import { logistic } from "../../math/elementary.ts";
import type { Random } from "../../math/random.ts";
import { FIRST_CASE } from "./chart-statistics.ts";
import { jointLimits, type LimitPlan } from "./joint-limits.ts";
import { outcomeChartShares, outcomeScale, outcomeSeries, type RiskReference } from "./outcome-charts.ts";
import type { ReferenceCells } from "./reference-cells.ts";

/**
 * Limits of the charts of outcomes, so that in a given share of replays without change any of them sounds. Each replay
 * draws a development set's error anew: its prevalence and calibration are estimates.
 *
 * @param random Of these limits alone.
 * @returns One per chart, in the order of `outcomeChartNames`.
 */
export function outcomeLimits(reference: RiskReference, plan: LimitPlan, random: Random): readonly number[] {
  const { cells, means, patients } = reference;
  const scale = outcomeScale(reference, plan.cases);
  const risks = means.map((linear) => logistic(scale.intercept + scale.slope * linear));
  const expected = risks.reduce((sum, p, cell) => sum + p * cells.counts[cell], 0) / patients;
  const between =
    risks.reduce((sum, p, cell) => sum + (p - expected) * (p - expected) * cells.counts[cell], 0) / patients;
  const cellOfPatient = patientCells(cells);
  const root = Math.sqrt(patients);
  const [linear, outcome] = [new Float64Array(plan.cases), new Uint8Array(plan.cases)];
  const maxima = outcomeChartShares.map(() => new Float64Array(plan.replays));
  for (let replay = 0; replay < plan.replays; replay++) {
    const shift = random.normal() / (root * scale.residualError);
    const tilt = random.normal() / (root * scale.spreadError);
    const truth = means.map((value) =>
      logistic(scale.intercept + shift + scale.slope * value + tilt * (value - scale.centre)),
    );
    for (let t = 0; t < plan.cases; t++) {
      const cell = cellOfPatient[random.integer(patients)];
      linear[t] = means[cell];
      outcome[t] = random.uniform() < truth[cell] ? 1 : 0;
    }
    const prevalence = expected + (random.normal() * Math.sqrt(between)) / root;
    const series = outcomeSeries(linear, outcome, { ...scale, prevalence });
    series.forEach((values, chart) => (maxima[chart][replay] = largest(values)));
  }
  return jointLimits(maxima, outcomeChartShares, plan.falseAlarms);
}

/** The cell of every patient of a reference, so that a patient drawn at random is one of them. */
function patientCells({ counts }: ReferenceCells): Uint8Array {
  const cells = new Uint8Array(counts.reduce((sum, count) => sum + count, 0));
  let start = 0;
  counts.forEach((count, cell) => {
    cells.fill(cell, start, start + count);
    start += count;
  });
  return cells;
}

/** The largest absolute value from the first case on that may sound. */
function largest(values: Float64Array): number {
  let most = 0;
  for (let t = FIRST_CASE - 1; t < values.length; t++) most = Math.max(most, Math.abs(values[t]));
  return most;
}
