import type { Cohort } from "../cohort/cohort.ts";
import { type HeldOutPart, withOutcomes } from "../cohort/seal.ts";
import type { Finding } from "../errors.ts";
import { dayOfStudy, firstEnrolment } from "./enrolment-order.ts";
import type { Machine } from "./machine.ts";
import type { PreparedStudy } from "./prepare-study.ts";
import type { JudgedModel } from "./vault.ts";

/** A cohort whose held-out outcomes are open, as far as they may be. */
export interface OpenedCohort {
  readonly cohort: Cohort;
  readonly findings: readonly Finding[];
}

/**
 * Opens the outcomes of the test set and of the prospective set for models that are final. Prospective patients stay
 * sealed where the first of them was enrolled before the models were: such a score is no prospective validation.
 *
 * @param models Final models with their content hashes; each opening names them.
 */
export async function openHeldOut(
  prepared: PreparedStudy,
  models: readonly JudgedModel[],
  machine: Machine,
): Promise<OpenedCohort> {
  const { protocol, protocolHash, split } = prepared;
  const open = async (cohort: Cohort, dataset: HeldOutPart) =>
    withOutcomes(
      cohort,
      await machine.vault.open({ dataset, purpose: "held-out evaluation", protocolHash, models }),
    );
  let { cohort } = prepared;
  if (split.test.length > 0) cohort = await open(cohort, "test");
  if (split.prospective.length === 0) return { cohort, findings: [] };

  const first = firstEnrolment(protocol, cohort, split.prospective);
  const today = dayOfStudy(protocol, machine.today);
  if (first !== null && first <= today)
    return { cohort, findings: [sealedFinding(split.prospective.length, first, today)] };
  return {
    cohort: await open(cohort, "prospective"),
    findings: first === null ? [unknownOrderFinding] : [],
  };
}

const unknownOrderFinding: Finding = {
  code: "prospective-order-unknown",
  severity: "warning",
  message:
    "that the models were there before the prospective patients needs a date of enrolment of each of them; got none; name the column under cohort: enrolment, or read the set as a second test set",
};

function sealedFinding(patients: number, first: string, today: string): Finding {
  const message = `the prospective set needs models that are older than its first patient; got ${String(patients)} patients enrolled from ${first} on and models of ${today}; their outcomes stay sealed and nothing is scored: freeze a model before enrolment starts and validate it then, or call these patients a temporal test set`;
  return { code: "prospective-sealed", severity: "warning", message };
}
