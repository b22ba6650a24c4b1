import { type Cell, folded, type IsMissing, MISSING_CELL, unreadableCell, valueCell } from "./cell.ts";
import { parseDecimal } from "./number-cell.ts";
import type { CategoricalVariable, Level } from "./variable.ts";

/** Most levels that a column of a cohort can hold. */
const MOST_LEVELS = 1000;

/**
 * Everything that is wrong with the levels of a variable.
 *
 * @returns One sentence a problem; empty for a sound code-book.
 */
export function codeBookProblems(variable: CategoricalVariable): string[] {
  const { name, levels, kind, reference } = variable;
  const problems: string[] = [];
  const wanted = kind === "binary" ? "exactly 2 levels" : `2 to ${MOST_LEVELS} levels`;
  const counts = kind === "binary" ? levels.length === 2 : levels.length >= 2 && levels.length <= MOST_LEVELS;
  if (!counts)
    problems.push(
      `variable ${name}: ${article(kind)} variable needs ${wanted}; got ${levels.length}; complete its levels`,
    );
  const seen = new Map<string, string>();
  for (const { code } of levels) {
    const key = codeKey(code, ".");
    const earlier = seen.get(key);
    if (earlier !== undefined)
      problems.push(
        `variable ${name}: codes must differ; got ${quoted(earlier)} and ${quoted(code)}; remove one`,
      );
    else seen.set(key, code);
  }
  const labels = levels.map(({ label }) => label);
  const repeated = labels.find((label, index) => labels.indexOf(label) !== index);
  if (repeated !== undefined)
    problems.push(
      `variable ${name}: labels of levels must differ; got ${quoted(repeated)} twice; rename one`,
    );
  if (levels.length > 0 && findLevel(levels, reference, ".") < 0)
    problems.push(
      `variable ${name}: the reference must be one of the codes ${allowedCodes(levels)}; got ${quoted(reference)}`,
    );
  return problems;
}

/**
 * The level that a cell names.
 *
 * @param text The cell.
 * @param decimal Decimal sign of the table, for codes that are numbers.
 * @returns Index into `levels`, missing, or unreadable. A code wins over a text that means missing.
 */
export function levelCell(
  levels: readonly Level[],
  text: string,
  decimal: "." | ",",
  isMissing: IsMissing,
): Cell<number> {
  const index = findLevel(levels, text, decimal);
  if (index >= 0) return valueCell(index);
  if (isMissing(text)) return MISSING_CELL;
  return unreadableCell(
    `needs one of the levels ${allowedCodes(levels)}; got another; correct the cell, add the level, or list its text under missing`,
  );
}

/**
 * The position of the level that a text names: by code, by a code of equal number (1 = 1.0), or by label.
 *
 * @returns Index into `levels`, -1 for none, or where only the case differs and two levels fit.
 * @example findLevel([{ code: "0", label: "no" }, { code: "1", label: "yes" }], "1.0", ".") // => 1
 * @example findLevel([{ code: "0", label: "no" }, { code: "1", label: "yes" }], "Yes", ".") // => 1
 */
export function findLevel(levels: readonly Level[], text: string, decimal: "." | ","): number {
  const key = codeKey(text, decimal);
  const byCode = levels.findIndex((level) => codeKey(level.code, ".") === key);
  if (byCode >= 0) return byCode;
  const byLabel = levels.findIndex((level) => level.label.trim() === text.trim());
  if (byLabel >= 0) return byLabel;
  const alike = levels.flatMap(({ code, label }, i) =>
    folded(code) === folded(text) || folded(label) === folded(text) ? [i] : [],
  );
  return alike.length === 1 ? alike[0] : -1;
}

/**
 * The codes of a code-book as a message prints them; of many the first twelve.
 *
 * @example allowedCodes([{ code: "0", label: "no" }, { code: "1", label: "yes" }]) // => "\"0\", \"1\""
 */
export function allowedCodes(levels: readonly Level[]): string {
  const codes = levels.slice(0, 12).map(({ code }) => quoted(code));
  return levels.length > 12 ? `${codes.join(", ")} and ${levels.length - 12} more` : codes.join(", ");
}

/**
 * A text that is equal for codes that mean the same: a number's value, any other code as written.
 *
 * @example codeKey("01.0", ".") // => "01.0"
 * @example codeKey("1.0", ".") // => "1"
 */
export function codeKey(code: string, decimal: "." | ","): string {
  const trimmed = code.trim();
  const [number, zeroPadded] = [parseDecimal(trimmed, decimal), /^[+-]?0\d/.test(trimmed)];
  return number === null || zeroPadded ? trimmed : String(number);
}

function article(kind: string): string {
  return kind === "ordinal" ? "an ordinal" : `a ${kind}`;
}

function quoted(code: string): string {
  return `"${code.trim()}"`;
}
