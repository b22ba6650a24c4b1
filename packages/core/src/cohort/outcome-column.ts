import type { Finding } from "../errors.ts";
import { type Cell, type IsMissing, MISSING_CELL, unreadableCell, valueCell } from "./cell.ts";
import { codeKey, findLevel } from "./code-book.ts";
import type { CohortDescription } from "./cohort-description.ts";
import { type RowValues, cellText, findColumn, readColumn, type TableReading } from "./table-rows.ts";
import type { Level, Variable } from "./variable.ts";

/**
 * The outcome of every row: 1 = event, 0 = none; an unknown cell is noted as a problem.
 *
 * @param missing Whether a missing cell is a problem too, or NaN.
 * @returns Null where the column or its codes are at fault, which is then noted.
 */
export function readOutcome(
  reading: TableReading,
  description: CohortDescription,
  isMissing: IsMissing,
  missing: "refused" | "allowed" = "refused",
): RowValues | null {
  const { outcome, variables } = description;
  const described = variables.find(({ name }) => name === outcome.variable);
  const codes = outcomeCodes(reading, description, described);
  const column = findColumn(reading, outcome.variable, "the outcome");
  if (column < 0 || codes === null) return null;
  return readColumn(reading, column, (text) => {
    const cell = outcomeCell(text, codes, reading.table.decimal, isMissing);
    return missing === "allowed" && cell.kind === "unreadable" && isMissing(text) ? MISSING_CELL : cell;
  });
}

/**
 * A finding where several values count as no event because the description names none.
 *
 * @returns One finding or none.
 */
export function otherOutcomeFindings(
  { table }: TableReading,
  { outcome }: CohortDescription,
  isMissing: IsMissing,
): Finding[] {
  const column = table.headers.indexOf(outcome.variable);
  if (outcome.negative !== undefined || column < 0) return [];
  const positive = codeKey(outcome.positive, ".");
  const others = new Set(table.rows.map((_, row) => codeKey(cellText(table, row, column), table.decimal)));
  others.delete(positive);
  const count = [...others].filter((text) => !isMissing(text)).length;
  if (count < 2) return [];
  const message = `the outcome ${outcome.variable} needs one code of no event; got ${count} different values beside the event; all count as no event: name the code under negative to refuse others`;
  return [{ code: "outcome-several-negatives", severity: "warning", message }];
}

/** Codes that decide the outcome. */
interface OutcomeCodes {
  readonly levels: readonly Level[];
  /** Index of the event in `levels`. */
  readonly positive: number;
  /** Index of no event, or null where every other level is none. */
  readonly negative: number | null;
  /** True where a text outside `levels` is refused. */
  readonly closed: boolean;
}

function outcomeCodes(
  { problems }: TableReading,
  { outcome }: CohortDescription,
  described: Variable | undefined,
): OutcomeCodes | null {
  const bookLevels = described !== undefined && "levels" in described ? described.levels : null;
  const ownLevels = [outcome.positive, ...(outcome.negative === undefined ? [] : [outcome.negative])];
  const levels = bookLevels ?? ownLevels.map((code) => ({ code, label: code }));
  const positive = findLevel(levels, outcome.positive, ".");
  const negative = outcome.negative === undefined ? null : findLevel(levels, outcome.negative, ".");
  if (positive < 0 || negative === -1) {
    problems.add(
      "outcome",
      `the outcome ${outcome.variable} needs codes of its code-book; got another for ${positive < 0 ? "positive" : "negative"}; correct it`,
    );
    return null;
  }
  if (positive === negative) {
    problems.add(
      "outcome",
      `the outcome ${outcome.variable} needs different codes for event and no event; got the same; correct one`,
    );
    return null;
  }
  return { levels, positive, negative, closed: bookLevels !== null || negative !== null };
}

function outcomeCell(
  text: string,
  codes: OutcomeCodes,
  decimal: "." | ",",
  isMissing: IsMissing,
): Cell<number> {
  const level = findLevel(codes.levels, text, decimal);
  if (level === codes.positive) return valueCell(1);
  if (level >= 0) {
    if (codes.negative === null || level === codes.negative) return valueCell(0);
    return unreadableCell(
      "the outcome needs the code of the event or of no event; got another level; correct the cell or leave the row out",
    );
  }
  if (isMissing(text))
    return unreadableCell("the outcome needs a value; got a missing cell; fill it in or leave the row out");
  if (codes.closed)
    return unreadableCell(
      "the outcome needs the code of the event or of no event; got another; correct the cell",
    );
  return valueCell(0);
}
