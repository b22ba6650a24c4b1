import { InputError } from "../../errors.ts";
import type { Predictor, PredictorTable } from "../../features/predictor-table.ts";
import { derivedValue, type Derivation } from "./chained-equations.ts";

/** One variable while it is imputed: numbers, or codes of levels. */
export interface FrameVariable {
  readonly name: string;
  /** Names of the levels; null for a number. */
  readonly levels: readonly string[] | null;
  readonly ordered: boolean;
  /** Numbers or codes; completed in place. */
  readonly values: Float64Array;
  /** Rows with a value, and without; ascending. */
  readonly observed: Int32Array;
  readonly missing: Int32Array;
  /** Columns of the design: the numbers themselves, or one indicator per level but the first. */
  readonly design: readonly Float64Array[];
  readonly derived: DerivedFrom | null;
}

/** Parts of a derived variable by their positions in the frame. */
export interface DerivedFrom {
  readonly operation: Derivation["operation"];
  readonly of: readonly [number, number];
}

/** The name of the outcome among the variables; no column of a table can have it. */
export const OUTCOME = "\u0000outcome";

/**
 * The variables of a table that take part, the outcome first where there is one.
 *
 * @param names Columns of the table; one without any value is left out.
 * @param outcome 1 = event, 0 = none, shape [n]; null for equations without the outcome.
 * @throws {InputError} A name that the table lacks, an infinite number, or a derivation of columns that do not take part or are
 *   derived themselves.
 */
export function imputationFrame(
  table: PredictorTable,
  names: readonly string[],
  outcome: Uint8Array | null,
  derived: Readonly<Record<string, Derivation>> = {},
): readonly FrameVariable[] {
  const columns = names
    .map((name) => columnNamed(table, name))
    .filter((column) => observedValues(column).some((value) => !Number.isNaN(value)));
  const kept = [...(outcome === null ? [] : [OUTCOME]), ...columns.map(({ name }) => name)];
  const variables = columns.map((column) =>
    frameVariable(column.name, observedValues(column), {
      levels: column.kind === "categorical" ? column.levels : null,
      ordered: column.kind === "categorical" && column.ordered,
      derived: derivedFrom(derived[column.name], kept, derived),
    }),
  );
  if (outcome === null) return variables;
  const settings = { levels: ["0", "1"], ordered: false, derived: null };
  return [frameVariable(OUTCOME, Float64Array.from(outcome), settings), ...variables];
}

function columnNamed(table: PredictorTable, name: string): Predictor {
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined)
    throw new InputError(`imputation needs the column ${name}; the table has no such column; add it`);
  return column;
}

function observedValues(column: Predictor): Float64Array {
  if (column.kind === "numeric") {
    if (column.values.some((value) => Math.abs(value) === Infinity))
      throw new InputError(
        `imputation needs finite numbers; column ${column.name} has an infinite one; correct it`,
      );
    return Float64Array.from(column.values);
  }
  return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : code));
}

function frameVariable(
  name: string,
  values: Float64Array,
  settings: Pick<FrameVariable, "levels" | "ordered" | "derived">,
): FrameVariable {
  const rows = [...values.keys()];
  const width = settings.levels === null ? 0 : settings.levels.length - 1;
  const variable = {
    name,
    ...settings,
    values,
    observed: Int32Array.from(rows.filter((row) => !Number.isNaN(values[row]))),
    missing: Int32Array.from(rows.filter((row) => Number.isNaN(values[row]))),
    design:
      settings.levels === null
        ? [values]
        : Array.from({ length: width }, () => new Float64Array(rows.length)),
  };
  for (const row of variable.observed) setValue(variable, row, values[row]);
  return variable;
}

function derivedFrom(
  derivation: Derivation | undefined,
  names: readonly string[],
  derived: Readonly<Record<string, Derivation>>,
): DerivedFrom | null {
  if (derivation === undefined) return null;
  const { operation, of } = derivation;
  for (const part of of)
    if (!names.includes(part) || part in derived)
      throw new InputError(
        `a derived column needs parts that are imputed themselves; got ${part}; add it to the columns, or leave the derivation out`,
      );
  return { operation, of: [names.indexOf(of[0]), names.indexOf(of[1])] };
}

/** A copy whose values can be completed without changing the original. */
export function copyFrame(frame: readonly FrameVariable[]): readonly FrameVariable[] {
  return frame.map((variable) => {
    const values = Float64Array.from(variable.values);
    const design =
      variable.levels === null ? [values] : variable.design.map((column) => Float64Array.from(column));
    return { ...variable, values, design };
  });
}

/** Sets a value and the columns of the design that come from it. */
export function setValue({ values, levels, design }: FrameVariable, row: number, value: number): void {
  values[row] = value;
  if (levels !== null)
    for (let level = 1; level <= design.length; level++) design[level - 1][row] = value === level ? 1 : 0;
}

/**
 * Computes the missing values of derived variables anew after a part of them changed.
 *
 * @param changed Position of the variable that was imputed.
 */
export function updateDerived(frame: readonly FrameVariable[], changed: number): void {
  for (const variable of frame) {
    if (variable.derived === null || !variable.derived.of.includes(changed)) continue;
    const { operation, of } = variable.derived;
    const [first, second] = [frame[of[0]].values, frame[of[1]].values];
    for (const row of variable.missing) {
      const value = derivedValue(operation, first[row], second[row]);
      if (!Number.isNaN(value)) setValue(variable, row, value);
    }
  }
}

/**
 * The values at some positions, in their order.
 *
 * @example takeValues(Float64Array.of(1, 2, 3), [2, 0]) // => [3,1]
 */
export function takeValues(values: ArrayLike<number>, positions: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(positions.length);
  for (let i = 0; i < taken.length; i++) taken[i] = values[positions[i]];
  return taken;
}
