import { InputError } from "../errors.ts";
import { allowedCodes, findLevel } from "./code-book.ts";
import type { CategoricalColumn, Cohort, CohortColumn } from "./cohort.ts";
import { dateCell } from "./date-cell.ts";
import { findVariable } from "./find-variable.ts";

/** A code of a level, a number, or a date as year-month-day. */
export type ConditionValue = string | number;

/**
 * Holds for a patient whose value equals, is one of, lies below, lies above, or is missing: any of the parts that are
 * given. A missing value holds for `missing` alone.
 */
export interface Condition {
  readonly variable: string;
  readonly equals?: ConditionValue | undefined;
  readonly oneOf?: readonly ConditionValue[] | undefined;
  readonly below?: ConditionValue | undefined;
  readonly above?: ConditionValue | undefined;
  readonly missing?: true | undefined;
}

/**
 * Which patients meet a condition.
 *
 * @returns One truth value a patient, in the cohort's order.
 * @throws {InputError} An unknown variable, a condition without a part, a level that the code-book lacks, `below` or
 *   `above` for a variable without numbers, or text where a number or date is needed.
 */
export function meetsCondition(cohort: Cohort, condition: Condition): boolean[] {
  const { variable: name, equals, oneOf, below, above, missing } = condition;
  const column = findVariable(cohort, name, "a condition");
  const equal = [...(equals === undefined ? [] : [equals]), ...(oneOf ?? [])];
  if (equal.length === 0 && below === undefined && above === undefined && missing === undefined)
    throw new InputError(
      `a condition on ${name} needs equals, oneOf, below, above or missing; got none; add one`,
    );
  if ("codes" in column) return levelsThatMeet(column, condition, equal);
  const values = equal.map((value) => comparable(column, value));
  const [least, most] = [below, above].map((value) =>
    value === undefined ? NaN : comparable(column, value),
  );
  return Array.from(column.values, (value) =>
    Number.isNaN(value) ? missing === true : values.includes(value) || value < least || value > most,
  );
}

function levelsThatMeet(
  column: CategoricalColumn,
  condition: Condition,
  equal: readonly ConditionValue[],
): boolean[] {
  const { name, levels, kind } = column.variable;
  if (condition.below !== undefined || condition.above !== undefined)
    throw new InputError(
      `a condition on ${name} needs equals or oneOf, since it is ${kind}; got below or above; list the levels`,
    );
  const wanted = equal.map((value) => {
    const level = findLevel(levels, String(value), ".");
    if (level < 0)
      throw new InputError(
        `a condition on ${name} needs one of the levels ${allowedCodes(levels)}; got "${value}"; correct it`,
      );
    return level;
  });
  return Array.from(column.codes, (code) => (code < 0 ? condition.missing === true : wanted.includes(code)));
}

function comparable(column: Exclude<CohortColumn, CategoricalColumn>, value: ConditionValue): number {
  const { name, kind } = column.variable;
  if (kind === "date") {
    const cell = dateCell(String(value), () => false);
    if (cell.kind === "value") return cell.value;
    throw new InputError(`a condition on ${name} needs a date as year-month-day; got "${value}"; correct it`);
  }
  const number = typeof value === "number" ? value : Number(value.trim() === "" ? NaN : value);
  if (Number.isFinite(number)) return number;
  throw new InputError(`a condition on ${name} needs a number; got "${value}"; correct it`);
}
