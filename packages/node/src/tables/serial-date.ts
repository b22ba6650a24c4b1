/** What a number format shows of a serial number: a date, a time of day, both, or none. */
export interface DateParts {
  readonly date: boolean;
  readonly time: boolean;
}

const SECONDS_A_DAY = 86_400;

/** Characters of a number format that spreadsheets allow. */
const LONGEST_FORMAT = 255;

/** Serial number of 9999-12-31 in the 1900 system. */
const LAST_SERIAL = 2_958_465;

/**
 * The date or time that a workbook's serial number stands for.
 *
 * @param serial Days since the system's first day; fractions are times of day, rounded to seconds.
 * @param parts What the cell's format shows.
 * @param from1904 Whether the workbook counts from 1904-01-01 instead of 1900.
 * @returns `YYYY-MM-DD`, with `THH:MM` (and `:SS`) where the time is not midnight; `HH:MM` for a time without date;
 *   null for numbers that are no day: negative, beyond 9999-12-31, or 60, which is the 29 February 1900 that never was.
 * @source ECMA-376 part 1, 18.17.4.1 (date systems; 1900 counted as a leap year for the sake of Lotus 1-2-3).
 * @example serialDate(59, { date: true, time: false }, false) // => "1900-02-28"
 * @example serialDate(61, { date: true, time: false }, false) // => "1900-03-01"
 * @example serialDate(45306.5, { date: true, time: true }, false) // => "2024-01-15T12:00"
 * @example serialDate(0, { date: true, time: false }, true) // => "1904-01-01"
 */
export function serialDate(serial: number, parts: DateParts, from1904: boolean): string | null {
  const seconds = Math.round(serial * SECONDS_A_DAY);
  const day = Math.floor(seconds / SECONDS_A_DAY);
  const time = timeOfDay(seconds - day * SECONDS_A_DAY);
  if (serial < 0 || day > (from1904 ? LAST_SERIAL - 1462 : LAST_SERIAL)) return null;
  if (day === 0 && parts.time && !parts.date) return time;
  const date = from1904 ? isoDay(1904, 1, 1 + day) : dayOf1900(day);
  if (date === null) return null;
  return time === "00:00" ? date : `${date}T${time}`;
}

function dayOf1900(day: number): string | null {
  if (day === 0 || day === 60) return null;
  return day < 60 ? isoDay(1899, 12, 31 + day) : isoDay(1899, 12, 30 + day);
}

function isoDay(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function timeOfDay(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${two(hours)}:${two(minutes)}${rest === 0 ? "" : `:${two(rest)}`}`;
}

/**
 * What a number format of a workbook shows of a serial number.
 *
 * @param format Format code, e.g. `yyyy-mm-dd`. Durations such as `[h]:mm` are numbers, not times of day.
 * @example datePartsOfFormat("yyyy\"年\"m\"月\"d\"日\"") // => { "date": true, "time": false }
 * @example datePartsOfFormat("0.00E+00") // => { "date": false, "time": false }
 * @example datePartsOfFormat("[h]:mm:ss") // => { "date": false, "time": false }
 */
export function datePartsOfFormat(format: string): DateParts {
  const section = format
    .slice(0, LONGEST_FORMAT)
    .replace(/"[^"]*"|[\\_*]./g, "")
    .split(";")[0]
    .toLowerCase();
  if (/\[(h+|m+|s+)\]/.test(section) || section === "general") return { date: false, time: false };
  const letters = section.replace(/\[[^\]]*\]/g, "").replace(/am\/pm|a\/p/g, "h");
  const time = /[hs]/.test(letters);
  return { date: /[yd]/.test(letters) || (/m/.test(letters) && !time), time };
}

/**
 * What a built-in number format shows of a serial number.
 *
 * @param id Number below 164.
 * @source ECMA-376 part 1, 18.8.30; 27-36 and 50-58 are the East Asian ones.
 * @example datePartsOfBuiltIn(14) // => { "date": true, "time": false }
 */
export function datePartsOfBuiltIn(id: number): DateParts {
  const within = (...ranges: readonly (readonly [number, number])[]) =>
    ranges.some(([first, last]) => id >= first && id <= last);
  return {
    date: within([14, 17], [22, 22], [27, 31], [36, 36], [50, 54], [57, 58]),
    time: within([18, 22], [32, 35], [45, 45], [47, 47], [55, 56]),
  };
}
