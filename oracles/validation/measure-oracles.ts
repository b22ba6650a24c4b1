import { describe, expect, it } from "vitest";
import {
  compareToExpected,
  oracleCases,
  type OracleCase,
  oracleFolder,
  type Tolerance,
} from "../oracle-cases.ts";
import { type Answer } from "../oracle-tests.ts";

/** Where the tests of a group differ from what the folder says, each with its reason in the test. */
export interface Exceptions {
  /** Measures that no function here computes, by key of `expected`; each is a skipped test. */
  readonly leftOut?: readonly string[];
  /** Wider tolerances by key, where the other software stops before its own answer is exact. */
  readonly tolerances?: Readonly<Record<string, Tolerance>>;
}

/**
 * One test for each case of a group of the folder, and one skipped test for each measure of it that is left out.
 *
 * @param groupPrefix E.g. `07`.
 * @param answers By procedure.
 * @param exceptions Measures left out, and wider tolerances.
 */
export function testMeasures(
  groupPrefix: string,
  answers: Readonly<Record<string, Answer>>,
  exceptions: Exceptions,
): void {
  const cases = oracleCases(groupPrefix);
  describe(`oracles of group ${groupPrefix}`, () => {
    it.skipIf(cases.length > 0)("finds its cases", (test) => {
      test.skip(oracleFolder() === null, "no folder of oracles: set SENTINODE_ORACLES");
    });
    for (const oracle of cases) {
      const leftOut = (exceptions.leftOut ?? []).filter((key) => key in oracle.expected);
      it(oracle.id, () => expect(mismatches(oracle, answers, exceptions)).toEqual([]));
      for (const key of leftOut) it.skip(`${oracle.id}: ${key} is left to a later issue`);
    }
  });
}

function mismatches(oracle: OracleCase, answers: Readonly<Record<string, Answer>>, exceptions: Exceptions) {
  const answer = answers[oracle.procedure];
  if (answer === undefined) throw new Error(`nothing here answers the procedure ${oracle.procedure}`);
  const leftOut = exceptions.leftOut ?? [];
  const expected = Object.fromEntries(
    Object.entries(oracle.expected as object).filter(([key]) => !leftOut.includes(key)),
  );
  return compareToExpected(
    expected,
    answer(oracle),
    { ...oracle.tol, ...exceptions.tolerances },
    oracle.kind,
  );
}
