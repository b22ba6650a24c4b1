import { InputError } from "../errors.ts";
import type { Cohort } from "./cohort.ts";
import { type Condition, meetsCondition } from "./condition.ts";
import { selectPatients } from "./select-patients.ts";

/** A reason to leave patients out. */
export interface EligibilityRule {
  readonly reason: string;
  readonly exclude: Condition;
}

/** How many patients a reason left out that no earlier reason had. */
export interface Exclusion {
  readonly reason: string;
  readonly patients: number;
}

/** The eligible patients and how they came about. */
export interface Eligibility {
  readonly cohort: Cohort;
  /** Patients before the first rule. */
  readonly assessed: number;
  /** One entry a rule, in order; zero patients where the rule met none. */
  readonly excluded: readonly Exclusion[];
}

/**
 * The patients that no rule excludes.
 *
 * @param rules Applied in order; a patient counts for the first that holds.
 * @throws {InputError} A condition that does not fit the cohort, all of them at once, or no patient with or without the event is left.
 */
export function applyEligibility(cohort: Cohort, rules: readonly EligibilityRule[]): Eligibility {
  const reasonOf = new Int32Array(cohort.patients.length).fill(-1);
  const problems: string[] = [];
  rules.forEach(({ reason, exclude }, rule) => {
    try {
      meetsCondition(cohort, exclude).forEach((meets, patient) => {
        if (meets && reasonOf[patient] < 0) reasonOf[patient] = rule;
      });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems.map((problem) => `eligibility "${reason}": ${problem}`));
    }
  });
  if (problems.length > 0) throw new InputError(problems);
  const eligible = selectPatients(
    cohort,
    cohort.patients.filter((_, patient) => reasonOf[patient] < 0),
  );
  const events = eligible.outcome.reduce((count, event) => count + event, 0);
  if (events === 0 || events === eligible.patients.length)
    throw new InputError(
      `eligible patients need to be with and without the event; got ${events} with and ${eligible.patients.length - events} without of ${cohort.patients.length} assessed; check the rules`,
    );
  return {
    cohort: eligible,
    assessed: cohort.patients.length,
    excluded: rules.map(({ reason }, rule) => ({
      reason,
      patients: reasonOf.filter((r) => r === rule).length,
    })),
  };
}
