import type { CohortFlow } from "../cohort/cohort-flow.ts";
import type { Finding } from "../errors.ts";
import type { Machine } from "./machine.ts";
import { prepareStudy, type StudyInput } from "./prepare-study.ts";
import { studySubgroups } from "./study-subgroups.ts";
import { memoryVault } from "./vault.ts";

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
export async function checkStudy(input: StudyInput, machine: Machine): Promise<StudyCheck> {
  const prepared = await prepareStudy(input, { ...machine, vault: memoryVault() }, "check");
  studySubgroups(input.protocol, prepared.cohort, prepared.cohort.patients);
  return {
    flow: prepared.flow,
    images: prepared.cohort.images.length,
    predictors: prepared.predictors.columns.length,
    findings: prepared.findings,
  };
}
