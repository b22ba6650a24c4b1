import { buildCohort } from "../../cohort/build-cohort.ts";
import { applyEligibility } from "../../cohort/eligibility.ts";
import type { RawTable } from "../../cohort/raw-table.ts";
import { splitCohort } from "../../cohort/split.ts";
import { createRandom } from "../../math/random.ts";
import { cohortDescription } from "../cohort-description.ts";
import type { Protocol } from "../protocol.ts";
import type { PlanSample } from "./study-plan.ts";

/**
 * The development set that a table gives a study: how many patients, and how many with the event. Of patients set apart
 * nothing is counted, and no image is read.
 *
 * @throws {InputError} Every problem of the table.
 */
export function developmentSample(protocol: Protocol, table: RawTable): PlanSample {
  const { cohort } = buildCohort(table, cohortDescription(protocol));
  const eligible = applyEligibility(cohort, protocol.eligibility).cohort;
  const split = splitCohort(eligible, protocol.split, createRandom(protocol.seed).fork("split"));
  const development = new Set(split.development);
  const events = eligible.patients.reduce(
    (sum, patient, row) => sum + (development.has(patient) ? eligible.outcome[row] : 0),
    0,
  );
  return { patients: development.size, events };
}
