import { type CohortFlow, cohortFlow } from "../cohort/cohort-flow.ts";
import { applyEligibility } from "../cohort/eligibility.ts";
import { splitCohort } from "../cohort/split.ts";
import type { Finding } from "../errors.ts";
import { createRandom } from "../math/random.ts";
import { assemblePredictors } from "./assemble-predictors.ts";
import type { Machine } from "./machine.ts";
import { measureImages } from "./measure-images.ts";
import { modelSpecifications } from "./model-specifications.ts";
import { tableColumns } from "./predictor-names.ts";
import { readStudyCohort } from "./read-study-cohort.ts";
import type { StudyInput } from "./run-study.ts";
import { bitDepthFindings, imageFindings, undefinedFeatureFindings } from "./study-findings.ts";
import { studySubgroups } from "./study-subgroups.ts";
import { studyTasks } from "./study-tasks.ts";

/** What a study would run on. */
export interface StudyCheck {
  readonly flow: CohortFlow;
  readonly images: number;
  /** Columns that could enter a model. */
  readonly predictors: number;
  readonly findings: readonly Finding[];
}

/**
 * Everything that a run does before it fits: reads table and images, applies eligibility and split, draws the folds.
 *
 * @throws {InputError} Every problem that a run would refuse, as far as it can be known without fitting.
 */
export async function checkStudy({ protocol, table }: StudyInput, machine: Machine): Promise<StudyCheck> {
  const random = createRandom(protocol.seed);
  const reading = await readStudyCohort(protocol, table, machine);
  const eligibility = applyEligibility(reading.cohort, protocol.eligibility);
  const { cohort } = eligibility;
  const split = splitCohort(cohort, protocol.split, random.fork("split"));
  const measured = await measureImages(cohort.images, protocol, machine, null);
  const predictors = assemblePredictors(
    cohort,
    tableColumns(protocol),
    measured,
    protocol.images?.several ?? "mean",
  );
  studyTasks({ protocol, cohort, split }, modelSpecifications(protocol, predictors), random);
  studySubgroups(protocol, cohort, cohort.patients);
  return {
    flow: cohortFlow(eligibility, split),
    images: cohort.images.length,
    predictors: predictors.columns.length,
    findings: [
      ...table.findings,
      ...reading.findings,
      ...imageFindings(measured),
      ...bitDepthFindings(measured),
      ...undefinedFeatureFindings(measured),
    ],
  };
}
