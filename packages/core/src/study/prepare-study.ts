import { type CohortFlow, cohortFlow } from "../cohort/cohort-flow.ts";
import type { Cohort } from "../cohort/cohort.ts";
import { applyEligibility, type Exclusion } from "../cohort/eligibility.ts";
import type { RawTable } from "../cohort/raw-table.ts";
import { sealOutcomes, withOutcomes } from "../cohort/seal.ts";
import { joinedPatients, type PatientUnits } from "../cohort/patient-units.ts";
import { type Split, splitCohort } from "../cohort/split.ts";
import type { Finding } from "../errors.ts";
import type { PredictorTable } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import type { ModelSpecification } from "../models/model.ts";
import { assemblePredictors, type MeasuredImages } from "./assemble-predictors.ts";
import { type ComparatorScores, comparatorScores } from "./comparator-scores.ts";
import { contentHash } from "./content-hash.ts";
import type { Machine } from "./machine.ts";
import { measureImages } from "./measure-images.ts";
import { modelSpecifications } from "./model-specifications.ts";
import { tableColumns } from "./predictor-names.ts";
import type { Protocol } from "./protocol.ts";
import { readStudyCohort } from "./read-study-cohort.ts";
import { personPairs, samePersons } from "./same-person.ts";
import { studyDuplicates } from "./study-duplicates.ts";
import { bitDepthFindings, imageFindings, undefinedFeatureFindings } from "./study-findings.ts";
import { crossValidatedPatients, studyTasks, type StudyTasks } from "./study-tasks.ts";

/** What a study starts from. */
export interface StudyInput {
  readonly protocol: Protocol;
  readonly table: RawTable;
  /** Name and version for the record. */
  readonly software: string;
}

/** A study before its first fit. */
export interface PreparedStudy extends StudyInput {
  readonly protocolHash: string;
  /** Eligible patients; the outcomes of those set apart read SEALED and lie in the machine's vault. */
  readonly cohort: Cohort;
  readonly excluded: readonly Exclusion[];
  readonly flow: CohortFlow;
  readonly split: Split;
  /** Patients who are one person, by declaration or by what they share; they stand in one fold. */
  readonly units: PatientUnits;
  readonly measured: MeasuredImages | null;
  readonly predictors: PredictorTable;
  /** What is fitted, in the protocol's order. */
  readonly specifications: readonly ModelSpecification[];
  readonly tasks: StudyTasks;
  /** What the comparators that are not refitted say of the patients. */
  readonly comparators: readonly ComparatorScores[];
  /** Of table and images. */
  readonly findings: readonly Finding[];
}

/**
 * Everything that a study does before it fits: reads the table, applies eligibility, sets patients apart and seals their
 * outcomes, measures the images, and draws the folds. No step sees an outcome of a patient set apart.
 *
 * @param machine Reads images and keeps the sealed outcomes.
 * @param purpose A check makes no perturbed versions of images.
 * @throws {InputError} The data break a precondition; every problem that can be found at once is named.
 */
export async function prepareStudy(
  input: StudyInput,
  machine: Machine,
  purpose: "run" | "check" = "run",
): Promise<PreparedStudy> {
  const { protocol, table } = input;
  const random = createRandom(protocol.seed);
  const protocolHash = contentHash(protocol);

  // Participants: who is in the table, who is eligible, who is set apart for testing.
  const reading = await readStudyCohort(protocol, table, machine);
  const eligibility = applyEligibility(reading.cohort, protocol.eligibility);
  const persons = samePersons(protocol, table, eligibility.cohort);
  const split = splitCohort(
    eligibility.cohort,
    protocol.split,
    random.fork("split"),
    joinedPatients(personPairs(persons)),
  );
  const sealed = sealOutcomes(eligibility.cohort, split);
  const comparators = comparatorScores(protocol, sealed.cohort);
  for (const outcomes of sealed.heldOut) await machine.vault.seal(outcomes);

  // Predictors: the clinical columns that blocks name, and the features of the lesion's images.
  const learning = [
    ...new Set([...split.development, ...crossValidatedPatients(protocol, sealed.cohort, split)]),
  ];
  const measured = await measureImages(
    sealed.cohort.images,
    protocol,
    machine,
    purpose === "check" ? null : { patients: learning, seed: protocol.seed },
  );
  const duplicates = studyDuplicates(persons, measured, split, table.file);
  const predictors = assemblePredictors(
    sealed.cohort,
    tableColumns(protocol),
    measured,
    protocol.images?.several ?? "mean",
  );

  // Models: what is fitted, on whom, in an order that does not depend on the machine.
  const specifications = modelSpecifications(protocol, predictors);
  const cohort = await withCrossValidated(sealed.cohort, { protocol, protocolHash, split }, machine);
  return {
    ...input,
    protocolHash,
    cohort,
    excluded: eligibility.excluded,
    flow: cohortFlow(eligibility, split),
    split,
    units: duplicates.units,
    measured,
    predictors,
    specifications,
    tasks: studyTasks({ protocol, cohort, split, units: duplicates.units }, specifications, random),
    comparators,
    findings: [
      ...table.findings,
      ...reading.findings,
      ...duplicates.findings,
      ...imageFindings(measured),
      ...bitDepthFindings(measured),
      ...undefinedFeatureFindings(measured),
    ],
  };
}

/** A protocol that cross-validates all patients opens the test set before the first fit, and the ledger says so. */
async function withCrossValidated(
  cohort: Cohort,
  study: Pick<PreparedStudy, "protocol" | "protocolHash" | "split">,
  machine: Machine,
): Promise<Cohort> {
  const { protocol, protocolHash, split } = study;
  if (protocol.validation.patients === "development" || split.test.length === 0) return cohort;
  const opened = await machine.vault.open({
    dataset: "test",
    purpose: "cross-validation of all patients",
    protocolHash,
    models: [],
  });
  return withOutcomes(cohort, opened);
}
