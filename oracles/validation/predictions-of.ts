/** What the tests of predictions share: columns as the measures take them, and measures that do not exist as null. */
import { InputError, NumericalError } from "../../packages/core/src/errors.ts";
import type { Estimate } from "../../packages/core/src/validation/estimate.ts";
import { outcomeOf as outcomeOfLevels } from "../models/formula.ts";
import { numbers, type OracleCase, type OracleTable, readOracleFile } from "../oracle-cases.ts";

/** A column of 0 and 1 as an outcome; of text, the second level is the event. */
export function outcomeOf(table: OracleTable, name: string): Uint8Array {
  const isText = table.columns[name]?.some((cell) => typeof cell === "string") ?? false;
  return isText ? outcomeOfLevels(table, name) : Uint8Array.from(numbers(table, name));
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

/** Resamples from the file that the case names first: b = replicate, i = 1-based row. */
export function resamplesOf(oracle: OracleCase): Int32Array[] {
  const { indices } = oracle.data as unknown as { indices: string };
  const table = readOracleFile(indices.split(" ")[0]);
  const [replicates, rows] = [numbers(table, "b"), numbers(table, "i")];
  const resamples = new Map<number, number[]>();
  replicates.forEach((b, k) => {
    const sample = resamples.get(b) ?? [];
    sample.push(rows[k] - 1);
    resamples.set(b, sample);
  });
  return Array.from(resamples.values(), (sample) => Int32Array.from(sample));
}
