/** One drift: a development set, and new patients in order, with what changed from which of them on. */
import { logistic } from "../../packages/core/src/math/elementary.ts";
import type { Random } from "../../packages/core/src/math/random.ts";
import type { StudyInput } from "../../packages/core/src/study/prepare-study.ts";
import type { Protocol } from "../../packages/core/src/study/protocol.ts";
import type { FrameChange, PoolPatient } from "./pool.ts";

/** What changes. */
export interface Scenario {
  readonly name: string;
  readonly frames: FrameChange;
  /** How the event becomes rare: fewer of the same patients have it, or fewer patients who have it come. */
  readonly prevalence: "kept" | "same patients, fewer events" | "fewer patients with the event";
  /** Days from enrolment to a known outcome: 0, or drawn from 60 to 120. */
  readonly isDelayed: boolean;
}

/** New patients of a replay. */
export const NEW_PATIENTS = 500;
/** Patients of the development set: those of the simulated flagship study before its prospective phase. */
export const DEVELOPMENT_PATIENTS = 1000;
/** Patients of the test set, which the protocol has between the two. */
const TEST_PATIENTS = 100;
/** Added to the log odds of all, so that 40 % of the development set have the event. */
const COMMON_EVENT = 0.67;
/** Subtracted further, so that 20 % have it. */
const RARE_EVENT = 1.88;
const FIRST_DAY = Date.UTC(2016, 0, 1);
const FIRST_NEW_DAY = 1500;

/** The patients of a replay before anything changes. */
export interface Draw {
  /** With the test set behind it. */
  readonly development: readonly PoolPatient[];
  readonly rest: readonly PoolPatient[];
}

/** Patients at random: development, and those that new ones are taken from. */
export function drawPatients(pool: readonly PoolPatient[], random: Random): Draw {
  const order = random.shuffle(pool);
  const earlier = DEVELOPMENT_PATIENTS + TEST_PATIENTS;
  return { development: order.slice(0, earlier), rest: order.slice(earlier) };
}

/** A study of the drawn patients whose new ones change from a case on. */
export function replayedStudy(
  protocol: Protocol,
  { development, rest }: Draw,
  scenario: Scenario,
  change: { readonly from: number; readonly random: Random; readonly isNewOnly: boolean },
): StudyInput {
  const { random } = change;
  const outcomes = random.fork("outcomes");
  const event = (patient: PoolPatient, shift: number) =>
    outcomes.fork(patient.id).uniform() < logistic(patient.linear + COMMON_EVENT - shift) ? 1 : 0;
  const isRare = scenario.prevalence === "fewer patients with the event";
  const waiting = rest.map((patient) => ({ patient, y: event(patient, 0) }));
  const rareOrder = random.fork("rare");
  const rows: string[][] = change.isNewOnly
    ? []
    : development.map((patient, k) =>
        rowOf(patient, { day: k, known: k, y: event(patient, 0), frames: "none" }),
      );
  const delays = random.fork("delays");
  for (let k = 0; k < NEW_PATIENTS; k++) {
    const isChanged = k >= change.from;
    const wanted = isChanged && isRare ? (rareOrder.uniform() < 0.2 ? 1 : 0) : null;
    const next = waiting.findIndex(({ y }) => wanted === null || y === wanted);
    const [{ patient, y }] = waiting.splice(next, 1);
    const isFewer = isChanged && scenario.prevalence === "same patients, fewer events";
    const day = FIRST_NEW_DAY + k;
    rows.push(
      rowOf(patient, {
        day,
        known: scenario.isDelayed ? day + 60 + delays.integer(61) : day,
        y: isFewer ? event(patient, RARE_EVENT) : y,
        frames: isChanged ? scenario.frames : "none",
      }),
    );
  }
  const table = {
    file: "cohort.csv",
    headers: headersOf(protocol),
    rows,
    rowNumbers: rows.map((_, row) => row + 2),
    decimal: "." as const,
    findings: [],
  };
  return { protocol, table, software: "bench" };
}

/** Columns of the replayed table. */
export function headersOf({ variables }: Protocol): readonly string[] {
  return ["patient_id", "image", "mask", "nsln", ...Object.keys(variables)];
}

/** The day after the last one of a replay. */
export const lastDay = dateOf(FIRST_NEW_DAY + NEW_PATIENTS + 200);

function dateOf(day: number): string {
  return new Date(FIRST_DAY + day * 86_400_000).toISOString().slice(0, 10);
}

let variableNames: readonly string[] = [];

/** Variables whose cells rows hold, in the order of the protocol. */
export function useVariables({ variables }: Protocol): void {
  variableNames = Object.keys(variables);
}

function rowOf(
  { id, cells }: PoolPatient,
  own: { readonly day: number; readonly known: number; readonly y: number; readonly frames: FrameChange },
): string[] {
  const dates: Readonly<Record<string, string>> = { enrolled: dateOf(own.day), known: dateOf(own.known) };
  const image = `${own.frames}/${id}`;
  return [
    id,
    image,
    `${image}-mask`,
    String(own.y),
    ...variableNames.map((name) => dates[name] ?? cells[name]),
  ];
}
