import { InputError } from "../errors.ts";
import type { PredictorTable } from "../features/predictor-table.ts";
import { designValues, type ScoreValues } from "./design-value.ts";
import type { DesignColumn, InputColumn, LinearPredictor, LogisticModel } from "./model.ts";

/** What a model of one linear predictor is made of. */
export type AdditiveModel = Pick<LogisticModel, "inputs" | "predictor">;

/** A quantity along which a linear predictor moves while all others stay. */
export type EffectAxis =
  | {
      readonly kind: "numeric";
      readonly name: string;
      readonly label: string;
      readonly unit: string | null;
      /** Of the training patients. */
      readonly range: readonly [number, number];
      /** False for a spline. */
      readonly isStraight: boolean;
    }
  | {
      readonly kind: "levels";
      readonly name: string;
      readonly label: string;
      readonly levels: readonly string[];
    }
  | {
      readonly kind: "score";
      readonly name: string;
      readonly label: string;
      /** Two standard deviations of the training patients either way. */
      readonly range: readonly [number, number];
    };

/** Standard deviations that the axis of a score reaches either way. */
const SCORE_REACH = 2;

/**
 * The quantities that a model's linear predictor depends on, in the order of its columns. Each acts on its own: the model
 * has no interactions.
 */
export function effectAxes({ inputs, predictor }: AdditiveModel): readonly EffectAxis[] {
  const axes = new Map<string, EffectAxis>();
  for (const column of predictor.columns) {
    const key = `${column.kind === "score" ? "score" : "input"} ${columnKey(column)}`;
    if (!axes.has(key)) axes.set(key, axisOf(column, inputs));
  }
  return [...axes.values()];
}

/**
 * What values of one quantity add to the linear predictor, beside its intercept and the other quantities.
 *
 * @param values Numbers, codes of levels, or values of the score; shape [m].
 * @returns Shape [m].
 */
export function effectsAlong(
  predictor: LinearPredictor,
  axis: EffectAxis,
  values: ArrayLike<number>,
): Float64Array {
  const effects = new Float64Array(values.length);
  for (const column of columnsOf(predictor, axis)) {
    const design = columnAlong(column, axis, values);
    for (let k = 0; k < effects.length; k++) effects[k] += column.coefficient * design[k];
  }
  return effects;
}

/** A column of the design for values of one quantity, centred and scaled as learned; shape [m]. */
export function columnAlong(column: DesignColumn, axis: EffectAxis, values: ArrayLike<number>): Float64Array {
  const given = Float64Array.from(values);
  const scores: ScoreValues = axis.kind === "score" ? { [axis.name]: given } : {};
  return designValues(column, tableOf(axis, given), scores);
}

/** The columns through which a quantity acts. */
export function columnsOf(
  predictor: LinearPredictor,
  axis: EffectAxis,
): readonly LinearPredictor["columns"][number][] {
  return predictor.columns.filter((column) => actsThrough(axis, column));
}

/** Whether a column belongs to a quantity. */
export function actsThrough(axis: EffectAxis, column: DesignColumn): boolean {
  return (axis.kind === "score") === (column.kind === "score") && columnKey(column) === axis.name;
}

function columnKey(column: DesignColumn): string {
  return column.kind === "score" ? column.name : column.column;
}

function axisOf(column: DesignColumn, inputs: readonly InputColumn[]): EffectAxis {
  if (column.kind === "score") {
    const { name, center, scale } = column;
    const range = [center - SCORE_REACH * scale, center + SCORE_REACH * scale] as const;
    return { kind: "score", name, label: `Score ${name}`, range };
  }
  const input = inputs.find(({ name }) => name === column.column);
  if (input === undefined)
    throw new InputError(
      `a model needs a description of its input ${column.column}; it has none; fit it again`,
    );
  const { name, label } = input;
  if (input.kind === "categorical") return { kind: "levels", name, label, levels: input.levels };
  return {
    kind: "numeric",
    name,
    label,
    unit: input.unit,
    range: input.trainingRange,
    isStraight: column.kind !== "spline",
  };
}

/** A table that holds one quantity only; no column of a design looks at who the patients are. */
function tableOf(axis: EffectAxis, values: Float64Array): PredictorTable {
  if (axis.kind === "score") return { patients: [], columns: [] };
  const { name, label } = axis;
  const source = { kind: "clinical", variable: name } as const;
  if (axis.kind === "numeric")
    return { patients: [], columns: [{ kind: "numeric", name, label, source, unit: axis.unit, values }] };
  const { levels } = axis;
  const codes = Int16Array.from(values);
  return {
    patients: [],
    columns: [{ kind: "categorical", name, label, source, levels, ordered: false, reference: 0, codes }],
  };
}
