import type { PatientId } from "../cohort/patient.ts";
import { joinedPatients, type PatientUnits } from "../cohort/patient-units.ts";
import type { Split, SplitPart } from "../cohort/split.ts";
import { type Finding, InputError } from "../errors.ts";
import { type CopiedImages, copiedImages } from "../image/copied-images.ts";
import type { MeasuredImages } from "./assemble-predictors.ts";
import type { SamePersons } from "./same-person.ts";

/** Who stands in one fold, and what a reader must know of patients that look like one. */
export interface StudyDuplicates {
  /** Ids that are one person, declared or found. */
  readonly units: PatientUnits;
  readonly findings: readonly Finding[];
}

/** Two ids that look like one patient, with what shows it. */
interface LikePair {
  readonly first: PatientId;
  readonly second: PatientId;
  /** In words, after "got". */
  readonly evidence: string;
  /** Whether chance is out of the question, so that the pair may not stand on two sides of a split. */
  readonly isCertain: boolean;
}

/** Pairs expected by chance in a cohort of the size, below which equal rows are one patient. */
const CERTAIN = 0.01;

/**
 * Looks for patients that stand in the study twice: by their rows, and by images of which one is a copy of the other. A
 * pair of whom one is learned from and the other is tested would make every model look better than it is.
 *
 * @param persons What protocol and table say.
 * @param measured Null for a study without images.
 * @param file Name of the table, for messages.
 * @throws {InputError} Every pair and every declared group that two parts of the split share.
 */
export function studyDuplicates(
  persons: SamePersons,
  measured: MeasuredImages | null,
  split: Split,
  file: string,
): StudyDuplicates {
  const copies = measured === null ? [] : copiesBetweenPatients(measured, persons);
  const pairs = [
    ...persons.repeated.map((pair): LikePair => ({
      first: pair.first,
      second: pair.second,
      evidence: `${String(pair.compared - pair.differing)} of ${String(pair.compared)} values equal, where chance would give ${pair.expected.toPrecision(1)} such pairs`,
      isCertain: pair.expected < CERTAIN,
    })),
    ...copies.map((copy) => imagePair(measured!, copy)),
  ];
  const partOf = partsOf(split);
  const isSplit = (first: PatientId, second: PatientId) => partOf.get(first) !== partOf.get(second);
  const place = (first: PatientId, second: PatientId) =>
    `${file}, rows ${String(persons.rowOf(first))} and ${String(persons.rowOf(second))}: patients ${first} (${partOf.get(first)!}) and ${second} (${partOf.get(second)!})`;
  const problems = [
    ...persons.declared
      .filter(([first, second]) => isSplit(first, second))
      .map(
        ([first, second]) =>
          `${place(first, second)} are one group, so one part of the split needs to hold both; got two; correct the split or the group`,
      ),
    ...pairs
      .filter(({ first, second, isCertain }) => isCertain && isSplit(first, second))
      .map(
        ({ first, second, evidence }) =>
          `${place(first, second)} look like one patient on both sides of the split; got ${evidence}; leave one out, or name a column of persons under cohort: group, or, if they are two persons, name the pair under duplicates: allow`,
      ),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const together = pairs.filter(({ first, second }) => !isSplit(first, second));
  const apart = pairs.filter(({ first, second }) => isSplit(first, second));
  return {
    units: joinedPatients([
      ...persons.declared,
      ...together.map(({ first, second }) => [first, second] as const),
    ]),
    findings: [
      ...groupFinding(persons),
      ...pairFinding("patients-alike", together, "they stay in one part of the split and in one fold"),
      ...pairFinding("patients-alike-across-split", apart, "they stand on both sides of the split"),
    ],
  };
}

function copiesBetweenPatients(measured: MeasuredImages, persons: SamePersons): readonly CopiedImages[] {
  const owners = measured.images.map(({ patient }) => patient);
  return copiedImages(
    measured.features.map(({ fingerprint }) => fingerprint ?? null),
    (first, second) => owners[first] === owners[second] || persons.isKnown(owners[first], owners[second]),
  );
}

function imagePair({ images }: MeasuredImages, { first, second, correlation }: CopiedImages): LikePair {
  const [one, other] = [images[first], images[second]];
  return {
    first: one.patient,
    second: other.patient,
    evidence: `images ${one.image} and ${other.image}, of which one is a copy of the other (correlation ${correlation.toFixed(2)})`,
    isCertain: true,
  };
}

function partsOf(split: Split): ReadonlyMap<PatientId, SplitPart> {
  return new Map(
    (["development", "test", "prospective"] as const).flatMap((part) =>
      split[part].map((patient) => [patient, part] as const),
    ),
  );
}

/** Most pairs that a finding describes. */
const MOST_NAMED = 5;

function pairFinding(code: string, pairs: readonly LikePair[], consequence: string): readonly Finding[] {
  if (pairs.length === 0) return [];
  const named = pairs
    .slice(0, MOST_NAMED)
    .map(({ first, second, evidence }) => `${first} and ${second} (${evidence})`);
  const more = pairs.length > MOST_NAMED ? `, and ${String(pairs.length - MOST_NAMED)} more` : "";
  const message = `an id needs to be a person; got ${String(pairs.length)} ${pairs.length === 1 ? "pair" : "pairs"} that look like one patient each: ${named.join(", ")}${more}; ${consequence}, and each still counts as a patient: leave one of each out, name a column of persons under cohort: group, or, if they are two persons, name the pair under duplicates: allow`;
  return [{ code, severity: "warning", message }];
}

function groupFinding({ declared }: SamePersons): readonly Finding[] {
  if (declared.length === 0) return [];
  const message = `${String(declared.length)} ids belong to a person with another id by cohort: group; such ids stay in one part of the split and in one fold; intervals count each id as a patient`;
  return [{ code: "patients-grouped", severity: "info", message }];
}
