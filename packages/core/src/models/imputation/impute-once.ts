import type { Random } from "../../math/random.ts";
import type { ClassFits } from "./fit-class-equation.ts";
import { fitEquation } from "./fit-equation.ts";
import { drawFromEquation } from "./imputation-equation.ts";
import { copyFrame, type FrameVariable, setValue, updateDerived } from "./imputation-frame.ts";
import type { ImputationStep } from "./imputation-plan.ts";

/** Mean and spread of the imputed values of each variable after a round. */
export interface ChainTrace {
  /** One array of shape [iterations] per step; NaN where nothing is missing. Levels count as their codes. */
  readonly means: readonly Float64Array[];
  readonly standardDeviations: readonly Float64Array[];
}

/** A frame without missing values, and the way to it. */
export interface CompletedFrame {
  readonly frame: readonly FrameVariable[];
  readonly trace: ChainTrace;
}

/** What all imputations share. */
export interface ImputationTask {
  /** With missing values; not changed. */
  readonly frame: readonly FrameVariable[];
  /** Variables to impute in the order of a round. */
  readonly steps: readonly ImputationStep[];
  readonly iterations: number;
  /** Nearest patients of predictive mean matching. */
  readonly donors: number;
}

/**
 * One imputation by chained equations: missing values start as random observed ones, then in every round each variable
 * is drawn anew from its equation on the current values of the others.
 *
 * @param random The stream of this imputation. Every round and variable forks its own, so imputations can be computed in
 *   any order and on any number of workers.
 * @source van Buuren 2018, Flexible Imputation of Missing Data, algorithm 4.3.
 */
export function imputeOnce(task: ImputationTask, random: Random): CompletedFrame {
  const { steps, iterations, donors } = task;
  const frame = copyFrame(task.frame);
  const trace = {
    means: steps.map(() => new Float64Array(iterations)),
    standardDeviations: steps.map(() => new Float64Array(iterations)),
  };
  const fits: ClassFits = new Map();
  drawStart(frame, random.fork("start"));
  for (let iteration = 0; iteration < iterations; iteration++) {
    const round = random.fork(`round ${iteration}`);
    steps.forEach((step, index) => {
      const { missing, name } = frame[step.target];
      if (missing.length === 0) return;
      const own = round.fork(name);
      const equation = fitEquation(frame, step, { donors, random: own, fits });
      imputeMissing(frame, step, (x) => drawFromEquation(equation, x, own.uniform()));
      updateDerived(frame, step.target);
      record(trace, index, iteration, frame[step.target]);
    });
  }
  return { frame, trace };
}

/** Random observed values, then the derived ones. */
function drawStart(frame: readonly FrameVariable[], random: Random): void {
  frame.forEach((variable, index) => {
    const { observed, missing, values, name } = variable;
    const own = random.fork(name);
    for (const row of missing) setValue(variable, row, values[observed[own.integer(observed.length)]]);
    updateDerived(frame, index);
  });
}

function imputeMissing(
  frame: readonly FrameVariable[],
  { target, predictors }: ImputationStep,
  draw: (x: Float64Array) => number,
): void {
  const columns = predictors.flatMap((index) => frame[index].design);
  const x = new Float64Array(columns.length);
  for (const row of frame[target].missing) {
    for (let j = 0; j < x.length; j++) x[j] = columns[j][row];
    setValue(frame[target], row, draw(x));
  }
}

function record(
  { means, standardDeviations }: ChainTrace,
  step: number,
  iteration: number,
  { values, missing }: FrameVariable,
): void {
  let sum = 0;
  for (const row of missing) sum += values[row];
  const mean = sum / missing.length;
  let squares = 0;
  for (const row of missing) squares += (values[row] - mean) * (values[row] - mean);
  means[step][iteration] = mean;
  standardDeviations[step][iteration] = Math.sqrt(squares / (missing.length - 1));
}
