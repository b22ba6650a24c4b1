import type { Cohort, DateColumn, Patients } from "../../cohort/cohort.ts";
import { meetsCondition } from "../../cohort/condition.ts";
import { dateCell } from "../../cohort/date-cell.ts";
import { buildFollowUp, type FollowUp } from "../../cohort/follow-up.ts";
import type { PatientId } from "../../cohort/patient.ts";
import { prospectivePhase } from "../../cohort/split.ts";
import { type Finding, InputError } from "../../errors.ts";
import { cohortDescription } from "../cohort-description.ts";
import { dayOfStudy, enrolmentColumn } from "../enrolment-order.ts";
import type { StudyInput } from "../prepare-study.ts";

/** When outcomes are known. */
export interface OutcomeDelay {
  /** Column of the day on which the outcome became known; goes before `days`. */
  readonly column?: string;
  /** Days from enrolment to the outcome, for all patients; 0 without it. */
  readonly days?: number;
  /** Last day that is looked at, as year-month-day; today without it. */
  readonly asOf?: string;
}

/** A patient in the order of enrolment. */
export interface FollowedPatient {
  readonly patient: PatientId;
  /** Days since 1970; null where the table has no date. */
  readonly enrolled: number | null;
  /** Null where it is not known on the last day. */
  readonly outcome: 0 | 1 | null;
  /** Days since 1970 on which the outcome was known; null without dates. */
  readonly known: number | null;
}

/** The patients that a model is watched on. */
export interface FollowedPatients {
  readonly followed: readonly FollowedPatient[];
  readonly asOf: string;
  readonly findings: readonly Finding[];
}

/**
 * The prospective patients of a study up to a day, in order of enrolment, each with the outcome that is known by then.
 * Without a prospective phase in the protocol all eligible patients count.
 *
 * @param today Of the machine, as year-month-day.
 * @throws {InputError} Every problem of the table, no such patient, or a column or a day that does not exist.
 */
export function followedPatients(
  { protocol, table }: StudyInput,
  delay: OutcomeDelay,
  today: string,
): FollowedPatients {
  const description = cohortDescription(protocol);
  const followUp = buildFollowUp(table, description);
  const cohort: Cohort = { ...followUp.patients, outcome: new Uint8Array(followUp.outcome.length) };
  const phase = prospectivePhase(cohort, protocol.split);
  const excluded = protocol.eligibility.map(({ exclude }) => meetsCondition(cohort, exclude));
  const rows = [...cohort.patients.keys()].filter(
    (row) => phase?.[row] !== false && excluded.every((meets) => !meets[row]),
  );
  const dates = enrolmentColumn(protocol, cohort);
  const undated = dates === null ? 0 : rows.filter((row) => Number.isNaN(dates.values[row])).length;
  if (undated > 0)
    throw new InputError(
      `monitoring follows the order of enrolment and needs its date of every patient; got ${String(undated)} without; fill in ${dates!.variable.name}`,
    );
  const asOf = delay.asOf ?? dayOfStudy(protocol, today);
  const followed = rows
    .map((row) =>
      followedPatient(row, { followUp, dates, known: knownColumn(cohort, delay), delay, asOf: dayOf(asOf) }),
    )
    .filter((patient) => patient !== null)
    .sort((a, b) => (dates === null ? 0 : a.enrolled! - b.enrolled! || (a.patient < b.patient ? -1 : 1)));
  if (followed.length === 0)
    throw new InputError(
      `monitoring needs patients of the prospective phase enrolled up to ${asOf}; got none; check the split and the day`,
    );
  return { followed, asOf, findings: [...followUp.findings, ...orderFindings(dates, delay)] };
}

interface FollowUpSources {
  readonly followUp: FollowUp;
  readonly dates: DateColumn | null;
  readonly known: DateColumn | null;
  readonly delay: OutcomeDelay;
  readonly asOf: number;
}

/** Null where the patient was enrolled after the last day. */
function followedPatient(
  row: number,
  { followUp, dates, known, delay, asOf }: FollowUpSources,
): FollowedPatient | null {
  const enrolled = dates === null ? null : dates.values[row];
  if (enrolled !== null && enrolled > asOf) return null;
  const value = followUp.outcome[row];
  const day = known === null ? (enrolled === null ? null : enrolled + (delay.days ?? 0)) : known.values[row];
  const isKnown = !Number.isNaN(value) && (day === null || day <= asOf);
  const patient = followUp.patients.patients[row];
  if (!isKnown) return { patient, enrolled, outcome: null, known: null };
  return { patient, enrolled, outcome: value === 1 ? 1 : 0, known: day };
}

function knownColumn(
  { columns }: Pick<Patients, "columns">,
  { column: name }: OutcomeDelay,
): DateColumn | null {
  if (name === undefined) return null;
  const column = columns.find(
    (own): own is DateColumn => own.variable.kind === "date" && own.variable.name === name,
  );
  if (column === undefined)
    throw new InputError(
      `the day on which outcomes became known needs a column that the protocol describes as a date; got ${name}; describe it under variables`,
    );
  return column;
}

function dayOf(asOf: string): number {
  const cell = dateCell(asOf, () => false);
  if (cell.kind !== "value")
    throw new InputError(`the last day of monitoring needs year-month-day; got "${asOf}"; correct it`);
  return cell.value;
}

function orderFindings(dates: DateColumn | null, delay: OutcomeDelay): readonly Finding[] {
  if (dates === null)
    return [
      {
        code: "monitoring-without-dates",
        severity: "warning",
        message:
          "monitoring needs dates of enrolment to tell the order of patients; got none; the order of the table stands for it: name the column under cohort: enrolment",
      },
    ];
  if (delay.column !== undefined || delay.days !== undefined) return [];
  return [
    {
      code: "monitoring-without-delay",
      severity: "info",
      message:
        "every outcome in the table counts as known on the day of enrolment; where it takes longer, name the column of that day or state the delay in days",
    },
  ];
}
