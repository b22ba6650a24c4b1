/** Reads cases made by other software: `NN_group.json` files beside a `data` folder, in the folder the environment names. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export type { Kind, Mismatch, Tolerance } from "./compare-to-expected.ts";
export { compareToExpected } from "./compare-to-expected.ts";
import type { Kind, Tolerance } from "./compare-to-expected.ts";
import { type OracleTable, joinTables, parseTable, rowsWhere } from "./oracle-table.ts";
export { type OracleTable, numbers, texts } from "./oracle-table.ts";

/** One case: what was asked of the other software, on which data, and what it answered. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape of spec and expected differs by procedure
export interface OracleCase<Spec = any, Expected = any> {
  readonly id: string;
  readonly procedure: string;
  readonly kind: Kind;
  readonly hard?: string;
  readonly data?: { readonly file: string; readonly where?: string | null } | null;
  readonly spec: Spec;
  readonly expected: Expected;
  readonly tol?: Readonly<Record<string, Tolerance>>;
  readonly notes?: string;
}

/** The folder of cases, or null where there is none. */
export function oracleFolder(): string | null {
  const folder = resolve(import.meta.dirname, "..", process.env["SENTINODE_ORACLES"] ?? "../shared/oracles");
  return existsSync(folder) ? folder : null;
}

/**
 * The cases of every file whose name starts so.
 *
 * @param groupPrefix E.g. `07` or `07_roc`.
 * @returns In file order; none where the folder is absent.
 */
export function oracleCases(groupPrefix: string): readonly OracleCase[] {
  const folder = oracleFolder();
  if (folder === null) return [];
  return readdirSync(folder)
    .filter((file) => /^\d\d_.*\.json$/.test(file) && file.startsWith(groupPrefix))
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap(
      (file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as { cases: OracleCase[] }).cases,
    );
}

/**
 * The table of a case: its files side by side, the rows of its `where`.
 *
 * @throws {Error} The case names no data, or its `where` is of a form not known here.
 */
export function readOracleTable(oracle: Pick<OracleCase, "id" | "data">): OracleTable {
  if (oracle.data === undefined || oracle.data === null) throw new Error(`${oracle.id} names no data`);
  return rowsWhere(readOracleFile(oracle.data.file), oracle.data.where ?? null);
}

/**
 * A table of the folder by name.
 *
 * @param name E.g. `data/a.csv`, or `data/a.csv + data/b.csv` for files of the same row order; a remark in parentheses is ignored.
 */
export function readOracleFile(name: string): OracleTable {
  const folder = oracleFolder();
  if (folder === null) throw new Error("there is no folder of oracles; set SENTINODE_ORACLES");
  const files = name.replace(/\([^)]*\)/g, "").split("+");
  return joinTables(files.map((file) => parseTable(readFileSync(join(folder, file.trim()), "utf8"))));
}
