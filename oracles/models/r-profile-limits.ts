/**
 * Profile likelihood limits as R's `confint(glm)` prints them (MASS 7.3; `stats` from R 4.4 on): the signed root of the
 * deviance's rise on a grid of fifths, a spline through these points, and straight lines between points of the spline.
 * With few events that misses the limits by some units of their fourth digit. `profile` takes a quarter of what lies
 * outside the interval for its own tails.
 */
import { columnOf, type Matrix, matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { normalQuantile } from "../../packages/core/src/math/normal.ts";
import { type GlmOfR, glmOfR, type GlmSettings } from "./r-glm.ts";
import { placeOfHeight, splineOfR } from "./r-spline.ts";

/** Limits by R, and the places of its grid. */
export interface LimitsOfR {
  /** Null where the coefficient is aliased or the profile ends before it. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly grid: readonly GridPoint[];
}

/** A value of the coefficient and the signed root of the deviance's rise there. */
export interface GridPoint {
  readonly value: number;
  readonly root: number;
}

const STEPS = 9;
export const CRITICAL = normalQuantile(0.975);
const FARTHEST = normalQuantile(1 - 0.05 / 8);

/**
 * R's 95% limits of every coefficient.
 *
 * @param matrix As for `glmOfR`, with the column of ones.
 * @param fit R's fit of this matrix with the same settings.
 */
export function profileLimitsOfR(
  matrix: Matrix,
  outcome: Uint8Array,
  settings: GlmSettings,
  fit: GlmOfR,
): readonly LimitsOfR[] {
  const columns = [...fit.coefficients.keys()];
  return columns.map((column) => {
    if (Number.isNaN(fit.coefficients[column])) return { lower: null, upper: null, grid: [] };
    const others = columns.filter((other) => other !== column && !Number.isNaN(fit.coefficients[other]));
    const held = { matrix, outcome, settings, fit, column, others };
    const below = gridOn(held, -1).reverse();
    const grid = [...below, { value: fit.coefficients[column], root: 0 }, ...gridOn(held, 1)];
    const line = splineOfR(
      grid.map(({ value }) => value),
      grid.map(({ root }) => root),
      3 * grid.length,
    );
    return { lower: placeOfHeight(line, -CRITICAL), upper: placeOfHeight(line, CRITICAL), grid };
  });
}

interface Held {
  readonly matrix: Matrix;
  readonly outcome: Uint8Array;
  readonly settings: GlmSettings;
  readonly fit: GlmOfR;
  readonly column: number;
  readonly others: readonly number[];
}

/** The grid on one side, from the estimate outwards. */
function gridOn(held: Held, side: 1 | -1): GridPoint[] {
  const { matrix, outcome, settings, fit, column, others } = held;
  const size = fit.coefficients.length;
  const standardError = Math.sqrt(fit.covariance.values[column * (size + 1)]);
  const free = matrixOfColumns(
    matrix.rows,
    others.map((other) => columnOf(matrix, other)),
  );
  const points: GridPoint[] = [];
  let start = fit.linear;
  let root = 0;
  for (let step = 1; step <= STEPS && Math.abs(root) < FARTHEST; step++) {
    const value = fit.coefficients[column] + side * step * (FARTHEST / 5) * standardError;
    const offset = columnOf(matrix, column).map((x, i) => (settings.offset?.[i] ?? 0) + x * value);
    const best = glmOfR(free, outcome, { ...settings, offset }, start);
    start = best.linear;
    root = side * Math.sqrt(Math.max(0, best.deviance - fit.deviance));
    points.push({ value, root });
  }
  return points;
}
