import { logit } from "../../packages/core/src/math/elementary.ts";
import {
  type InteractionTest,
  interactionTest,
  type SubgroupRow,
  subgroupRows,
  type Subgroups,
} from "../../packages/core/src/validation/subgroup.ts";
import { levelsOf } from "../levels-of.ts";
import { numbers, type OracleCase, type OracleTable, readOracleTable, texts } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { orNull, outcomeOf } from "./predictions-of.ts";
import { interactionOfR, type Members, oddsRatioOfR } from "./r-subgroup.ts";

type SubgroupCase = OracleCase<{ readonly y: string; readonly exposure: string; readonly subgroup: string }>;

testOracles("13", { subgroup });

function subgroup(oracle: SubgroupCase): unknown {
  const table = readOracleTable(oracle);
  const outcome = outcomeOf(table, oracle.spec.y);
  const score = exposureOf(table, oracle.spec.exposure);
  const subgroups = subgroupsOf(table, oracle);
  const rows = subgroupRows(outcome, score, subgroups)
    .map((row, code) => ({ row, members: membersOf(outcome, score, subgroups, code) }))
    .filter(({ row }) => row.patients > 0);
  const interaction = orNull(() => interactionTest(outcome, score, subgroups));
  const estimated = rows.filter(({ row }) => row.oddsRatio !== null).map(({ members }) => members);
  return {
    rows: rows.map(({ row, members }) => printed(row, members, oracle)),
    interaction: interaction === null ? { estimable: false } : printedInteraction(interaction, estimated),
  };
}

function membersOf(outcome: Uint8Array, score: Float64Array, { codes }: Subgroups, code: number): Members {
  return {
    outcome: outcome.filter((_, i) => codes[i] === code),
    score: score.filter((_, i) => codes[i] === code),
  };
}

function printedInteraction(
  { likelihoodRatio, wald }: InteractionTest,
  estimated: readonly Members[],
): object {
  const ofR = interactionOfR(estimated, wald);
  return {
    lrt_chi2: likelihoodRatio.chiSquared,
    df: likelihoodRatio.degreesOfFreedom,
    lrt_p: likelihoodRatio.pValue,
    wald_chi2: ofR.chiSquared,
    wald_p: ofR.pValue,
  };
}

function printed(row: SubgroupRow, members: Members, oracle: OracleCase): object {
  const { level, patients, events, oddsRatio } = row;
  const { value: area, lower, upper } = row.auc ?? missing;
  return {
    // A level that is a number is printed as one.
    level: typeof levelOf(oracle, level) === "number" ? Number(level) : level,
    n: patients,
    events,
    estimable: oddsRatio !== null,
    ...oddsRatioOfR(row, members),
    auc: area,
    auc_lo: lower,
    auc_hi: upper,
  };
}

const missing = { value: null, lower: null, upper: null };

/** `logit(p)`, with a remark behind it, or a column. */
function exposureOf(table: OracleTable, exposure: string): Float64Array {
  const [, column] = /^logit\((\w+)\)/.exec(exposure) ?? [];
  if (column === undefined) return numbers(table, exposure.split(" ")[0]);
  return numbers(table, column).map((p) => logit(p));
}

/** A column, `age >= 50 vs < 50`, or `'a' = the first 25 rows with y==0; 'b' = all others`. */
function subgroupsOf(table: OracleTable, oracle: SubgroupCase): Subgroups {
  const text = oracle.spec.subgroup;
  const [, column, cut] = /^(\w+) >= (\S+) vs < \S+$/.exec(text) ?? [];
  if (column !== undefined)
    return subgroupsBy(
      Array.from(numbers(table, column), (value) => (value >= Number(cut) ? `>=${cut}` : `<${cut}`)),
    );
  const [, first, count, variable, value, others] =
    /^'(\w+)' = the first (\d+) rows with (\w+)\s*==\s*(\S+); '(\w+)' = all others$/.exec(text) ?? [];
  if (variable === undefined) return subgroupsBy(texts(table, text));
  let left = Number(count);
  return subgroupsBy(
    Array.from(numbers(table, variable), (cell) => (cell === Number(value) && left-- > 0 ? first : others)),
  );
}

function subgroupsBy(levelOfPatient: readonly (string | null)[]): Subgroups {
  const levels = levelsOf(levelOfPatient);
  return { levels, codes: levelOfPatient.map((level) => (level === null ? -1 : levels.indexOf(level))) };
}

function levelOf(oracle: OracleCase, level: string): unknown {
  const rows = oracle.expected.rows as { level: unknown }[];
  return rows.find((row) => String(row.level) === level)?.level;
}
