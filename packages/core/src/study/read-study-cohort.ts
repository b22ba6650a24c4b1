import { buildCohort, type CohortReading } from "../cohort/build-cohort.ts";
import { buildPatients } from "../cohort/build-patients.ts";
import { inOrderOfId } from "../cohort/order-of-id.ts";
import type { RawTable } from "../cohort/raw-table.ts";
import { InputError } from "../errors.ts";
import { cohortDescription } from "./cohort-description.ts";
import type { Machine } from "./machine.ts";
import { measureImages } from "./measure-images.ts";
import type { Protocol } from "./protocol.ts";

/**
 * The cohort of a study, in the order of its patients' ids. Where the table has problems, the images that it names are read all the same, so that a person
 * sees every problem of table and images at once.
 *
 * @throws {InputError} Every problem, each with row, column or file.
 */
export async function readStudyCohort(
  protocol: Protocol,
  table: RawTable,
  machine: Machine,
): Promise<CohortReading> {
  const description = cohortDescription(protocol);
  try {
    const reading = buildCohort(table, description);
    return { ...reading, cohort: inOrderOfId(reading.cohort) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const inImages = await problemsOf(async () => {
      const { patients } = buildPatients(table, { ...description, variables: [] });
      await measureImages(patients.images, protocol, machine, null);
    });
    throw new InputError([
      ...error.problems,
      ...inImages.filter((problem) => !error.problems.includes(problem)),
    ]);
  }
}

/** The problems that a piece of work refuses with; none where it succeeds. */
async function problemsOf(work: () => Promise<void>): Promise<readonly string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}
