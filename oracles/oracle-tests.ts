import { describe, expect, it } from "vitest";
import { compareToExpected, type OracleCase, oracleCases, oracleFolder } from "./oracle-cases.ts";

/** Answers one case in the shape of its `expected`. */

export type Answer = (oracle: OracleCase) => unknown;

/**
 * One test for each case of a group of the folder, whatever cases it holds.
 *
 * @param groupPrefix E.g. `07` or `07_roc`.
 * @param answers By procedure; a case whose procedure is absent here fails.
 * @param handles Leaves cases to another file of tests, e.g. those of another procedure.
 */
export function testOracles(
  groupPrefix: string,
  answers: Readonly<Record<string, Answer>>,
  handles: (oracle: OracleCase) => boolean = () => true,
): void {
  const cases = oracleCases(groupPrefix).filter(handles);
  describe(`oracles of group ${groupPrefix}`, () => {
    if (cases.length === 0)
      it("finds its cases", (test) => {
        test.skip(
          oracleFolder() === null ? "no folder of oracles: set SENTINODE_ORACLES" : "the folder holds none",
        );
      });
    for (const oracle of cases)
      it(oracle.id, () => {
        const answer = answers[oracle.procedure];
        if (answer === undefined) expect.fail(`nothing here answers the procedure ${oracle.procedure}`);
        expect(compareToExpected(oracle.expected, answer(oracle), oracle.tol, oracle.kind)).toEqual([]);
      });
  });
}
