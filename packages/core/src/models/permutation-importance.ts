import { InputError } from "../errors.ts";
import type { Predictor, PredictorTable } from "../features/predictor-table.ts";
import type { Random } from "../math/random.ts";
import { mean, sampleStandardDeviation } from "../math/statistics.ts";

/** A fitted model beside patients that it has not learned from, e.g. one fold. */
export interface ImportancePart {
  readonly predict: (table: PredictorTable) => Float64Array;
  readonly table: PredictorTable;
  /** 1 = event, 0 = none; one per patient. */
  readonly outcome: Uint8Array;
}

/** Columns that are permuted together. */
export interface ImportanceBlock {
  readonly name: string;
  readonly columns: readonly string[];
}

/** How importance is measured. */
export interface ImportanceSettings {
  /** Larger is better, e.g. the AUC. */
  readonly measure: (outcome: Uint8Array, probability: Float64Array) => number;
  readonly repeats: number;
  readonly random: Random;
}

/** What a model loses where a block's values belong to other patients. */
export interface BlockImportance {
  readonly block: string;
  /** Mean loss of the measure over the repeats; below 0 where the block does harm. */
  readonly loss: number;
  /** Of the loss over the repeats: of the permutations alone, not of the patients. NaN with a single repeat. */
  readonly standardDeviation: number;
}

/** The measure as it is, and the loss of each block. */
export interface PermutationImportance {
  readonly baseline: number;
  readonly blocks: readonly BlockImportance[];
}

/**
 * How much worse predictions become when the columns of a block are dealt to other patients, all columns of a patient
 * together, so that correlations inside the block stay and those with other blocks are cut.
 *
 * @param parts Predictions of all parts are judged together; values are dealt within a part.
 * @throws {InputError} No part, no repeat, or a block whose columns a table lacks.
 * @source Breiman 2001, Machine Learning 45:5-32; grouped: Gregorutti, Michel & Saint-Pierre 2015, Comput Stat Data Anal 90:15-35.
 */
export function permutationImportance(
  parts: readonly ImportancePart[],
  blocks: readonly ImportanceBlock[],
  { measure, repeats, random }: ImportanceSettings,
): PermutationImportance {
  checkInput(parts, blocks, repeats);
  const outcome = Uint8Array.from(parts.flatMap((part) => Array.from(part.outcome)));
  const judge = (tables: readonly PredictorTable[]) =>
    measure(outcome, Float64Array.from(parts.flatMap((part, k) => Array.from(part.predict(tables[k])))));
  const baseline = judge(parts.map(({ table }) => table));
  return {
    baseline,
    blocks: blocks.map(({ name, columns }) => {
      const wanted = new Set(columns);
      const losses = Array.from({ length: repeats }, (_, repeat) => {
        const own = random.fork(`${name}/${String(repeat)}`);
        const dealt = parts.map(({ table }, k) => dealColumns(table, wanted, own.fork(String(k))));
        return baseline - judge(dealt);
      });
      return {
        block: name,
        loss: mean(losses),
        standardDeviation: repeats < 2 ? NaN : sampleStandardDeviation(losses),
      };
    }),
  };
}

function dealColumns(table: PredictorTable, wanted: ReadonlySet<string>, random: Random): PredictorTable {
  const rows = random.shuffle([...table.patients.keys()]);
  const dealt = (column: Predictor): Predictor => {
    if (!wanted.has(column.name)) return column;
    if (column.kind === "categorical")
      return { ...column, codes: Int16Array.from(rows, (row) => column.codes[row]) };
    return { ...column, values: Float64Array.from(rows, (row) => column.values[row]) };
  };
  return { patients: table.patients, columns: table.columns.map(dealt) };
}

function checkInput(
  parts: readonly ImportancePart[],
  blocks: readonly ImportanceBlock[],
  repeats: number,
): void {
  if (parts.length === 0 || !(Number.isInteger(repeats) && repeats >= 1))
    throw new InputError(
      `permutation importance needs a fitted model with patients and at least one repeat; got ${parts.length} and ${repeats}`,
    );
  for (const { table } of parts) {
    const names = new Set(table.columns.map(({ name }) => name));
    for (const { name, columns } of blocks) {
      const absent = columns.filter((column) => !names.has(column));
      if (absent.length > 0 || columns.length === 0)
        throw new InputError(
          `permutation importance of block ${name} needs its columns in the table; ${columns.length === 0 ? "it has none" : `${absent.length} are absent, the first is ${absent[0]}`}; name its predictors`,
        );
    }
  }
}
