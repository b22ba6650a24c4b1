import { isoDate } from "../../cohort/date-cell.ts";
import { NumericalError } from "../../errors.ts";
import { chiSquaredUpper } from "../../math/distributions.ts";
import type { Matrix } from "../../math/matrix.ts";
import { takeRows } from "../../math/matrix.ts";
import { OUTCOME_WEIGHT } from "../../validation/monitoring/chart-statistics.ts";
import {
  closedTest,
  type ClosedTest,
  type NewPatients,
  updateModel,
  type UpdateTest,
} from "../../validation/updating.ts";
import type { ControlChart, UpdateProposal } from "./monitor-report.ts";
import type { KnownOutcomes } from "./monitoring-charts.ts";

/** Patients of each outcome below which no update is estimated: fewer give one that is worse than none. */
const FEWEST_PATIENTS = 20;
/** Patients of the rarer outcome for each coefficient before a revision is weighed. */
const PATIENTS_PER_COEFFICIENT = 10;
/** Level of the likelihood-ratio tests. */
const LEVEL = 0.05;

/**
 * What the charts call for: the least update that the outcomes since the change do not contradict. Charts of inputs alone
 * call for a look at the scanner, not for an update.
 *
 * @param known Outcomes in the order in which they became known.
 * @param design Columns of the model for the same patients, for weighing a revision; null where the model has none.
 */
export function updateProposal(
  charts: readonly ControlChart[],
  known: KnownOutcomes,
  design: Matrix | null,
): UpdateProposal {
  const sounding = charts.filter(({ alarms }) => alarms.length > 0);
  const ofOutcomes = sounding.filter(({ group }) => group === "outcomes");
  if (ofOutcomes.length === 0) return { ...nothing, reason: withoutOutcomes(sounding) };
  const starts = ofOutcomes.map(firstCaseOf);
  const latest = outcomesFrom(known, Math.max(...starts));
  const chosen = latest.rarer < FEWEST_PATIENTS ? outcomesFrom(known, Math.min(...starts)) : latest;
  const { rows, patients, rarer, basis } = chosen;
  if (rarer < FEWEST_PATIENTS)
    return {
      ...nothing,
      ...basis,
      reason: `the charts of outcomes sound, but only ${String(rarer)} patients of the rarer outcome are known since the change; an update needs ${String(FEWEST_PATIENTS)}: find the cause, and suspend the use of risks until then`,
    };
  const canRevise = design !== null && rarer >= PATIENTS_PER_COEFFICIENT * design.columns;
  return { ...chosenUpdate(patients, canRevise ? takeRows(design, rows) : null), ...basis };
}

const nothing = {
  action: "none",
  patients: null,
  events: null,
  since: null,
  tests: [],
  update: null,
} as const;

/** The outcomes from one on. */
function outcomesFrom(known: KnownOutcomes, start: number) {
  const rows = Array.from(known.outcome.keys()).slice(start);
  const patients: NewPatients = {
    outcome: known.outcome.subarray(start),
    linear: known.linear.subarray(start),
  };
  const events = patients.outcome.reduce((sum, event) => sum + event, 0);
  const day = known.days[start];
  return {
    rows,
    patients,
    rarer: Math.min(events, rows.length - events),
    basis: { patients: rows.length, events, since: day === null ? null : isoDate(day) },
  };
}

function withoutOutcomes(sounding: readonly ControlChart[]): string {
  if (sounding.length === 0) return "no chart lies beyond its limit";
  const names = sounding.map(({ name }) => name).join(", ");
  return `the outcomes known so far agree with the risks, but ${names} changed: find the cause (scanner, settings, software, who is referred) before risks of such patients are used`;
}

/** Index of the outcome from which on the change is taken to have begun. */
function firstCaseOf({ name, alarms: [{ from }], points }: ControlChart): number {
  if (name.endsWith("since the start")) return 0;
  // A weighted mean crosses zero about when a change begins; of older cases it knows nothing.
  let crossing = points.indexOf(from);
  while (crossing > 0 && points[crossing - 1].value * from.value > 0) crossing--;
  return Math.max(points[crossing].cases - 1, from.cases - Math.round(2 / OUTCOME_WEIGHT), 0);
}

function chosenUpdate(
  patients: NewPatients,
  design: Matrix | null,
): Pick<UpdateProposal, "action" | "reason" | "tests" | "update"> {
  let decision: ClosedTest;
  try {
    decision = design === null ? recalibrationTest(patients) : closedTest(patients, design, LEVEL);
  } catch (error) {
    if (!(error instanceof NumericalError)) throw error;
    return {
      action: "refit by authors",
      reason: `the charts of outcomes sound and no update can be estimated: ${error.message}`,
      tests: [],
      update: null,
    };
  }
  const { chosen, tests } = decision;
  const { method, intercept, slope } = chosen;
  const update = { method, intercept, slope };
  switch (method) {
    case "original":
      return {
        action: "none",
        reason:
          "a chart of outcomes sounded, but the outcomes since then do not contradict the model: go on watching",
        tests,
        update: null,
      };
    case "intercept":
      return {
        action: "recalibrate in the large",
        reason: "risks are too high or too low by the same odds ratio for all",
        tests,
        update,
      };
    case "recalibration":
      return {
        action: "logistic recalibration",
        reason: "risks are shifted and too extreme or too moderate",
        tests,
        update,
      };
    case "revision":
      return {
        action: "refit by authors",
        reason: "single predictors no longer act as the model says",
        tests,
        update: null,
      };
  }
}

/** The closed test with recalibration as the largest update, where too few patients are known to weigh a revision. */
function recalibrationTest(patients: NewPatients): ClosedTest {
  const largest = updateModel("recalibration", patients);
  const tests: UpdateTest[] = [];
  for (const method of ["original", "intercept"] as const) {
    const model = updateModel(method, patients);
    const degreesOfFreedom = largest.parameters - model.parameters;
    const chiSquared = Math.max(0, 2 * (largest.logLikelihood - model.logLikelihood));
    const pValue = chiSquaredUpper(chiSquared, degreesOfFreedom);
    tests.push({ method, chiSquared, degreesOfFreedom, pValue });
    if (pValue >= LEVEL) return { chosen: model, tests };
  }
  return { chosen: largest, tests };
}
