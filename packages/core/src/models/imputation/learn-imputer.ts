import type { PredictorTable } from "../../features/predictor-table.ts";
import type { Random } from "../../math/random.ts";
import type { ChainedEquations } from "./chained-equations.ts";
import type { EquationTerm, FittedImputer, ImputerColumn } from "./fitted-imputer.ts";
import { fitEquation } from "./fit-equation.ts";
import type { ImputationEquation } from "./imputation-equation.ts";
import { copyFrame, type FrameVariable, imputationFrame, setValue } from "./imputation-frame.ts";
import { imputationPlan, type ImputationStep } from "./imputation-plan.ts";
import type { TrainingImputations } from "./impute-training.ts";

/** Donors that an equation keeps for new patients; five of so many are as near as five of all. */
const DONORS_KEPT = 100;

/**
 * What imputes new patients: on every completed table of the training patients the equation of each column on the others.
 *
 * The outcome of a new patient is unknown, so that it takes no part; the completed tables were made with it. Every column
 * has an equation, also one without a missing value among the training patients.
 *
 * @param columns Those of `specification.columns` that a model reads.
 * @param table Training patients as they were before imputation.
 * @param random Draws coefficients and the seed for new patients.
 */
export function learnImputer(
  specification: ChainedEquations,
  columns: readonly string[],
  { table, imputations }: { readonly table: PredictorTable; readonly imputations: TrainingImputations },
  random: Random,
): FittedImputer {
  const frame = imputationFrame(table, columns, null, derivationsWithin(specification, columns));
  const { steps } = imputationPlan(frame, { ...specification, columns }, [...frame.keys()]);
  const donors = specification.donors ?? 5;
  return {
    seed: String(random.fork("seed of new patients").integer(9007199254740992)),
    iterations: specification.iterations,
    columns: frame.map((variable, index) =>
      imputerColumn(
        frame,
        variable,
        steps.find(({ target }) => target === index),
      ),
    ),
    visits: steps.map(({ target }) => target),
    imputations: Array.from({ length: imputations.imputations }, (_, imputation) => {
      const completed = completedFrame(frame, imputations, imputation);
      const own = random.fork(`equations ${imputation}`);
      return steps.map((step) => {
        const forked = own.fork(frame[step.target].name);
        const equation = fitEquation(completed, step, { donors, random: forked, fits: new Map() });
        return storedEquation(equation, forked);
      });
    }),
  };
}

/** A derivation stays where the column and both of its parts do. */
function derivationsWithin({ derived = {} }: ChainedEquations, columns: readonly string[]) {
  return Object.fromEntries(
    Object.entries(derived).filter(
      ([name, { of }]) => columns.includes(name) && of.every((part) => columns.includes(part)),
    ),
  );
}

function completedFrame(
  frame: readonly FrameVariable[],
  { columns }: TrainingImputations,
  imputation: number,
): readonly FrameVariable[] {
  const completed = copyFrame(frame);
  for (const variable of completed) {
    const imputed = columns.find(({ name }) => name === variable.name);
    imputed?.rows.forEach((row, index) => {
      setValue(variable, row, imputed.values[imputation][index]);
    });
  }
  return completed;
}

function imputerColumn(
  frame: readonly FrameVariable[],
  { name, levels, values, observed, derived }: FrameVariable,
  step: ImputationStep | undefined,
): ImputerColumn {
  const terms = (step?.predictors ?? []).flatMap((column): EquationTerm[] =>
    frame[column].levels === null
      ? [{ column, level: 0 }]
      : frame[column].design.map((_, index) => ({ column, level: index + 1 })),
  );
  return {
    name,
    levels,
    start: levels === null ? meanOf(values, observed) : mostFrequent(values, observed),
    derived,
    terms,
  };
}

function meanOf(values: Float64Array, rows: Int32Array): number {
  let sum = 0;
  for (const row of rows) sum += values[row];
  return sum / rows.length;
}

function mostFrequent(values: Float64Array, rows: Int32Array): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(values[row], (counts.get(values[row]) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0][0];
}

/** Plain arrays, and evenly spaced donors where there are many; another set of them in each imputation. */
function storedEquation(equation: ImputationEquation, random: Random): ImputationEquation {
  switch (equation.kind) {
    case "constant":
      return equation;
    case "matching": {
      const { predicted, donated } = equation;
      const count = Math.min(DONORS_KEPT, predicted.length);
      const offset = random.uniform();
      const kept = Array.from({ length: count }, (_, k) =>
        count === predicted.length ? k : Math.floor(((k + offset) * predicted.length) / count),
      );
      return {
        ...equation,
        coefficients: Array.from(equation.coefficients),
        predicted: kept.map((index) => predicted[index]),
        donated: kept.map((index) => donated[index]),
      };
    }
    case "multinomial":
      return { ...equation, coefficients: equation.coefficients.map((row) => Array.from(row)) };
    case "proportional-odds":
      return {
        ...equation,
        thresholds: Array.from(equation.thresholds),
        coefficients: Array.from(equation.coefficients),
      };
    default:
      return { ...equation, coefficients: Array.from(equation.coefficients) };
  }
}
