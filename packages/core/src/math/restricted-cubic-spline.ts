import { InputError } from "../errors.ts";
import { median, sortedQuantile } from "./statistics.ts";

/** A value that this share of the sample has at the smallest or largest value moves the outer knot inward. */
const TIED_SHARE = 0.05;

/**
 * Knots of a restricted cubic spline where Harrell's rms places them.
 *
 * Quantiles .1 .5 .9 for 3 knots, .05 .35 .65 .95 for 4, .05 .275 .5 .725 .95 for 5; with fewer than 100 values the outer
 * knots are the 5th smallest and the 5th largest. Where at least 5 per cent of the values, and of no value between, equal
 * the smallest (largest), the next one is the outer knot and quantiles of the values inside place the others.
 *
 * @param values Sample, none NaN, shape [n], at least 6.
 * @param count Wanted number of knots, 3 to 5.
 * @returns Ascending; fewer than `count` where values repeat too much, at least 3.
 * @throws {InputError} Fewer than 6 values, a count outside 3 to 5, or values with which no 3 different knots exist.
 * @source Harrell 2015, Regression Modeling Strategies, 2nd ed., section 2.4.6 and table 2.3; rules for ties: Hmisc 4.8.
 * @example splineKnots([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 3) // => [5, 6, 7]
 */
export function splineKnots(values: ArrayLike<number>, count: number): readonly number[] {
  if (!(count >= 3 && count <= 5) || values.length < 6)
    throw new InputError(
      `a restricted cubic spline needs 3 to 5 knots and at least 6 values; got ${count} knots and ${values.length} values`,
    );
  const sorted = Float64Array.from(values).sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  const knots = distinct.length - 2 <= count ? distinct.slice(1, -1) : knotsOf(sorted, distinct, count);
  const different = [...new Set(knots)].sort((a, b) => a - b);
  if (different.length < 3)
    throw new InputError(
      `a restricted cubic spline needs 3 different knots; ${distinct.length} different values give ${different.length}; enter the variable linearly`,
    );
  return different;
}

function knotsOf(sorted: Float64Array, distinct: readonly number[], count: number): readonly number[] {
  const outer = tiedEnds(sorted, distinct);
  let inside = sorted;
  const { lowest, highest } = outer;
  if (lowest !== null) inside = inside.filter((value) => value > lowest);
  if (highest !== null) inside = inside.filter((value) => value < highest);
  const free = count - (lowest === null ? 0 : 1) - (highest === null ? 0 : 1);
  const knots = freeKnots(inside, free, count === 3 ? 0.1 : 0.05);
  if (inside.length < 100 && free > 1) {
    if (lowest === null) knots[0] = inside[4];
    if (highest === null) knots[knots.length - 1] = inside[inside.length - 5];
  }
  return [...(lowest === null ? [] : [lowest]), ...knots, ...(highest === null ? [] : [highest])];
}

/** The second smallest and second largest value where the outermost one is so frequent; null where it is not. */
function tiedEnds(sorted: Float64Array, distinct: readonly number[]) {
  const shares = new Map<number, number>();
  for (const value of sorted) shares.set(value, (shares.get(value) ?? 0) + 1 / sorted.length);
  const share = (value: number) => shares.get(value)! + 1e-12;
  if (distinct.slice(1, -1).some((value) => share(value) >= TIED_SHARE))
    return { lowest: null, highest: null };
  return {
    lowest: share(distinct[0]) >= TIED_SHARE ? distinct[1] : null,
    highest: share(distinct[distinct.length - 1]) >= TIED_SHARE ? distinct[distinct.length - 2] : null,
  };
}

function freeKnots(inside: Float64Array, free: number, outer: number): number[] {
  if (free === 1) return [median(inside)];
  const from = free === 2 ? 0.5 : outer;
  const quantiles = equallySpaced(from, 1 - outer, free).map((p) => sortedQuantile(inside, p));
  if (new Set(quantiles).size >= Math.min(free, 3)) return quantiles;
  return equallySpaced(outer, 1 - outer, 2 * free).map((p) => sortedQuantile(inside, p));
}

function equallySpaced(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => from + (k * (to - from)) / (count - 1));
}

/**
 * A basis function of a restricted cubic spline, which is linear beyond the outer knots.
 *
 * @param knots Ascending, shape [k], at least 3.
 * @param index 0 for x itself, 1..k-2 for the non-linear terms, divided by the square of the distance of the outer knots.
 * @returns The value at x; 0 below the first knot for a non-linear term.
 * @source Harrell 2015, Regression Modeling Strategies, 2nd ed., equations 2.24 and 2.25; norm = 2 of Hmisc's rcspline.eval.
 * @example splineTerm(4, [1, 2, 3], 1) // => 3
 */
export function splineTerm(x: number, knots: readonly number[], index: number): number {
  if (index === 0) return x;
  const [first, previous, last] = [knots[0], knots[knots.length - 2], knots[knots.length - 1]];
  const own = knots[index - 1];
  const cubes =
    cube(x - own) -
    (cube(x - previous) * (last - own)) / (last - previous) +
    (cube(x - last) * (previous - own)) / (last - previous);
  return cubes / ((last - first) * (last - first));
}

/** The cube of a number where it is positive, else 0. */
function cube(x: number): number {
  return x > 0 ? x * x * x : 0;
}
