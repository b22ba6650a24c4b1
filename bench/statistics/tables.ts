import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Matrix, matrixOfColumns } from "../../packages/core/src/math/matrix.ts";

/** A table of numbers, NaN where a cell is empty. */
export interface NumberTable {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/** Reads a table that the peers' `data.R` wrote. */
export function readNumbers(folder: string, file: string): NumberTable {
  const [header, ...lines] = readFileSync(join(folder, file), "utf8").trimEnd().split("\n");
  const names = header.split(",").map((name) => name.replaceAll('"', ""));
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(lines.length)]));
  lines.forEach((line, row) => {
    line.split(",").forEach((cell, j) => {
      columns[names[j]][row] = cell === "" ? NaN : Number(cell);
    });
  });
  return { rows: lines.length, columns };
}

/** Some columns as a design. */
export function design(table: NumberTable, names: readonly string[]): Matrix {
  return matrixOfColumns(
    table.rows,
    names.map((name) => table.columns[name]),
  );
}

/** A column of 0 and 1. */
export function outcomeOf(table: NumberTable, name = "y"): Uint8Array {
  return Uint8Array.from(table.columns[name]);
}

/** Names of the columns but these. */
export function namesBut(table: NumberTable, ...left: readonly string[]): readonly string[] {
  return Object.keys(table.columns).filter((name) => !left.includes(name));
}
