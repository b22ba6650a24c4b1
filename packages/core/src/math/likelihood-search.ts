import { choleskyOrNull, choleskySolve } from "./cholesky.ts";
import { addMultiple, dotProduct } from "./dot-product.ts";
import {
  derivativesAt,
  likelihoodAt,
  type LikelihoodPoint,
  type LogisticLikelihood,
} from "./logistic-likelihood.ts";
import type { Matrix } from "./matrix.ts";

/** A linear function of the coordinates that is held at a value. */
export interface Constraint {
  /** The function is the product of this vector with the coordinates; shape [rank]. */
  readonly direction: Float64Array;
  readonly value: number;
}

/** A maximum of the likelihood, all coordinates free or one function of them held. */
export interface LikelihoodMaximum {
  readonly point: LikelihoodPoint;
  readonly iterations: number;
  readonly converged: boolean;
  /** By how much the maximum rises where the held value rises by one; 0 without a constraint. */
  readonly slope: number;
  /** Change of the coordinates where the held value rises by one, others following; null without a constraint. */
  readonly path: Float64Array | null;
}

const MAXIMUM_ITERATIONS = 200;
/** The last step of a fit gains less than this share of the likelihood, half the digits of coefficients. */
const FINE = 1e-15;
/** The same for a point of a profile, of which only the likelihood counts: its error is the square of the gain. */
const COARSE = 1e-11;
/** A gain below this share of the likelihood may be rounding where no step gains anything. */
const NOISE = 1e-10;
/** Along a constraint the likelihood is made this many times as stiff as in its stiffest coordinate. */
const STIFFNESS = 100;
/** Shorter steps than this share of Newton's are rounding noise. */
const SHORTEST_STEP = 1e-10;

/**
 * The maximum of a likelihood by Newton's method with step halving; where the curvature is indefinite, Fisher's
 * information takes its place.
 *
 * @param start Coordinates; moved along the constraint first where they do not meet it.
 * @param constraint What is held; null for the maximum over all coordinates.
 * @returns Null where the likelihood is not finite at the start.
 */
export function maximiseLikelihood(
  likelihood: LogisticLikelihood,
  start: Float64Array,
  constraint: Constraint | null,
): LikelihoodMaximum | null {
  let point = likelihoodAt(likelihood, constraint === null ? start : onConstraint(start, constraint));
  for (let iterations = 1; iterations <= MAXIMUM_ITERATIONS; iterations++) {
    if (point.factor === null) return null;
    const { step, gain, slope, path } = newtonStep(likelihood, point, constraint);
    const next = gain > 0 ? lineSearch(likelihood, point, step) : point;
    // Newton's error after a step is the square of that before it.
    const unit = Math.abs(point.value) + 0.1;
    const enough = constraint === null ? FINE : COARSE;
    const converged = gain < enough * unit || (next === point && gain < NOISE * unit);
    const isStuck = next === point || iterations === MAXIMUM_ITERATIONS;
    point = next;
    if (converged || isStuck) return { point, iterations, converged, slope, path };
  }
  return null;
}

interface Step {
  readonly step: Float64Array;
  /** Twice what the quadratic model expects of the step. */
  readonly gain: number;
  readonly slope: number;
  readonly path: Float64Array | null;
}

/** Newton's step; with a constraint, that of its Lagrange function. */
function newtonStep(
  likelihood: LogisticLikelihood,
  point: LikelihoodPoint,
  constraint: Constraint | null,
): Step {
  const { gradient, curvature } = derivativesAt(likelihood, point);
  const factor = definiteFactor(curvature, constraint) ?? point.factor!;
  const step = choleskySolve(factor, gradient);
  const rank = gradient.length;
  if (constraint === null) return { step, gain: dotProduct(step, 0, gradient, rank), slope: 0, path: null };
  const { direction } = constraint;
  const path = choleskySolve(factor, direction);
  const reach = dotProduct(path, 0, direction, rank);
  const slope = dotProduct(step, 0, direction, rank) / reach;
  addMultiple(step, -slope, path, 0);
  return {
    step,
    gain: dotProduct(step, 0, gradient, rank),
    slope,
    path: path.map((value) => value / reach),
  };
}

/**
 * The Cholesky factor of the curvature, stiffened along the constraint where only that makes it definite: Lagrange's step
 * does not move along the constraint, so that it stays the same.
 */
function definiteFactor(curvature: Matrix, constraint: Constraint | null): Matrix | null {
  const factor = choleskyOrNull(curvature);
  if (factor !== null || constraint === null) return factor;
  const { direction } = constraint;
  const rank = curvature.rows;
  let [largest, length] = [0, 0];
  for (let k = 0; k < rank; k++) {
    largest = Math.max(largest, Math.abs(curvature.values[k * (rank + 1)]));
    length += direction[k] * direction[k];
  }
  const stiff = { ...curvature, values: Float64Array.from(curvature.values) };
  for (let k = 0; k < rank; k++)
    for (let j = 0; j < rank; j++)
      stiff.values[k * rank + j] += (STIFFNESS * largest * direction[k] * direction[j]) / length;
  return choleskyOrNull(stiff);
}

/** The first point on the way of a step, halved again and again, that is no worse; the old point where there is none. */
function lineSearch(
  likelihood: LogisticLikelihood,
  point: LikelihoodPoint,
  step: Float64Array,
): LikelihoodPoint {
  const floor = point.value - 1e-14 * Math.abs(point.value);
  for (let share = 1; share > SHORTEST_STEP; share /= 2) {
    const coordinates = point.coordinates.slice();
    addMultiple(coordinates, share, step, 0);
    const next = likelihoodAt(likelihood, coordinates);
    if (next.value >= floor) return next;
  }
  return point;
}

/** The nearest coordinates that meet a constraint. */
function onConstraint(coordinates: Float64Array, { direction, value }: Constraint): Float64Array {
  const rank = direction.length;
  const lacking = value - dotProduct(direction, 0, coordinates, rank);
  const moved = coordinates.slice();
  addMultiple(moved, lacking / dotProduct(direction, 0, direction, rank), direction, 0);
  return moved;
}
