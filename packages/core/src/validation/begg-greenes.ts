import { InputError } from "../errors.ts";

/** A positive or negative call of every patient, and the truth of those in whom it was looked for. */
export interface VerifiedCalls {
  /** 1 = called positive, 0 = negative; shape [n]. */
  readonly called: Uint8Array;
  /** 1 = the truth is known, shape [n]. */
  readonly verified: Uint8Array;
  /** 1 = event, 0 = none; looked at where verified only. */
  readonly outcome: Uint8Array;
  /** Further reasons for verification: any integer that names a patient's stratum, shape [n]; null for none. */
  readonly strata: Int32Array | null;
}

/** Accuracy of a call; null where nobody counts towards it. */
export interface CallAccuracy {
  readonly prevalence: number;
  readonly sensitivity: number | null;
  readonly specificity: number | null;
  readonly ppv: number | null;
  readonly npv: number | null;
}

/**
 * The accuracy of a call in all patients, where those with a positive call are verified more often.
 *
 * Assumes that among patients of the same call and stratum verification does not depend on the truth (missing at random).
 *
 * @returns Null where a call and stratum has patients but none verified: nothing then tells their share of events.
 * @throws {InputError} Unequal lengths, no patient, or a value that is not 0 or 1.
 * @source Begg & Greenes 1983, Biometrics 39:207-215.
 */
export function beggGreenes(calls: VerifiedCalls): CallAccuracy | null {
  checkCalls(calls);
  const cells = new Map<
    string,
    { readonly call: number; patients: number; verified: number; events: number }
  >();
  calls.called.forEach((call, row) => {
    const key = `${call}/${calls.strata?.[row] ?? 0}`;
    const cell = cells.get(key) ?? { call, patients: 0, verified: 0, events: 0 };
    cell.patients += 1;
    cell.verified += calls.verified[row];
    cell.events += calls.verified[row] === 1 ? calls.outcome[row] : 0;
    cells.set(key, cell);
  });
  const events = [0, 0];
  const patients = [0, 0];
  for (const cell of cells.values()) {
    if (cell.verified === 0) return null;
    patients[cell.call] += cell.patients;
    events[cell.call] += (cell.events / cell.verified) * cell.patients;
  }
  return callAccuracy({ events, patients });
}

/**
 * Accuracy from the expected events among patients called negative (index 0) and positive (index 1).
 *
 * @example callAccuracy({ events: [1, 4], patients: [10, 5] }).sensitivity // => 0.8
 */
export function callAccuracy({
  events,
  patients,
}: {
  readonly events: readonly number[];
  readonly patients: readonly number[];
}): CallAccuracy {
  const [allEvents, all] = [events[0] + events[1], patients[0] + patients[1]];
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  return {
    prevalence: allEvents / all,
    sensitivity: share(events[1], allEvents),
    specificity: share(patients[0] - events[0], all - allEvents),
    ppv: share(events[1], patients[1]),
    npv: share(patients[0] - events[0], patients[0]),
  };
}

function checkCalls({ called, verified, outcome, strata }: VerifiedCalls): void {
  const n = called.length;
  if (n === 0 || verified.length !== n || outcome.length !== n || (strata !== null && strata.length !== n))
    throw new InputError(
      `the correction for verification bias needs a call, a verification and an outcome of every patient; got ${n}, ${verified.length} and ${outcome.length}; match them`,
    );
  if (![called, verified].every((values) => values.every((value) => value <= 1)))
    throw new InputError(
      "the correction for verification bias needs 0 or 1 for every call and verification; got another value; recode it",
    );
  if (outcome.some((event, row) => verified[row] === 1 && event > 1))
    throw new InputError(
      "the correction for verification bias needs an outcome of 0 or 1 where it was verified; got another value; recode it",
    );
}
