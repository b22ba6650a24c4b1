import { InputError } from "../errors.ts";
import type { Random } from "../math/random.ts";

/**
 * A random test set that keeps the shares of the outcome and of further strata.
 *
 * @param outcome 1 = event, 0 = none; one per patient.
 * @param strata Codes of further variables, each one per patient; a missing code is a level of its own.
 * @param testShare Share of the patients, in (0, 1).
 * @returns 1 for a patient of the test set. Its size is the share of all patients, rounded; in each combination of
 *   levels it is within one patient of the share.
 * @throws {InputError} A share outside (0, 1).
 */
export function drawTestSet(
  outcome: Uint8Array,
  strata: readonly Int16Array[],
  testShare: number,
  random: Random,
): Uint8Array {
  if (!(testShare > 0 && testShare < 1))
    throw new InputError(
      `a random split needs a share of test patients between 0 and 1; got ${testShare}; choose 0.3`,
    );
  const test = new Uint8Array(outcome.length);
  let row = 0;
  // Every patient of the shuffled strata advances a sum by the share; who carries it past a whole number is drawn.
  for (const stratum of rowsByStratum(outcome, strata))
    for (const patient of random.shuffle(stratum)) {
      test[patient] = Math.floor((row + 1) * testShare + 0.5) - Math.floor(row * testShare + 0.5);
      row++;
    }
  return test;
}

function rowsByStratum(outcome: Uint8Array, strata: readonly Int16Array[]): number[][] {
  const codes: ArrayLike<number>[] = [outcome, ...strata];
  const rows = Array.from(outcome, (_, row) => row);
  const order = (a: number, b: number): number =>
    codes.reduce((sign, code) => (sign !== 0 ? sign : code[a] - code[b]), 0);
  rows.sort((a, b) => order(a, b) || a - b);
  const groups: number[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last !== undefined && order(last[0], row) === 0) last.push(row);
    else groups.push([row]);
  }
  return groups;
}
