/** Reads the weights and the offset that a case of logistic regression describes in its notes. */
import { numbers, type OracleCase, type OracleTable, readOracleTable } from "../oracle-cases.ts";
import { completeRows, variablesOf } from "./formula.ts";

/** Columns that no file has. */
const [WEIGHT, OFFSET] = ["(weights)", "(offset)"];

/** The complete rows of a case, with the weights and the offset that it leaves to its notes. */
export function weightedRows(oracle: OracleCase<{ readonly formula: string }>) {
  const whole = readOracleTable(oracle);
  const weights = weightsOf(oracle, whole.rows);
  const offset = offsetOf(oracle, whole);
  const columns = {
    ...whole.columns,
    ...(weights && { [WEIGHT]: weights }),
    ...(offset && { [OFFSET]: offset }),
  };
  const table = completeRows({ rows: whole.rows, columns }, [
    ...variablesOf(oracle.spec.formula),
    ...(offset ? [OFFSET] : []),
  ]);
  const options = {
    ...(weights && { weights: numbers(table, WEIGHT) }),
    ...(offset && { offset: numbers(table, OFFSET) }),
  };
  return { table, options };
}

/** `weights 1,2,3,1,2,…`: the shortest list that repeats so, by row order. */
function weightsOf({ notes = "" }: OracleCase, rows: number): number[] | null {
  const list = /weights ((?:[\d.]+\s*,\s*)+)(?:\.\.\.|…)/.exec(notes)?.[1];
  if (list === undefined) return null;
  const values = list.split(",").slice(0, -1).map(Number);
  const isPeriod = (period: number) => values.every((value, i) => i < period || value === values[i - period]);
  const period = values.findIndex((_, i) => isPeriod(i + 1)) + 1;
  return Array.from({ length: rows }, (_, row) => values[row % period]);
}

/** `offset = 0.1*(x-5)`. */
function offsetOf({ notes = "" }: OracleCase, table: OracleTable): (number | null)[] | null {
  const form = /offset = (-?[\d.]+)\s*\*\s*\(?\s*(\w+)\s*(?:([-+])\s*([\d.]+))?/.exec(notes);
  if (form === null) return null;
  const shift = Number(`${form[3] ?? "+"}${form[4] ?? "0"}`);
  return Array.from(numbers(table, form[2]), (x) => (Number.isNaN(x) ? null : Number(form[1]) * (x + shift)));
}
