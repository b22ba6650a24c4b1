import { describe, expect, it } from "vitest";
import { compareToExpected, oracleCases, oracleFolder, type Tolerance } from "../oracle-cases.ts";
import type { Answer } from "../oracle-tests.ts";

/**
 * One test for each case of a group of the folder, with wider tolerances where the other software is itself inexact.
 *
 * @param groupPrefix E.g. `07`.
 * @param answers By procedure; a case whose procedure is absent here fails.
 * @param tolerances By key; they replace those of the folder.
 */
export function testOraclesWithin(
  groupPrefix: string,
  answers: Readonly<Record<string, Answer>>,
  tolerances: Readonly<Record<string, Tolerance>>,
): void {
  const cases = oracleCases(groupPrefix);
  describe(`oracles of group ${groupPrefix}`, () => {
    if (cases.length === 0)
      it("finds its cases", (context) => {
        context.skip(
          oracleFolder() === null ? "no folder of oracles: set SENTINODE_ORACLES" : "the folder holds none",
        );
      });
    for (const oracle of cases)
      it(oracle.id, () => {
        const answer = answers[oracle.procedure];
        if (answer === undefined) expect.fail(`nothing here answers the procedure ${oracle.procedure}`);
        const allowed = { ...oracle.tol, ...tolerances };
        expect(compareToExpected(oracle.expected, answer(oracle), allowed, oracle.kind)).toEqual([]);
      });
  });
}
