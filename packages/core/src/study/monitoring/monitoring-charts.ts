import { isoDate } from "../../cohort/date-cell.ts";
import type { Random } from "../../math/random.ts";
import { FIRST_CASE } from "../../validation/monitoring/chart-statistics.ts";
import {
  correlationFactor,
  distanceSeries,
  meanShifts,
  normalScores,
} from "../../validation/monitoring/distance-chart.ts";
import { distanceLimit } from "../../validation/monitoring/distance-limit.ts";
import type { LimitPlan } from "../../validation/monitoring/joint-limits.ts";
import {
  outcomeChartNames,
  outcomeScale,
  outcomeSeries,
} from "../../validation/monitoring/outcome-charts.ts";
import { outcomeLimits } from "../../validation/monitoring/outcome-limits.ts";
import type { ChartAlarm, ChartPoint, ControlChart } from "./monitor-report.ts";
import { groupOf, type ReferenceDistribution, type WatchedGroupName } from "./reference-distribution.ts";
import { streamValues, type WatchedColumn } from "./watched-stream.ts";

/** A limit for each chart of a reference, for a share of false alarms of all charts together. */
export interface ChartLimits {
  readonly plan: LimitPlan;
  readonly outcomes: readonly number[];
  readonly groups: readonly number[];
}

/** Weight of the outcome charts among the false alarms, where each group has 1: outcomes say least, inputs much. */
const OUTCOME_SHARE = 16;

/**
 * Limits that all charts of a reference keep together, but for a share of runs without change.
 *
 * @param random Of these limits alone.
 */
export function chartLimits(reference: ReferenceDistribution, plan: LimitPlan, random: Random): ChartLimits {
  const { risk, groups } = reference;
  const unit = plan.falseAlarms / (OUTCOME_SHARE + groups.length);
  const distancePlan = { ...plan, falseAlarms: unit, replays: Math.ceil(plan.replays / 3) };
  const outcomePlan = { ...plan, falseAlarms: OUTCOME_SHARE * unit };
  return {
    plan,
    outcomes: outcomeLimits(risk, outcomePlan, random.fork("outcomes")),
    groups: groups.map((group) =>
      distanceLimit(groupOf(group), risk.patients, distancePlan, random.fork(group.group)),
    ),
  };
}

/** Patients whose outcome is known, in the order in which it became so. */
export interface KnownOutcomes {
  readonly linear: Float64Array;
  readonly outcome: Uint8Array;
  /** Days since 1970; null without dates. */
  readonly days: readonly (number | null)[];
}

/** The charts of outcomes: none for fewer than 20 known ones. */
export function outcomeCharts(
  { risk }: ReferenceDistribution,
  limits: ChartLimits,
  { linear, outcome, days }: KnownOutcomes,
): readonly ControlChart[] {
  const series = outcomeSeries(linear, outcome, outcomeScale(risk, outcome.length));
  return outcomeChartNames.map((name, chart) =>
    controlChart(
      { name, group: "outcomes", kind: "signed", limit: limits.outcomes[chart] },
      series[chart],
      days,
    ),
  );
}

/** Patients in order of enrolment. */
export interface EnrolledPatients {
  readonly columns: readonly {
    readonly group: WatchedGroupName;
    readonly columns: readonly WatchedColumn[];
  }[];
  readonly patients: number;
  readonly days: readonly (number | null)[];
}

/** The charts of inputs, frames and risks, one a group. */
export function inputCharts(
  { risk, groups }: ReferenceDistribution,
  limits: ChartLimits,
  { columns, patients, days }: EnrolledPatients,
): readonly ControlChart[] {
  return groups.map((watched, index) => {
    const own = columns.find(({ group }) => group === watched.group)?.columns ?? [];
    const scores = watched.streams.map((stream) => normalScores(streamValues(stream, own, patients), stream));
    const distances = distanceSeries(scores, correlationFactor(watched), risk.patients);
    const chart = controlChart(
      { name: watched.group, group: watched.group, kind: "distance", limit: limits.groups[index] },
      distances,
      days,
    );
    const cases = chart.alarms.at(-1)?.to.cases ?? patients;
    const shifts = meanShifts(scores, cases, risk.patients);
    return {
      ...chart,
      shifts: watched.streams
        .map(({ label }, stream) => ({ label, shift: rounded(shifts[stream]) }))
        .sort((a, b) => Math.abs(b.shift) - Math.abs(a.shift)),
    };
  });
}

function controlChart(
  description: Pick<ControlChart, "name" | "group" | "kind" | "limit">,
  values: Float64Array,
  days: readonly (number | null)[],
): ControlChart {
  const points = Array.from(values.subarray(FIRST_CASE - 1), (value, index): ChartPoint => {
    const day = days[index + FIRST_CASE - 1];
    return { cases: index + FIRST_CASE, date: day === null ? null : isoDate(day), value: rounded(value) };
  });
  const limit = rounded(description.limit);
  return { ...description, limit, points, alarms: alarmsOf(points, limit), shifts: [] };
}

function alarmsOf(points: readonly ChartPoint[], limit: number): readonly ChartAlarm[] {
  const alarms: { from: ChartPoint; to: ChartPoint }[] = [];
  points.forEach((point, index) => {
    if (Math.abs(point.value) <= limit) return;
    const last = alarms.at(-1);
    if (last !== undefined && last.to === points[index - 1]) last.to = point;
    else alarms.push({ from: point, to: point });
  });
  return alarms;
}

function rounded(value: number): number {
  return Math.round(1e4 * value) / 1e4;
}
