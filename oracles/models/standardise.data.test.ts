import { patientId } from "../../packages/core/src/cohort/patient.ts";
import type { PredictorTable } from "../../packages/core/src/features/predictor-table.ts";
import { columnOf, takeRows } from "../../packages/core/src/math/matrix.ts";
import { mean } from "../../packages/core/src/math/statistics.ts";
import { designMatrix } from "../../packages/core/src/models/design-value.ts";
import { learnDesign } from "../../packages/core/src/models/learn-design.ts";
import { numbers, type OracleCase, type OracleTable, readOracleTable } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { newRowsOf } from "./new-rows.ts";

testOracles(
  "24",
  { "standardise.apply": standardiseNew },
  ({ procedure }) => procedure === "standardise.apply",
);

function standardiseNew(oracle: OracleCase<{ readonly features: readonly string[] }>): unknown {
  const names = oracle.spec.features;
  const block = {
    name: "block",
    terms: names.map((column) => ({ column, shape: "linear" }) as const),
    filter: null,
    entersAs: { kind: "features" } as const,
  };
  const { columns } = learnDesign(block, predictorTable(readOracleTable(oracle), names));
  const rows = newRowsOf(oracle);
  const design = designMatrix(columns, predictorTable(rows, names), {});
  const first = (row: number) => Array.from(takeRows(design, [row]).values);
  return {
    valid_first3: [first(0), first(1), first(2)],
    valid_means: names.map((_, j) => mean(columnOf(design, j))),
  };
}

function predictorTable(table: OracleTable, names: readonly string[]): PredictorTable {
  return {
    patients: Array.from({ length: table.rows }, (_, row) => patientId(String(row))),
    columns: names.map((name) => ({
      kind: "numeric",
      name,
      label: name,
      source: { kind: "clinical", variable: name },
      unit: null,
      values: numbers(table, name),
    })),
  };
}
