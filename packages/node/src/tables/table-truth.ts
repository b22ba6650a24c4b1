import { parseDecimal, type RawTable } from "@sentinode/core";
import { idColumn, isMissing } from "./known-columns.ts";

/** What was read of a table, by keys that other programs compare. */
export type TableTruth = Readonly<Record<string, unknown>>;

const SIZE = /size|diameter|大小|直径|长径/i;
const UNIT = /[\s_]*[([]?(?:mm|cm|μm|um|ng\/ml|u\/ml|%)[)\]]?$/i;
const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/;

/** Codes of an event, beside those of no event. */
const EVENTS: readonly (readonly [event: string, none: string])[] = [
  ["1", "0"],
  ["yes", "no"],
  ["true", "false"],
  ["positive", "negative"],
  ["+", "-"],
  ["malignant", "benign"],
  ["阳性", "阴性"],
  ["是", "否"],
  ["有", "无"],
];

/** Patients whose dates are listed, enough to see whether they were read rightly. */
const LISTED = 10;

/**
 * Numbers that show how a table was read: size, headers, sums, events and dates.
 *
 * @returns `rows`, `columns`, `firstHeader`, `lastHeader`; `<header>Numeric`, the cells that are numbers; `sum<Header>`
 *   of columns of numbers alone, in camel case and without unit, and `sumSize` of the first column of a size; `positives`,
 *   the events, where the last column is an outcome of two known codes; `dates`, by column and id, of the first patients.
 */
export function tableTruth(table: RawTable): TableTruth {
  const { headers, rows } = table;
  const entries: [string, unknown][] = [
    ["rows", rows.length],
    ["columns", headers.length],
    ["firstHeader", headers[0]],
    ["lastHeader", headers.at(-1)],
  ];
  const contents = headers.map((_, column) => columnSum(table, column));
  headers.forEach((header, column) => {
    const { count, sum, isNumeric } = contents[column];
    if (count > 0) entries.push([`${header}Numeric`, count]);
    if (count > 0 && isNumeric) entries.push([`sum${camelCase(header)}`, sum]);
  });
  const size = headers.findIndex((header, column) => SIZE.test(header) && contents[column].isNumeric);
  if (size >= 0) entries.push(["sumSize", contents[size].sum]);
  const positives = eventCount(rows.map((row) => row[headers.length - 1].trim().toLowerCase()));
  if (positives !== null) entries.push(["positives", positives]);
  const dates = listedDates(table);
  if (dates.length > 0) entries.push(["dates", Object.fromEntries(dates)]);
  return Object.fromEntries(entries);
}

/** The first dates of each column that holds dates alone, by id. */
function listedDates({ headers, rows }: RawTable): [string, unknown][] {
  const ids = idColumn(headers);
  if (ids === null) return [];
  return headers.flatMap((header, column): [string, unknown][] => {
    const dated = rows.filter((row) => !isMissing(row[column]));
    if (dated.length === 0 || !dated.every((row) => DATE.test(row[column].trim()))) return [];
    return [
      [
        header,
        Object.fromEntries(dated.slice(0, LISTED).map((row) => [row[ids].trim(), row[column].trim()])),
      ],
    ];
  });
}

/** The numbers of a column: how many, their sum, and whether every cell is a number or missing. */
function columnSum({ rows, decimal }: RawTable, column: number) {
  let [count, sum, isNumeric] = [0, 0, true];
  for (const row of rows) {
    const value = parseDecimal(row[column], decimal);
    if (value !== null) {
      count++;
      sum += value;
    } else if (isNumeric) isNumeric = isMissing(row[column]);
  }
  return { count, sum, isNumeric: isNumeric && count > 0 };
}

function camelCase(header: string): string {
  const words = header
    .replace(UNIT, "")
    .split(/[\s_-]+/)
    .filter((word) => word !== "");
  return words.map((word) => word[0].toUpperCase() + word.slice(1)).join("");
}

/** Null where the values are not two codes of a known pair. */
function eventCount(values: readonly string[]): number | null {
  const levels = new Set(values.filter((value) => value === "-" || !isMissing(value)));
  const pair = EVENTS.find(([event, none]) =>
    [...levels].every((level) => level === event || level === none),
  );
  if (pair === undefined || levels.size !== 2) return null;
  return values.filter((value) => value === pair[0]).length;
}
