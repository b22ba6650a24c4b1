import { type PatientId, patientId } from "../../cohort/patient.ts";
import type { PreparedStudy } from "../prepare-study.ts";
import { learnedFrom } from "../provenance/trained-on.ts";
import type { StudyModel } from "../study-model.ts";
import type { AuditedIdentities, AuditedPart, RepeatedPatients } from "./audit-subject.ts";
import type { RecordedPredictions } from "./recorded-predictions.ts";

/**
 * Who stands where in a study that was run.
 *
 * @param models As the run stored them: each knows whom it learned from.
 * @param predictions Of the run; outcomes of sets that were opened stand in them.
 */
export function studyIdentities(
  prepared: PreparedStudy,
  models: readonly StudyModel[],
  predictions: readonly RecordedPredictions[],
): AuditedIdentities {
  const { split, cohort, tasks, protocol, predictors } = prepared;
  const heldOut = [...split.test, ...split.prospective];
  const parts = (["development", "test", "prospective"] as const).flatMap((name): AuditedPart[] =>
    split[name].length === 0
      ? []
      : [{ name, patients: split[name], events: eventsOf(prepared, split[name], predictions) }],
  );
  const open = parts.filter(({ events }) => events !== null);
  return {
    cohort: {
      patients: cohort.patients,
      events: open.reduce((total, { events }) => total + events!, 0),
      known: open.reduce((total, { patients }) => total + patients.length, 0),
    },
    parts,
    folds: tasks.folds,
    artefacts:
      heldOut.length === 0
        ? []
        : models.map(({ name, trainedOn }) => ({
            name: `model ${name} with all that it learned`,
            trainedOn: learnedFrom(trainedOn, cohort.patients),
            judgedOn: heldOut,
          })),
    duplicates: knownRepeats(prepared),
    isRandomSplit: protocol.split.method === "random",
    rows: predictors,
  };
}

/** Ids that the study holds for one person, and those that its protocol says are two. */
function knownRepeats({ units, protocol }: PreparedStudy): readonly RepeatedPatients[] {
  const joined = [...units].flatMap(([patient, first]): RepeatedPatients[] =>
    patient === first
      ? []
      : [
          {
            patients: [first, patient],
            shared: "one person, kept in one part and one fold",
            isDeclared: true,
          },
        ],
  );
  const allowed = (protocol.duplicates?.allow ?? []).map(([first, second]): RepeatedPatients => ({
    patients: [patientId(String(first)), patientId(String(second))],
    shared: "two persons, by the protocol",
    isDeclared: true,
  }));
  return [...joined, ...allowed];
}

/** Null where the outcome of one of the patients is sealed. */
function eventsOf(
  { cohort }: PreparedStudy,
  patients: readonly PatientId[],
  predictions: readonly RecordedPredictions[],
): number | null {
  const outcomeOf = new Map(cohort.patients.map((patient, row) => [patient, cohort.outcome[row]]));
  for (const { patients: judged, outcome } of predictions)
    judged.forEach((patient, row) => outcomeOf.set(patient, outcome[row]));
  let events = 0;
  for (const patient of patients) {
    const outcome = outcomeOf.get(patient);
    if (outcome !== 0 && outcome !== 1) return null;
    events += outcome;
  }
  return events;
}
