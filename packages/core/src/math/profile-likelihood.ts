import { InputError, NumericalError } from "../errors.ts";
import { addMultiple } from "./dot-product.ts";
import {
  logisticRegression,
  type LogisticFit,
  type LogisticRegressionOptions,
} from "./logistic-regression.ts";
import { columnOf, type Matrix, matrixOfColumns } from "./matrix.ts";
import { normalQuantile } from "./normal.ts";

/** Limits of a coefficient; null where the likelihood does not fall far enough on that side. */
export interface ProfileInterval {
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Farther than this many standard errors from the estimate no limit is looked for. */
const FARTHEST = 64;

/**
 * The profile likelihood interval of one coefficient: the values that a likelihood ratio test does not reject.
 *
 * @param design As for `logisticRegression`, shape [n, p].
 * @param outcome As for `logisticRegression`, shape [n].
 * @param coefficient Position among the coefficients: with an intercept that is 0 and the columns follow.
 * @param options As for `logisticRegression`, with the confidence level in (0, 1), 0.95 without it.
 * @throws {InputError} As `logisticRegression`, or the coefficient is aliased or does not exist.
 * @throws {NumericalError} There is no maximum likelihood estimate.
 * @source Venzon & Moolgavkar 1988, Applied Statistics 37:87-94.
 */
export function profileInterval(
  design: Matrix,
  outcome: ArrayLike<number>,
  coefficient: number,
  options: LogisticRegressionOptions & { readonly level?: number } = {},
): ProfileInterval {
  const full = logisticRegression(design, outcome, options);
  const estimate = full.coefficients[coefficient];
  if (!full.converged)
    throw new NumericalError(
      "a profile interval needs a maximum likelihood estimate; there is none; use penalised regression",
    );
  if (estimate === undefined || Number.isNaN(estimate))
    throw new InputError(
      `a profile interval needs an estimated coefficient; number ${coefficient} is not one`,
    );
  const standardError = Math.sqrt(full.covariance.values[coefficient * (full.coefficients.length + 1)]);
  const target = normalQuantile(0.5 + (options.level ?? 0.95) / 2);
  const fitAt = fixedCoefficient(design, outcome, coefficient, options);
  const limit = (side: -1 | 1) => {
    const rise = (steps: number) =>
      Math.sqrt(Math.max(0, fitAt(estimate + side * steps * standardError).deviance - full.deviance)) -
      target;
    const steps = crossing(rise, target);
    return steps === null ? null : estimate + side * steps * standardError;
  };
  return { lower: limit(-1), upper: limit(1) };
}

/** The fit of all other coefficients with one held at a value. */
function fixedCoefficient(
  design: Matrix,
  outcome: ArrayLike<number>,
  coefficient: number,
  options: LogisticRegressionOptions,
): (value: number) => LogisticFit {
  const { rows } = design;
  const intercept = options.intercept ?? true;
  const column = intercept ? coefficient - 1 : coefficient;
  const others = Array.from({ length: design.columns }, (_, j) => j).filter((j) => j !== column);
  const reduced = matrixOfColumns(
    rows,
    others.map((j) => columnOf(design, j)),
  );
  const held = column < 0 ? new Float64Array(rows).fill(1) : columnOf(design, column);
  return (value) => {
    const offset = Float64Array.from(options.offset ?? new Float64Array(rows));
    addMultiple(offset, value, held, 0);
    return logisticRegression(reduced, outcome, { ...options, offset, intercept: intercept && column >= 0 });
  };
}

/**
 * Where a rising, nearly straight function crosses zero: false position between 0, where it is -`target`, and the first
 * doubling beyond the root; null where there is none.
 */
function crossing(rise: (steps: number) => number, target: number): number | null {
  let [below, belowValue] = [0, -target];
  let above = target;
  let aboveValue = rise(above);
  while (aboveValue < 0) {
    if (above > FARTHEST) return null;
    [below, belowValue] = [above, aboveValue];
    above *= 2;
    aboveValue = rise(above);
  }
  for (let iteration = 0; iteration < 100 && above - below > 1e-10 * above; iteration++) {
    const middle = below - (belowValue * (above - below)) / (aboveValue - belowValue);
    const value = rise(middle);
    if (Math.abs(value) < 1e-12) return middle;
    // Illinois rule: the end that stays is halved, so that both ends move.
    if (value < 0) {
      [below, belowValue] = [middle, value];
      aboveValue /= 2;
    } else {
      [above, aboveValue] = [middle, value];
      belowValue /= 2;
    }
  }
  return (below + above) / 2;
}
