import { InputError } from "../errors.ts";
import type { CategoricalColumn, Cohort, CohortColumn } from "./cohort.ts";
import { didYouMean } from "./near-names.ts";

/**
 * The column of a described variable.
 *
 * @param purpose What needs the column, at the start of the message, e.g. "the split".
 * @throws {InputError} The cohort has no such variable; near names are suggested.
 */
export function findVariable(cohort: Cohort, name: string, purpose: string): CohortColumn {
  const column = cohort.columns.find(({ variable }) => variable.name === name);
  if (column !== undefined) return column;
  const known = cohort.columns.map(({ variable }) => variable.name);
  throw new InputError(
    `${purpose} needs a described variable; got ${name}, which is not described${didYouMean(name, known)}`,
  );
}

/**
 * The column of a described variable with levels.
 *
 * @param purpose As in {@link findVariable}.
 * @throws {InputError} The cohort has no such variable, or it has no levels.
 */
export function findCategorical(cohort: Cohort, name: string, purpose: string): CategoricalColumn {
  const column = findVariable(cohort, name, purpose);
  if ("codes" in column) return column;
  throw new InputError(
    `${purpose} needs a variable with levels; got ${name}, which is ${column.variable.kind}; describe its levels`,
  );
}
