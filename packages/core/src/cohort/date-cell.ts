import { type Cell, type IsMissing, MISSING_CELL, unreadableCell, valueCell } from "./cell.ts";

/** Years that a date of a study may have; others are typing errors. */
const YEARS: readonly [number, number] = [1900, 2100];

/** A day of the calendar. */
interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const YEAR_FIRST =
  /^(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;

/**
 * The day that a cell writes, as days since 1970-01-01; a time of day is dropped.
 *
 * @param text 2021-03-07, 2021/3/7, 2021.3.7, 2021年3月7日, 20210307, or a form that ends with the year and has a number
 *   above 12 in the place of the day, e.g. 27.03.2021.
 * @returns A whole number, missing, or unreadable: 03.04.2021 is refused, since it is two different days.
 * @example dateCell("1970-03-01", (cell) => cell === "") // => { "kind": "value", "value": 59 }
 * @example dateCell("03/04/2021", (cell) => cell === "").kind // => "unreadable"
 */
export function dateCell(text: string, isMissing: IsMissing): Cell<number> {
  if (isMissing(text)) return MISSING_CELL;
  const day = parseDay(text.normalize("NFKC").trim());
  if (day === null)
    return unreadableCell(
      "needs a date; got another text; write year-month-day, or list the text under missing",
    );
  if (day === "ambiguous")
    return unreadableCell("needs a date; got one whose day and month may be exchanged; write year-month-day");
  if (!isOfCalendar(day))
    return unreadableCell(
      `needs a day of the calendar between ${YEARS[0]} and ${YEARS[1]}; got none; correct the date`,
    );
  return valueCell(daysSince1970(day));
}

/**
 * The date of a day as year-month-day.
 *
 * @param days Days since 1970-01-01.
 * @example isoDate(59) // => "1970-03-01"
 */
export function isoDate(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

function parseDay(text: string): Day | "ambiguous" | null {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact) return dayOf(compact[1], compact[2], compact[3]);
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst)
    return sameSeparators(yearFirst[2], yearFirst[4])
      ? dayOf(yearFirst[1], yearFirst[3], yearFirst[5])
      : null;
  const yearLast = YEAR_LAST.exec(text);
  if (!yearLast) return null;
  const [first, second, year] = [Number(yearLast[1]), Number(yearLast[3]), Number(yearLast[4])];
  if (first > 12) return { year, month: second, day: first };
  if (second > 12) return { year, month: first, day: second };
  return first === second ? { year, month: first, day: second } : "ambiguous";
}

function sameSeparators(first: string, second: string): boolean {
  return first === "年" ? second === "月" : first === second;
}

function dayOf(year: string, month: string, day: string): Day {
  return { year: Number(year), month: Number(month), day: Number(day) };
}

function isOfCalendar({ year, month, day }: Day): boolean {
  if (year < YEARS[0] || year > YEARS[1] || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

function daysSince1970({ year, month, day }: Day): number {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}
