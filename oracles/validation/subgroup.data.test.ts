import { logit } from "../../packages/core/src/math/elementary.ts";
import {
  interactionTest,
  type SubgroupRow,
  subgroupRows,
  type Subgroups,
} from "../../packages/core/src/validation/subgroup.ts";
import { numbers, type OracleCase, type OracleTable, readOracleTable, texts } from "../oracle-cases.ts";
import { testOraclesWithin } from "./measure-oracles.ts";
import { orNull, outcomeOf } from "./predictions-of.ts";

type SubgroupCase = OracleCase<{ readonly y: string; readonly exposure: string; readonly subgroup: string }>;

// R's glm takes its covariance from the step before the last, which moves a Wald test by a few millionths.
const tolerances = { wald_chi2: { abs: 1e-6, rel: 1e-5 }, wald_p: { abs: 1e-6, rel: 1e-5 } };

testOraclesWithin(
  "13",
  {
    subgroup: (oracle: SubgroupCase) => {
      const table = readOracleTable(oracle);
      const outcome = outcomeOf(table, oracle.spec.y);
      const score = exposureOf(table, oracle.spec.exposure);
      const subgroups = subgroupsOf(table, oracle);
      const rows = subgroupRows(outcome, score, subgroups).filter((row) => row.patients > 0);
      const interaction = orNull(() => interactionTest(outcome, score, subgroups));
      return {
        rows: rows.map((row) => printed(row, oracle)),
        interaction:
          interaction === null
            ? { estimable: false }
            : {
                lrt_chi2: interaction.likelihoodRatio.chiSquared,
                df: interaction.likelihoodRatio.degreesOfFreedom,
                lrt_p: interaction.likelihoodRatio.pValue,
                wald_chi2: interaction.wald.chiSquared,
                wald_p: interaction.wald.pValue,
              },
      };
    },
  },
  tolerances,
);

function printed(
  { level, patients, events, auc, oddsRatio, pValue }: SubgroupRow,
  oracle: OracleCase,
): object {
  const { value: odds, lower: lo, upper: hi } = oddsRatio ?? missing;
  const { value: area, lower: areaLow, upper: areaHigh } = auc ?? missing;
  return {
    // A level that is a number is printed as one.
    level: typeof levelOf(oracle, level) === "number" ? Number(level) : level,
    n: patients,
    events,
    estimable: oddsRatio !== null,
    OR: odds,
    lo,
    hi,
    p: pValue,
    auc: area,
    auc_lo: areaLow,
    auc_hi: areaHigh,
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
  const present = levelOfPatient.filter((level) => level !== null);
  const levels = [...new Set(present)].sort((a, b) => (a < b ? -1 : 1));
  return { levels, codes: levelOfPatient.map((level) => (level === null ? -1 : levels.indexOf(level))) };
}

function levelOf(oracle: OracleCase, level: string): unknown {
  const rows = oracle.expected.rows as { level: unknown }[];
  return rows.find((row) => String(row.level) === level)?.level;
}
