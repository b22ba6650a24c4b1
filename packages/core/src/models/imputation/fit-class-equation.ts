import { NumericalError } from "../../errors.ts";
import { independentColumns } from "../../math/linear-posterior.ts";
import { solveTransposed } from "../../math/independent-cholesky.ts";
import { columnOf, type Matrix, zeroMatrix } from "../../math/matrix.ts";
import { type ClassData, multinomialRegression } from "../../math/multinomial-regression.ts";
import { proportionalOdds } from "../../math/proportional-odds.ts";
import type { Random } from "../../math/random.ts";
import { augmentedData } from "./augmented-data.ts";
import type { ImputationEquation } from "./imputation-equation.ts";
import { type FrameVariable, takeValues } from "./imputation-frame.ts";
import { type ColumnScales, columnScales } from "./column-scales.ts";

/** By variable: the last estimate of its regression on classes and the columns it was made of. */
export type ClassFits = Map<number, { readonly kept: string; readonly at: Float64Array }>;

/** Where a regression starts and what it draws from. */
interface ClassSettings {
  /** Position of the variable. */
  readonly key: number;
  readonly random: Random;
  readonly fits: ClassFits;
}

/**
 * The equation of a variable with levels.
 *
 * @param columns Columns of the predictors for all patients.
 * @param variable Fitted on its observed rows.
 */
export function fitClassEquation(
  method: "logistic" | "multinomial" | "proportional-odds",
  columns: readonly Float64Array[],
  { values, observed }: FrameVariable,
  settings: ClassSettings,
): ImputationEquation {
  const present = takeValues(values, observed);
  const codes = [...new Set(present)].sort((a, b) => a - b);
  if (codes.length === 1) return { kind: "constant", value: codes[0] };
  const response = new Int32Array(present.length);
  for (let i = 0; i < present.length; i++) response[i] = codes.indexOf(present[i]);
  const scales = columns.map(columnScales);
  const whole = standardised(columns, scales, observed);
  const kept = independentColumns(whole);
  const data = {
    ...augmentedData(
      keepColumns(whole, kept),
      response,
      codes.length,
      kept.map((j) => scales[j].range),
    ),
    classes: codes.length,
  };
  const scale = { scales, kept };
  if (method === "proportional-odds" && codes.length > 2) {
    const equation = fitProportionalOdds(data, codes, scale);
    if (equation !== null) return equation;
  }
  return fitMultinomial(data, codes, scale, settings);
}

/** What a coefficient lacks is then about a hundred-thousandth of its standard error, far less than a draw adds. */
const TOLERANCE = 1e-6;

/** How the columns of a regression come from those of the design. */
interface Scale {
  readonly scales: readonly ColumnScales[];
  /** Positions of the columns that the regression kept. */
  readonly kept: readonly number[];
}

function standardised(
  columns: readonly Float64Array[],
  scales: readonly ColumnScales[],
  rows: Int32Array,
): Matrix {
  const matrix = zeroMatrix(rows.length, columns.length);
  columns.forEach((column, j) => {
    const { mean, deviation } = scales[j];
    const target = columnOf(matrix, j);
    for (let i = 0; i < rows.length; i++) target[i] = (column[rows[i]] - mean) / deviation;
  });
  return matrix;
}

function keepColumns(matrix: Matrix, kept: readonly number[]): Matrix {
  if (kept.length === matrix.columns) return matrix;
  const less = zeroMatrix(matrix.rows, kept.length);
  kept.forEach((column, k) => less.values.set(columnOf(matrix, column), k * matrix.rows));
  return less;
}

function fitMultinomial(
  data: ClassData,
  codes: readonly number[],
  scale: Scale,
  { key, random, fits }: ClassSettings,
): ImputationEquation {
  const kept = scale.kept.join();
  const earlier = fits.get(key);
  const start = earlier?.kept === kept ? { start: earlier.at } : {};
  const fit = multinomialRegression(data, { ...start, tolerance: TOLERANCE });
  const at = Float64Array.from(fit.coefficients.flatMap((row) => Array.from(row)));
  if (fit.converged) fits.set(key, { kept, at });
  if (codes.length > 2) {
    const rows = fit.coefficients.map((row) => naturalCoefficients(row[0], row.subarray(1), scale));
    return {
      kind: "multinomial",
      codes,
      intercepts: rows.map(({ intercept }) => intercept),
      coefficients: rows.map(({ coefficients }) => coefficients),
    };
  }
  const change = solveTransposed(
    fit.factor,
    at.map(() => random.normal()),
  );
  const drawn = at.map((coefficient, j) => coefficient + change[j]);
  return {
    kind: "logistic",
    codes: [codes[0], codes[1]],
    ...naturalCoefficients(drawn[0], drawn.subarray(1), scale),
  };
}

/** Null where the search finds no maximum; the levels are then treated as unordered, as mice does. */
function fitProportionalOdds(
  data: ClassData,
  codes: readonly number[],
  scale: Scale,
): ImputationEquation | null {
  try {
    const { thresholds, coefficients, converged } = proportionalOdds(data);
    if (!converged) return null;
    const natural = naturalCoefficients(0, coefficients, scale);
    return {
      kind: "proportional-odds",
      codes,
      thresholds: thresholds.map((threshold) => threshold - natural.intercept),
      coefficients: natural.coefficients,
    };
  } catch (error) {
    if (error instanceof NumericalError) return null;
    throw error;
  }
}

/** Coefficients for the columns as they were before they were standardised; 0 for a column that was left out. */
function naturalCoefficients(
  intercept: number,
  slopes: Float64Array,
  { scales, kept }: Scale,
): { readonly intercept: number; readonly coefficients: Float64Array } {
  const coefficients = new Float64Array(scales.length);
  let shifted = intercept;
  kept.forEach((column, k) => {
    const slope = slopes[k] / scales[column].deviation;
    coefficients[column] = slope;
    shifted -= slope * scales[column].mean;
  });
  return { intercept: shifted, coefficients };
}
