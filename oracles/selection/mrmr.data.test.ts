import { matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { type MrmrOptions, selectMrmr } from "../../packages/core/src/selection/mrmr.ts";
import { outcomeOf } from "../models/formula.ts";
import { numbers, type OracleCase, type OracleTable, readOracleTable } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";

interface Specification {
  readonly y: string;
  readonly x: readonly string[];
  readonly k: number;
}

testOracles("19", {
  "mrmr.mutual_information": (oracle: OracleCase<Specification>) =>
    selected(oracle, "discrete", "difference"),
  "mrmr.gaussian_mi": (oracle: OracleCase<Specification>) => selected(oracle, "gaussian", "difference"),
  "mrmr.fcq": (oracle: OracleCase<Specification>) => selected(oracle, "f-correlation", "quotient"),
});

function selected(
  oracle: OracleCase<Specification>,
  measure: MrmrOptions["measure"],
  scheme: MrmrOptions["scheme"],
): unknown {
  const { x, y, k } = oracle.spec;
  const table = readOracleTable(oracle);
  const features = matrixOfColumns(
    table.rows,
    x.map((name) => numbers(table, name)),
  );
  const { order, scores, relevance } = selectMrmr(features, outcomeCodes(table, y), {
    measure,
    scheme,
    count: k,
  });
  return {
    order: order.map((feature) => x[feature]),
    score: scores,
    mi: Object.fromEntries(x.map((name, j) => [name, relevance[j]])),
  };
}

function outcomeCodes(table: OracleTable, name: string): ArrayLike<number> {
  return table.columns[name].every((cell) => typeof cell === "number")
    ? numbers(table, name)
    : outcomeOf(table, name);
}
