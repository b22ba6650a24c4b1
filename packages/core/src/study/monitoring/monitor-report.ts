import type { Finding } from "../../errors.ts";
import type { UpdateMethod, UpdateTest } from "../../validation/updating.ts";
import type { WatchedGroupName } from "./reference-distribution.ts";

/** A point of a chart: its value after so many cases. */
export interface ChartPoint {
  readonly cases: number;
  /** Day of the last of them, as year-month-day; null without dates. */
  readonly date: string | null;
  readonly value: number;
}

/** A stretch of cases in which a chart lay beyond its limit. */
export interface ChartAlarm {
  readonly from: ChartPoint;
  /** The last point beyond the limit. */
  readonly to: ChartPoint;
}

/** What a chart lies beyond its limit for. */
export interface ChartShift {
  readonly label: string;
  /** Weighted mean of the normal scores in units of its error; positive: higher values than in development. */
  readonly shift: number;
}

/** A control chart. */
export interface ControlChart {
  readonly name: string;
  readonly group: "outcomes" | WatchedGroupName;
  /** A distance is at least 0 and has an upper limit only; a signed chart sounds beyond plus or minus the limit. */
  readonly kind: "signed" | "distance";
  readonly limit: number;
  readonly points: readonly ChartPoint[];
  readonly alarms: readonly ChartAlarm[];
  /** At the last point beyond the limit, else at the last: quantities by the size of their shift. */
  readonly shifts: readonly ChartShift[];
}

/** What is proposed; the model that is watched does not change. */
export interface UpdateProposal {
  readonly action: "none" | "recalibrate in the large" | "logistic recalibration" | "refit by authors";
  readonly reason: string;
  /** Patients with a known outcome that it rests on; null where no outcome chart sounded. */
  readonly patients: number | null;
  readonly events: number | null;
  /** First of their days; null without dates. */
  readonly since: string | null;
  /** Likelihood-ratio tests, in the order in which they were made. */
  readonly tests: readonly UpdateTest[];
  /** Of the update on the scale of the log odds: new = intercept + slope times old; null where none is proposed. */
  readonly update: {
    readonly method: UpdateMethod;
    readonly intercept: number;
    readonly slope: number;
  } | null;
}

/** How a frozen model does in use. */
export interface MonitorReport {
  readonly schema: "sentinode/monitor@1";
  readonly study: { readonly name: string; readonly simulated: boolean; readonly protocolHash: string };
  readonly software: string;
  readonly model: {
    readonly name: string;
    readonly hash: string;
    readonly frozenOn: string | null;
    readonly developmentPatients: number;
  };
  readonly outcome: string;
  /** Last day that was looked at. */
  readonly asOf: string;
  readonly patients: number;
  readonly knownOutcomes: number;
  readonly events: number;
  /** Days of the first and last enrolment; null without dates. */
  readonly enrolled: readonly [first: string, last: string] | null;
  /** Events that the model expected among the known outcomes. */
  readonly expectedEvents: number;
  readonly limits: { readonly cases: number; readonly falseAlarms: number; readonly replays: number };
  readonly charts: readonly ControlChart[];
  readonly proposal: UpdateProposal;
  readonly findings: readonly Finding[];
}
