import type { PatientId } from "../../cohort/patient.ts";
import type { AuditedIdentities, AuditSubject } from "./audit-subject.ts";
import { equalRows } from "./equal-rows.ts";
import type { IdentityEvidence, RepeatedEvidence } from "./evidence.ts";
import { identityReasons } from "./identity-reasons.ts";
import { type LampOf, toLamp } from "./lamp.ts";
import { partShares } from "./part-shares.ts";
import { sharedByPairs, sharedPatients } from "./shared-patients.ts";

/** Whether a patient stands on both sides of a line: as the same id, the same image or the same numbers. */
export function identityLamp({ identities }: AuditSubject): LampOf<"identities", IdentityEvidence> {
  const { parts, folds, artefacts, cohort } = identities;
  const recruited = new Set(cohort.patients);
  const rows = parts.flatMap(({ patients }) => patients);
  const evidence: IdentityEvidence = {
    parts: partShares(identities),
    shared: sharedByPairs(parts),
    artefacts: {
      checked: artefacts.length,
      shared: artefacts.flatMap(
        ({ name, trainedOn, judgedOn }) =>
          sharedPatients(
            { name, patients: trainedOn },
            { name: "the patients it is judged on", patients: judgedOn },
          ) ?? [],
      ),
    },
    folds: {
      checked: folds.length,
      sharing: folds.filter(
        ({ training, testing }) =>
          sharedPatients({ name: "", patients: training }, { name: "", patients: testing }) !== null,
      ).length,
    },
    repeated: repeatedPatients(identities),
    rowsWithoutPatient: rows.filter((patient) => patient === null).length,
    unknownPatients: rows.filter((patient) => patient !== null && !recruited.has(patient)).length,
  };
  return toLamp({
    name: "identities",
    title: "Patients",
    verdict: verdict(evidence),
    reasons: identityReasons(evidence, identities),
    evidence,
  });
}

function repeatedPatients(identities: AuditedIdentities): readonly RepeatedEvidence[] {
  const { rows, duplicates } = identities;
  const known = new Set(duplicates.map(({ patients }) => [...patients].sort(byId).join(" ")));
  const equal = (rows === null ? [] : equalRows(rows)).map((patients) => ({
    patients,
    shared: "all measurements are equal",
    isDeclared: false,
  }));
  const found = equal.filter(({ patients }) => !known.has([...patients].sort(byId).join(" ")));
  return [...duplicates, ...found].map(({ patients, shared, isDeclared }) => ({
    patients,
    shared,
    across: lineBetween(patients, identities),
    isDeclared,
  }));
}

function byId(first: PatientId, second: PatientId): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Where two patients are told apart as if they were two; null where nothing is learned from one and tested on the other. */
function lineBetween(
  [first, second]: readonly [PatientId, PatientId],
  { parts, folds }: AuditedIdentities,
): string | null {
  const partsOf = (patient: PatientId) =>
    parts.filter(({ patients }) => patients.includes(patient)).map(({ name }) => name);
  const [firstParts, secondParts] = [partsOf(first), partsOf(second)];
  for (const one of firstParts)
    for (const other of secondParts) if (one !== other) return `${one} and ${other}`;
  const isParted = folds.some(({ training, testing }) => {
    const [inTraining, inTesting] = [new Set(training), new Set(testing)];
    return (
      (inTraining.has(first) && inTesting.has(second)) || (inTraining.has(second) && inTesting.has(first))
    );
  });
  return isParted ? "two folds" : null;
}

function verdict(evidence: IdentityEvidence): string {
  const { parts, artefacts, folds, repeated } = evidence;
  const crossing = repeated.filter(({ across }) => across !== null).length;
  const judged = `${artefacts.checked} learned ${artefacts.checked === 1 ? "artefact" : "artefacts"} and ${folds.checked} ${folds.checked === 1 ? "fold" : "folds"}`;
  const where = parts.map(({ name, rows }) => `${name} ${rows}`).join(", ");
  return `Compared were the rows of the parts (${where}) and ${judged}: ${evidence.shared.length} pairs of parts, ${artefacts.shared.length} artefacts and ${folds.sharing} folds share patients; ${repeated.length} pairs of patients look like one, ${crossing} of them on both sides of a line.`;
}
