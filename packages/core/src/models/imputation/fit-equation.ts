import { drawLinearPosterior } from "../../math/linear-posterior.ts";
import { columnOf, type Matrix, zeroMatrix } from "../../math/matrix.ts";
import { ascendingOrder } from "../../math/ranks.ts";
import type { Random } from "../../math/random.ts";
import { type ClassFits, fitClassEquation } from "./fit-class-equation.ts";
import type { ImputationEquation } from "./imputation-equation.ts";
import { type FrameVariable, takeValues } from "./imputation-frame.ts";
import type { ImputationStep } from "./imputation-plan.ts";

/** What the equations of a chain have in common. */
export interface EquationSettings {
  /** Nearest patients of predictive mean matching. */
  readonly donors: number;
  readonly random: Random;
  /** Earlier fits of the same chain, from which the next ones start. */
  readonly fits: ClassFits;
}

/**
 * The equation of one variable, fitted on the patients with a value of it, with coefficients drawn from what the data
 * leave open. As in R's mice 3.15, coefficients of multinomial and proportional odds regressions are not drawn.
 *
 * @param frame Completed: the predictors have no missing value.
 * @source van Buuren 2018, Flexible Imputation of Missing Data, algorithms 3.1 (linear), 3.3 (predictive mean matching,
 *   type 1) and 3.4 (logistic), section 3.6.2 (multinomial, proportional odds).
 */
export function fitEquation(
  frame: readonly FrameVariable[],
  step: ImputationStep,
  settings: EquationSettings,
): ImputationEquation {
  const { target, method, predictors } = step;
  const columns = predictors.flatMap((index) => frame[index].design);
  if (method !== "predictive-mean-matching" && method !== "linear")
    return fitClassEquation(method, columns, frame[target], { ...settings, key: target });
  const { values, observed } = frame[target];
  const response = takeValues(values, observed);
  const design = takeColumns(columns, observed);
  if (method === "predictive-mean-matching") return fitMatching(design, response, settings);
  const posterior = drawLinearPosterior(design, response, settings.random);
  return {
    kind: "linear",
    intercept: posterior.drawnIntercept,
    coefficients: posterior.drawnCoefficients,
    sigma: posterior.drawnSigma,
  };
}

/** The rows of some columns side by side. */
function takeColumns(columns: readonly Float64Array[], rows: Int32Array): Matrix {
  const matrix = zeroMatrix(rows.length, columns.length);
  columns.forEach((column, j) => {
    const target = columnOf(matrix, j);
    for (let i = 0; i < rows.length; i++) target[i] = column[rows[i]];
  });
  return matrix;
}

function fitMatching(
  design: Matrix,
  response: Float64Array,
  { donors, random }: EquationSettings,
): ImputationEquation {
  const posterior = drawLinearPosterior(design, response, random);
  const fitted = new Float64Array(design.rows).fill(posterior.intercept);
  for (let j = 0; j < design.columns; j++) {
    const column = columnOf(design, j);
    const coefficient = posterior.coefficients[j];
    for (let i = 0; i < fitted.length; i++) fitted[i] += coefficient * column[i];
  }
  const order = orderOf(fitted, random);
  return {
    kind: "matching",
    intercept: posterior.drawnIntercept,
    coefficients: posterior.drawnCoefficients,
    predicted: takeValues(fitted, order),
    donated: takeValues(response, order),
    donors,
  };
}

/** Ascending order, equal values in random order: among patients who look alike nobody is preferred as a donor. */
function orderOf(values: Float64Array, random: Random): Uint32Array {
  const order = ascendingOrder(values);
  for (let first = 0; first < order.length;) {
    let after = first + 1;
    while (after < order.length && values[order[after]] === values[order[first]]) after += 1;
    for (let last = after - 1; last > first; last--) {
      const other = first + random.integer(last - first + 1);
      [order[last], order[other]] = [order[other], order[last]];
    }
    first = after;
  }
  return order;
}
