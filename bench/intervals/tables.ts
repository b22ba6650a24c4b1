/** Rows as tables in Markdown. */
import type { Row } from "./summary.ts";

/** Coverage that counts as that of a 95 % interval. */
export const ACCEPTED = { from: 0.93, to: 0.97 };

/** Bias of an AUC that counts as none. */
export const ACCEPTED_BIAS = 0.01;

/** Whether an interval covers as it says; null without one. */
export function covers({ interval }: Row): boolean | null {
  if (interval === null) return null;
  return interval.coverage >= ACCEPTED.from && interval.coverage <= ACCEPTED.to;
}

/**
 * A table with a line a measure and a column a group.
 *
 * @param lineOf Names the line of a row.
 * @param columnOf Names its column.
 * @param cell What is printed of it.
 */
export function crossTable(
  rows: readonly Row[],
  {
    first,
    lineOf,
    columnOf,
    cell,
  }: {
    readonly first: string;
    readonly lineOf: (row: Row) => string;
    readonly columnOf: (row: Row) => string;
    readonly cell: (row: Row) => string;
  },
): string {
  const lines = [...new Set(rows.map(lineOf))];
  const columns = [...new Set(rows.map(columnOf))];
  return markdown(
    [first, ...columns],
    lines.map((line) => [
      line,
      ...columns.map((column) => {
        const row = rows.find((one) => lineOf(one) === line && columnOf(one) === column);
        return row === undefined ? "" : cell(row);
      }),
    ]),
  );
}

/** A table in Markdown. */
export function markdown(headers: readonly string[], lines: readonly (readonly string[])[]): string {
  const text = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = headers.map((_, column) => (column === 0 ? "---" : "---:"));
  return [text(headers), text(rule), ...lines.map(text)].join("\n");
}

/** Coverage in per cent, marked where it is not that of a 95 % interval. */
export function coverageCell(row: Row): string {
  const { interval } = row;
  if (interval === null) return "";
  const printed = (100 * interval.coverage).toFixed(1);
  return covers(row) === true ? printed : `**${printed}**`;
}

/** Coverage, and on which side the truth lay outside. */
export function sidesCell(row: Row): string {
  const { interval } = row;
  if (interval === null) return "";
  return `${coverageCell(row)} (${(100 * interval.truthBelow).toFixed(1)} / ${(100 * interval.truthAbove).toFixed(1)})`;
}

/** Bias with its Monte Carlo standard error. */
export function biasCell({ bias, biasError }: Row): string {
  const printed = `${signed(bias)} ± ${biasError.toFixed(4)}`;
  return Math.abs(bias) < ACCEPTED_BIAS ? printed : `**${printed}**`;
}

/** A number with its sign. */
export function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
}
