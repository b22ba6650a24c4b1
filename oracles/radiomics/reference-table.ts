import { readFileSync } from "node:fs";

/**
 * The rows of a comma-separated file of reference values, cells by the name of their column.
 *
 * @param path A file whose first line names the columns; cells may be in quotes.
 */
export function readReferenceTable(path: string): Record<string, string>[] {
  const [head, ...rows] = readFileSync(path, "utf8").trim().split(/\r?\n/).map(cellsOf);
  return rows.map((cells) => Object.fromEntries(head.map((name, column) => [name, cells[column] ?? ""])));
}

function cellsOf(row: string): string[] {
  return [...row.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((cell) => cell[1] ?? cell[2]);
}
