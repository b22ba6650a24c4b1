import type { AuditedIdentities } from "./audit-subject.ts";
import type { IdentityEvidence, PartShare, RepeatedEvidence } from "./evidence.ts";
import type { LampReason } from "./lamp.ts";
import { namedPatients } from "./shared-patients.ts";

/** A share of events that chance explains less often than this cannot come from a random split. */
const IMPOSSIBLE = 0.001;

/** A share of events that chance explains less often than this is mentioned. */
const NOTABLE = 0.01;

/** Pairs that a message names; the others are counted. */
const NAMED_PAIRS = 3;

/** What of the identities speaks against the pipeline. */
export function identityReasons(
  evidence: IdentityEvidence,
  { isRandomSplit }: Pick<AuditedIdentities, "isRandomSplit">,
): readonly LampReason[] {
  return [
    ...evidence.shared.map((shared): LampReason => ({
      code: "patients-in-two-parts",
      colour: "red",
      message: `the parts need patients of their own; got ${namedPatients(shared)} in ${shared.names.join(" and ")}; divide patients and not rows or images`,
    })),
    ...evidence.artefacts.shared.map((shared): LampReason => ({
      code: "judged-on-training-patients",
      colour: "red",
      message: `${shared.names[0]} needs to be judged on patients from whom it did not learn; got ${namedPatients(shared)} of both; learn it inside the training patients`,
    })),
    ...foldReasons(evidence),
    ...rowReasons(evidence),
    ...repeatedReasons(evidence.repeated),
    ...evidence.parts.flatMap((part) => shareReasons(part, isRandomSplit)),
  ];
}

function foldReasons({ folds: { checked, sharing } }: IdentityEvidence): readonly LampReason[] {
  if (sharing === 0) return [];
  const message = `folds need to test patients from whom they did not learn; got ${sharing} of ${checked} with the same patient on both sides; divide patients and not rows or images`;
  return [{ code: "patients-in-two-folds", colour: "red", message }];
}

function rowReasons({ rowsWithoutPatient, unknownPatients }: IdentityEvidence): readonly LampReason[] {
  const reasons: LampReason[] = [];
  if (rowsWithoutPatient > 0)
    reasons.push({
      code: "rows-without-patient",
      colour: "red",
      message: `every row needs a patient; got ${rowsWithoutPatient} without one, as synthetic rows are; make such rows inside the training patients of a fold, or none`,
    });
  if (unknownPatients > 0)
    reasons.push({
      code: "rows-of-no-patient",
      colour: "red",
      message: `every row needs a patient of the cohort; got ${unknownPatients} of others, as synthetic rows are; make such rows inside the training patients of a fold, or none`,
    });
  return reasons;
}

function repeatedReasons(repeated: readonly RepeatedEvidence[]): readonly LampReason[] {
  const open = repeated.filter(({ isDeclared }) => !isDeclared);
  const crossing = open.filter(({ across }) => across !== null);
  const within = open.filter(({ across }) => across === null);
  const pairs = (list: readonly RepeatedEvidence[]) =>
    list
      .slice(0, NAMED_PAIRS)
      .map(
        ({ patients, shared, across }) =>
          `${patients.join(" and ")}${across === null ? "" : ` in ${across}`}: ${shared}`,
      )
      .join("; ") + (list.length > NAMED_PAIRS ? "; and others" : "");
  const reasons: LampReason[] = [];
  if (crossing.length > 0)
    reasons.push({
      code: "repeated-across-a-line",
      colour: "red",
      message: `patients on two sides of a line need to be two; got ${crossing.length} ${crossing.length === 1 ? "pair that looks" : "pairs that look"} like one (${pairs(crossing)}); keep them together, or say that they are two`,
    });
  if (within.length > 0)
    reasons.push({
      code: "repeated-within",
      colour: "amber",
      message: `${within.length} ${within.length === 1 ? "pair of patients looks" : "pairs of patients look"} like one (${pairs(within)}); join their rows, or say that they are two`,
    });
  return reasons;
}

function shareReasons(
  { name, rows, events, pValue }: PartShare,
  isRandomSplit: boolean,
): readonly LampReason[] {
  if (pValue === null || events === null || pValue >= NOTABLE) return [];
  const start = `the ${name} set has ${events} events in ${rows} rows, another share than the cohort's (exact binomial p ${pValue < 0.001 ? "< 0.001" : `= ${pValue.toFixed(3)}`})`;
  return isRandomSplit && pValue < IMPOSSIBLE
    ? [
        {
          code: "class-ratio-changed",
          colour: "red",
          message: `${start}; a random split does not give it; look for rows that were made or left out before the split`,
        },
      ]
    : [
        {
          code: "class-ratio-differs",
          colour: "amber",
          message: `${start}; its patients differ from the others, or rows were made or left out; say which`,
        },
      ];
}
