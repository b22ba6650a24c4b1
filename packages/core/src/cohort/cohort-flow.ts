import type { Eligibility, Exclusion } from "./eligibility.ts";
import type { Split, SplitPart } from "./split.ts";

/** Patients of a part and how many of them had the event. */
export interface FlowPart {
  readonly part: SplitPart;
  readonly patients: number;
  readonly events: number;
}

/** The counts of a flow diagram. */
export interface CohortFlow {
  readonly assessed: number;
  readonly excluded: readonly Exclusion[];
  readonly analysed: number;
  readonly events: number;
  /** The parts that have patients. */
  readonly parts: readonly FlowPart[];
}

/**
 * How many patients were assessed, excluded and analysed, by part and outcome.
 *
 * @param split Parts of the eligible patients.
 */
export function cohortFlow({ cohort, assessed, excluded }: Eligibility, split: Split): CohortFlow {
  const eventOf = new Map(cohort.patients.map((patient, row) => [patient, cohort.outcome[row]]));
  const parts = (["development", "test", "prospective"] as const).map((part) => ({
    part,
    patients: split[part].length,
    events: split[part].reduce((count, patient) => count + (eventOf.get(patient) ?? 0), 0),
  }));
  return {
    assessed,
    excluded,
    analysed: cohort.patients.length,
    events: cohort.outcome.reduce((count, event) => count + event, 0),
    parts: parts.filter(({ patients }) => patients > 0),
  };
}
