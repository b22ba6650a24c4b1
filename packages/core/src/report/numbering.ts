import { renderFigure, type ReportFigure } from "./figure.ts";
import type { Html } from "./html.ts";
import { type PrintedTable, renderTable } from "./table.ts";

/** Gives figures and tables their numbers, in the order in which they appear; null stays null. */
export interface Numbering {
  figure(figure: ReportFigure | null): Html | null;
  table(table: PrintedTable | null): Html | null;
}

/**
 * A numbering that starts at Figure 1 and Table 1.
 *
 * @param prefix Stands before each number, e.g. `A` for Figure A1.
 */
export function createNumbering(prefix = ""): Numbering {
  let [figures, tables] = [0, 0];
  return {
    figure: (figure) => (figure === null ? null : renderFigure(figure, `${prefix}${++figures}`)),
    table: (table) => (table === null ? null : renderTable(table, `${prefix}${++tables}`)),
  };
}
