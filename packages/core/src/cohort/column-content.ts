import { folded } from "./cell.ts";
import { codeKey } from "./code-book.ts";
import { dateCell } from "./date-cell.ts";
import { namesCount, namesOrder } from "./header-words.ts";
import { parseDecimal } from "./number-cell.ts";
import type { RawTable } from "./raw-table.ts";

/** What the cells of a column look like. */
export type ContentKind =
  "numeric" | "binary" | "categorical" | "ordinal" | "date" | "file-name" | "text" | "constant" | "empty";

/** What the cells of a column look like, in numbers. */
export interface ColumnContent {
  readonly kind: ContentKind;
  /** Codes in ascending order; empty for numbers, dates, file names and text. */
  readonly levels: readonly string[];
  /** Texts that seem to mean missing, as written. */
  readonly missingTokens: readonly string[];
  readonly missing: number;
  /** Cells that do not fit the kind: to be corrected or declared missing. */
  readonly unreadable: number;
  /** True where no two patients share a value and none is missing. */
  readonly distinct: boolean;
}

const MISSING_WORDS = new Set([
  "na",
  "n/a",
  "nan",
  "null",
  "nil",
  "not available",
  "not applicable",
  "unknown",
  "unk",
  "missing",
  "nd",
  "n.d.",
  "?",
  "-",
  "--",
  ".",
  "#n/a",
  "未知",
  "不详",
]);

/** Share of the cells that must be numbers or dates for the others to count as errors. */
const MOST = 0.9;

/** Most levels that are proposed as a classification. */
const MOST_LEVELS = 12;

/** Scales whose levels have an order that their spelling does not show. */
const SCALES: readonly (readonly string[])[] = [
  ["none", "mild", "moderate", "severe"],
  ["no", "mild", "moderate", "severe"],
  ["low", "intermediate", "high"],
  ["low", "medium", "high"],
  ["absent", "focal", "extensive"],
  ["negative", "equivocal", "positive"],
  ["i", "ii", "iii", "iv"],
  ["0", "1+", "2+", "3+"],
  ["itc", "micro", "macro"],
];

/**
 * What the cells of a column look like: numbers, levels, dates, file names or text.
 *
 * @param column Index into `table.headers`.
 */
export function columnContent(table: RawTable, column: number): ColumnContent {
  const cells = table.rows.map((row) => (row[column] ?? "").trim());
  const present = cells.filter((text) => text !== "" && !MISSING_WORDS.has(folded(text)));
  const missingTokens = [...new Set(cells.filter((text) => text !== "" && MISSING_WORDS.has(folded(text))))];
  const keys = new Map(present.map((text) => [codeKey(text, table.decimal), text]));
  const distinct = keys.size === cells.length && cells.length > 0;
  const base = { missingTokens, missing: cells.length - present.length, distinct };
  const classified = classify(table.headers[column], present, [...keys.keys()], table.decimal);
  return { ...base, ...classified };
}

function classify(
  header: string,
  present: readonly string[],
  codes: readonly string[],
  decimal: "." | ",",
): Pick<ColumnContent, "kind" | "levels" | "unreadable"> {
  const plain = (kind: ContentKind, unreadable = 0) => ({ kind, levels: [], unreadable });
  if (codes.length === 0) return plain("empty");
  const files = present.filter((text) =>
    /\.(png|jpe?g|tiff?|bmp|dcm|nrrd|pgm|nii(\.gz)?)$/i.test(text),
  ).length;
  if (files >= MOST * present.length) return plain("file-name", present.length - files);
  if (codes.length === 1) return plain("constant");
  const numbers = present.filter((text) => parseDecimal(text, decimal) !== null).length;
  const dates = present.filter((text) => dateCell(text, () => false).kind === "value").length;
  const compact = present.every((text) => /^\d{8}$/.test(text));
  if (dates >= MOST * present.length && (!compact || /date|time|日期/i.test(header)))
    return plain("date", present.length - dates);
  if (codes.length === 2) return { kind: "binary", levels: sorted(codes), unreadable: 0 };
  if (numbers >= MOST * present.length && !areCodes(header, codes))
    return plain("numeric", present.length - numbers);
  return classifyLevels(header, codes);
}

function classifyLevels(
  header: string,
  codes: readonly string[],
): Pick<ColumnContent, "kind" | "levels" | "unreadable"> {
  if (codes.length > MOST_LEVELS) return { kind: "text", levels: [], unreadable: 0 };
  const ordered = scaleOf(codes);
  if (ordered !== null) return { kind: "ordinal", levels: ordered, unreadable: 0 };
  return { kind: namesOrder(header) ? "ordinal" : "categorical", levels: sorted(codes), unreadable: 0 };
}

/** Few small whole numbers that are no count are codes of levels. */
function areCodes(header: string, codes: readonly string[]): boolean {
  return (
    codes.length <= 6 &&
    codes.every((code) => /^\d$/.test(code)) &&
    (namesOrder(header) || !namesCount(header))
  );
}

function scaleOf(codes: readonly string[]): string[] | null {
  const scale = SCALES.find((levels) => codes.every((code) => levels.includes(folded(code))));
  return scale === undefined
    ? null
    : [...codes].sort((a, b) => scale.indexOf(folded(a)) - scale.indexOf(folded(b)));
}

function sorted(codes: readonly string[]): string[] {
  const number = (code: string): number => parseDecimal(code, ".") ?? NaN;
  return [...codes].sort((a, b) => number(a) - number(b) || (a < b ? -1 : 1));
}
