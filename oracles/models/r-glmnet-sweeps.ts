/** The sweeps of glmnet's coordinate descent between two reweightings, on the products of the columns it visits. */
import { addMultiple, dotProduct } from "../../packages/core/src/math/dot-product.ts";
import type { Descent } from "./r-glmnet.ts";

/** The quadratic loss around the last reweighting, in the coefficients of the columns visited and the intercept. */
interface Quadratic {
  /** Columns visited, and where each of them stands. */
  readonly visited: readonly number[];
  readonly placeOf: Int32Array;
  /** Products of the columns, weighted by the curvature, one row a column; with the intercept's column of ones last. */
  readonly gram: readonly Float64Array[];
  /** Minus the gradient, the intercept's last. */
  readonly slopes: Float64Array;
}

/**
 * Sweeps until neither all columns visited nor the active ones alone move the fit.
 *
 * @returns Whether that moved the fit since the last reweighting, given the total curvature after the next.
 */
export function sweepToRest(descent: Descent, lambda: number): (total: number) => boolean {
  const { point, active, least } = descent;
  const quadratic = quadraticOf(descent);
  const [before, interceptBefore] = [point.coefficients.slice(), point.intercept];
  while (sweep(descent, quadratic, quadratic.visited, lambda) >= least)
    while (sweep(descent, quadratic, active, lambda) >= least);
  return (total) =>
    total * (point.intercept - interceptBefore) ** 2 >= least ||
    active.some((j) => {
      const place = quadratic.placeOf[j];
      return quadratic.gram[place][place] * (point.coefficients[j] - before[j]) ** 2 >= least;
    });
}

function quadraticOf({ problem, columns, point, isStrong }: Descent): Quadratic {
  const { rows, all } = problem;
  const { curvature, residual } = point.terms;
  const visited = Array.from(all).filter((j) => isStrong[j] === 1);
  const parts = [...visited.map((j) => columns[j]), new Float64Array(rows).fill(1)];
  const gram = parts.map(() => new Float64Array(parts.length));
  parts.forEach((part, a) => {
    const weighted = part.map((x, i) => x * curvature[i]);
    for (let b = a; b < parts.length; b++) gram[a][b] = gram[b][a] = dotProduct(parts[b], 0, weighted, rows);
  });
  const slopes = Float64Array.from(parts, (part) => dotProduct(part, 0, residual, rows));
  const placeOf = new Int32Array(problem.columns);
  visited.forEach((j, place) => (placeOf[j] = place));
  return { visited, placeOf, gram, slopes };
}

/** One round over some columns and then the intercept; the largest change of the fit. */
function sweep(
  { problem, point, active, isActive }: Descent,
  { placeOf, gram, slopes }: Quadratic,
  swept: readonly number[],
  lambda: number,
): number {
  const { alpha, factors } = problem;
  const { coefficients } = point;
  let largest = 0;
  for (const j of swept) {
    const place = placeOf[j];
    const curvature = gram[place][place];
    const pull = slopes[place] + curvature * coefficients[j];
    const rest = Math.abs(pull) - factors[j] * alpha * lambda;
    const next = rest <= 0 ? 0 : (Math.sign(pull) * rest) / (curvature + factors[j] * (1 - alpha) * lambda);
    const change = next - coefficients[j];
    if (change === 0) continue;
    coefficients[j] = next;
    largest = Math.max(largest, curvature * change * change);
    addMultiple(slopes, -change, gram[place], 0);
    if (isActive[j] === 1) continue;
    isActive[j] = 1;
    active.push(j);
  }
  const last = slopes.length - 1;
  const change = slopes[last] / gram[last][last];
  if (change === 0) return largest;
  point.intercept += change;
  addMultiple(slopes, -change, gram[last], 0);
  return Math.max(largest, gram[last][last] * change * change);
}
