import { type Finding, InputError } from "../../errors.ts";
import type { Predictor, PredictorTable } from "../../features/predictor-table.ts";
import { independentColumns } from "../../math/linear-posterior.ts";
import { matrixOfColumns } from "../../math/matrix.ts";
import type { Random } from "../../math/random.ts";
import { isConstant } from "../../math/statistics.ts";
import type { TrainingData } from "../training-data.ts";
import type { ChainedEquations } from "./chained-equations.ts";
import { type FrameVariable, imputationFrame, OUTCOME } from "./imputation-frame.ts";
import { imputationPlan } from "./imputation-plan.ts";
import { type ChainTrace, imputeOnce, type ImputationTask } from "./impute-once.ts";

/** The missing values of one column and what was drawn for them. */
export interface ImputedColumn {
  readonly name: string;
  /** Rows without a value, ascending. */
  readonly rows: Int32Array;
  /** One array per imputation: numbers, or codes of levels, in the order of `rows`. */
  readonly values: readonly Float64Array[];
}

/** Imputations of the training patients: only what was missing is held. */
export interface TrainingImputations {
  readonly imputations: number;
  readonly columns: readonly ImputedColumn[];
  /** Columns that were imputed by an equation, in the order of a round: those of the traces. */
  readonly visited: readonly string[];
  /** One per imputation. */
  readonly traces: readonly ChainTrace[];
  readonly findings: readonly Finding[];
}

/** Imputations of training patients: `imputeTraining`, or the same remembered. */
export type ImputeTraining = (
  specification: ChainedEquations,
  training: TrainingData,
  random: Random,
) => TrainingImputations;

/** An imputation of training patients, ready for its first round. */
export interface PreparedImputation {
  readonly task: ImputationTask;
  readonly findings: readonly Finding[];
}

/**
 * What all imputations of some training patients share. Each is then `imputeOnce(task, random.fork("imputation 0"))`
 * and so on, on any worker.
 *
 * The outcome predicts missing values here: without it the imputed values would be unrelated to the outcome, and
 * coefficients would shrink.
 *
 * @throws {InputError} Fewer than two imputations, no round, no donor, or as `imputationFrame` and `imputationPlan`.
 * @source Moons, Donders, Stijnen & Harrell 2006, J Clin Epidemiol 59:1092-1101 (the outcome takes part).
 */
export function prepareImputation(
  specification: ChainedEquations,
  { table, outcome }: TrainingData,
): PreparedImputation {
  const { columns, derived, imputations, iterations, donors = 5 } = specification;
  checkCounts(imputations, iterations, donors);
  const frame = imputationFrame(table, columns, outcome, derived);
  const targets = [...frame.keys()].filter((index) => frame[index].missing.length > 0);
  const { steps, findings } = imputationPlan(frame, specification, targets);
  return { task: { frame, steps, iterations, donors }, findings };
}

function checkCounts(imputations: number, iterations: number, donors: number): void {
  if (!(Number.isInteger(imputations) && imputations >= 2))
    throw new InputError(`multiple imputation needs at least 2 imputations; got ${imputations}; use 20`);
  if (!(Number.isInteger(iterations) && iterations >= 1))
    throw new InputError(`chained equations need at least 1 iteration; got ${iterations}; use 10`);
  if (!(Number.isInteger(donors) && donors >= 1))
    throw new InputError(`predictive mean matching needs at least 1 donor; got ${donors}; use 5`);
}

/**
 * Several imputations of the missing values of training patients.
 *
 * @param random Each imputation forks its own stream.
 * @throws {InputError} As {@link prepareImputation}.
 */
export function imputeTraining(
  specification: ChainedEquations,
  training: TrainingData,
  random: Random,
): TrainingImputations {
  const { task, findings } = prepareImputation(specification, training);
  const { imputations } = specification;
  const isComplete = task.frame.every(({ missing }) => missing.length === 0);
  // Without a missing value every imputation is the table itself.
  const completed = Array.from({ length: imputations }, (_, index) =>
    isComplete
      ? { frame: task.frame, trace: { means: [], standardDeviations: [] } }
      : imputeOnce(task, random.fork(`imputation ${index}`)),
  );
  const incomplete = [...task.frame.keys()].filter((index) => task.frame[index].missing.length > 0);
  return {
    imputations,
    columns: incomplete.map((index) => ({
      name: task.frame[index].name,
      rows: task.frame[index].missing,
      values: completed.map(({ frame }) =>
        Float64Array.from(frame[index].missing, (row) => frame[index].values[row]),
      ),
    })),
    visited: task.steps.map(({ target }) => task.frame[target].name),
    traces: completed.map(({ trace }) => trace),
    findings: isComplete ? [] : [...findings, ...collinearFindings(task, completed[0].frame)],
  };
}

/** Predictors that an equation left out since others to their left determine them. */
function collinearFindings({ steps }: ImputationTask, frame: readonly FrameVariable[]): Finding[] {
  const left = new Set<string>();
  for (const { target, predictors } of steps) {
    const rows = frame[target].observed;
    const columns = predictors.flatMap((index) =>
      frame[index].design.map((column) => ({
        name: frame[index].name,
        values: Float64Array.from(rows, (row) => column[row]),
      })),
    );
    const kept = new Set(
      independentColumns(
        matrixOfColumns(
          rows.length,
          columns.map(({ values }) => values),
        ),
      ),
    );
    columns.forEach(({ name, values }, j) => {
      if (!kept.has(j) && !isConstant(values) && name !== OUTCOME) left.add(name);
    });
  }
  if (left.size === 0) return [];
  const message = `an imputation equation needs predictors that do not determine each other; ${[...left].join(", ")} came from others and were left out where these took part`;
  return [{ code: "imputation-collinear", severity: "info", message }];
}

/**
 * The table with one imputation's values where values were missing.
 *
 * @param table That of the training patients whose values were imputed, rows in the same order.
 * @param imputation From 0.
 */
export function completedTable(
  table: PredictorTable,
  { columns }: TrainingImputations,
  imputation: number,
): PredictorTable {
  const imputed = new Map(columns.map((column) => [column.name, column]));
  return {
    ...table,
    columns: table.columns.map((column) => {
      const values = imputed.get(column.name);
      return values === undefined ? column : filled(column, values.rows, values.values[imputation]);
    }),
  };
}

/** A column with values at some rows: numbers, or codes of its levels. */
export function filled(column: Predictor, rows: Int32Array, values: Float64Array): Predictor {
  if (column.kind === "numeric") {
    const numbers = Float64Array.from(column.values);
    rows.forEach((row, index) => (numbers[row] = values[index]));
    return { ...column, values: numbers };
  }
  const codes = Int16Array.from(column.codes);
  rows.forEach((row, index) => (codes[row] = values[index]));
  return { ...column, codes };
}
