/** Reads what a case of fit-on-training, apply-to-new calls its new data. */
import { type OracleCase, type OracleTable, readOracleFile } from "../oracle-cases.ts";
import { rowsWhere } from "../oracle-table.ts";

/**
 * The new rows of a case: a file, a condition on the case's own file, or `rows of CONDITION …`.
 *
 * @throws {Error} The case names none.
 */
export function newRowsOf(oracle: OracleCase): OracleTable {
  const { data, spec, id } = oracle as OracleCase<{ newdata?: string }> & { data: { newdata?: string } };
  const named = data.newdata ?? spec.newdata;
  if (named === undefined) throw new Error(`${id} names no new data`);
  if (/\.csv/.test(named)) return readOracleFile(named);
  const where = named.replace(/^rows of\s+/, "").replace(/\s+relabelled.*$/, "");
  return rowsWhere(readOracleFile(data.file), where);
}
