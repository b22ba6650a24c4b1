/** What the tests of predictions share: columns as the measures take them, and measures that do not exist as null. */
import { InputError, NumericalError } from "../../packages/core/src/errors.ts";
import type { Estimate } from "../../packages/core/src/validation/estimate.ts";
import { numbers, type OracleTable } from "../oracle-cases.ts";

/** A column of 0 and 1 as an outcome. */
export function outcomeOf(table: OracleTable, name: string): Uint8Array {
  return Uint8Array.from(numbers(table, name));
}

/** The limits of an interval, in the order that other software prints them. */
export function limits(interval: Pick<Estimate, "lower" | "upper">): [number, number] {
  return [interval.lower, interval.upper];
}

/** Null where the measure says that it does not exist. */
export function orNull<T>(measure: () => T): T | null {
  try {
    return measure();
  } catch (error) {
    if (error instanceof InputError || error instanceof NumericalError) return null;
    throw error;
  }
}
