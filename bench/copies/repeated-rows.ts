import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildCohort } from "../../packages/core/src/cohort/build-cohort.ts";
import type { Cohort } from "../../packages/core/src/cohort/cohort.ts";
import { type RepeatedPatient, repeatedPatients } from "../../packages/core/src/cohort/repeated-patients.ts";
import { cohortDescription } from "../../packages/core/src/study/cohort-description.ts";
import { readProtocol } from "../../packages/core/src/study/read-protocol.ts";
import { simulateStudy } from "../../packages/core/src/study/simulate-study.ts";
import { loadStudy } from "../../packages/node/src/files/load-study.ts";

const root = resolve(import.meta.dirname, "../..");

/** Seeds of clean simulated cohorts. */
const SEEDS = 50;
const PATIENTS = 1647;

/** The section on rows that repeat: in the example tables, and in clean simulated cohorts. */
export async function repeatedRows(data: string): Promise<string> {
  const rows: string[] = [];
  for (const name of ["nsln", "breast-usg"]) {
    if (!existsSync(join(data, name))) continue;
    const { protocol, table } = await loadStudy(join(root, "examples", name, "study.yaml"), join(data, name));
    const { cohort } = buildCohort(table, cohortDescription(protocol));
    rows.push(
      row(`\`examples/${name}\``, cohort.patients.length, comparedPairs(cohort, protocol.outcome.variable)),
    );
  }
  let alarms = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const study = simulateStudy({ patients: PATIENTS, seed });
    const protocol = readProtocol(study.protocol, "study.yaml");
    const { cohort } = buildCohort(study.table, cohortDescription(protocol));
    if (comparedPairs(cohort, protocol.outcome.variable).length > 0) alarms++;
  }
  return `## Rows

Pairs whose rows agree so far that chance would give less than one such pair in the cohort.

| table | patients | pairs | of them equal in every value | expected by chance, each |
| --- | --- | --- | --- | --- |
${rows.join("\n")}
| simulated, ${String(SEEDS)} seeds | ${String(PATIENTS)} each | ${String(alarms)} cohorts with a pair | | |

The pairs of \`examples/nsln\` hardly are a false alarm: but for one pair, their ids are two ascending series that run side by side,
as if a group of patients had been entered a second time. The published table does not say so.
`;
}

function comparedPairs(cohort: Cohort, outcome: string): readonly RepeatedPatient[] {
  return repeatedPatients(cohort, new Set([outcome]));
}

function row(name: string, patients: number, pairs: readonly RepeatedPatient[]): string {
  const equal = pairs.filter(({ differing }) => differing === 0).length;
  const expected = pairs.map((pair) => pair.expected.toPrecision(1)).join(", ");
  return `| ${name} | ${String(patients)} | ${String(pairs.length)} | ${String(equal)} | ${expected} |`;
}
