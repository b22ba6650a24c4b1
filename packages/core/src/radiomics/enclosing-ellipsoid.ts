import { choleskyFactor, choleskyInverse, choleskySolve } from "../math/cholesky.ts";
import { type Matrix, zeroMatrix } from "../math/matrix.ts";
import { symmetricEigenvalues } from "../math/symmetric-eigenvalues.ts";
import type { SpanningPoints } from "./spanning-points.ts";

/** Points have a fourth coordinate of 1, so that the centre is found with the axes. */
const dimensions = 4;
/** Relative excess by which a point may stick out of the ellipsoid. */
const tolerance = 1e-12;
/** More than any region of voxels needs. */
const mostPoints = 10_000;
const mostSteps = 100;
/** Length of a Newton step after which no other is worth taking. */
const lastDecrement = 1e-8;

/**
 * The semi-axes of the smallest ellipsoid that holds points.
 *
 * The points that touch it are found one by one: that which sticks out most is added to them, and weights of the touching
 * points are moved until all lie on the ellipsoid that the weights define.
 *
 * @param points x, y and z of each; shape [3 n]; not all in a plane.
 * @param start Four of the points that do not lie in a plane.
 * @returns Descending.
 * @source IBSI reference manual 3.1, minimum volume enclosing ellipsoid; Khachiyan 1996, Math Oper Res 21:307-320 (duality
 *   with D-optimal weights); Sun & Freund 2004, Oper Res 52:690-706 (active sets, Newton steps).
 */
export function minimumEllipsoid(points: Float64Array, start: SpanningPoints): number[] {
  const lifted = liftedPoints(points);
  let support: Support = { points: start, weights: start.map(() => 1 / start.length) };
  let moments = momentsOf(lifted, support);
  for (let count = 0; count < mostPoints; count++) {
    const metric = choleskyInverse(choleskyFactor(moments));
    const { size, at } = farthest(lifted, metric);
    const excess = size / dimensions - 1;
    if (excess <= tolerance) break;
    support = levelled(lifted, widened(lifted, support, { metric, size, at }));
    moments = momentsOf(lifted, support);
  }
  const moment = (i: number, j: number) => moments.values[i * dimensions + j];
  const covariance = [0, 1, 2].map((i) => [0, 1, 2].map((j) => moment(i, j) - moment(i, 3) * moment(j, 3)));
  return symmetricEigenvalues(covariance).map((value) => Math.sqrt(3 * Math.max(0, value)));
}

/** Points about their middle; shape [4 n]. */
function liftedPoints(points: Float64Array): Float64Array {
  const size = points.length / 3;
  const centre = [0, 0, 0];
  for (let k = 0; k < points.length; k++) centre[k % 3] += points[k] / size;
  const lifted = new Float64Array(dimensions * size).fill(1);
  for (let k = 0; k < size; k++)
    for (let axis = 0; axis < 3; axis++) lifted[dimensions * k + axis] = points[3 * k + axis] - centre[axis];
  return lifted;
}

/** Points that may touch the ellipsoid, with weights that sum to 1. */
interface Support {
  readonly points: readonly number[];
  readonly weights: readonly number[];
}

function momentsOf(lifted: Float64Array, { points, weights }: Support): Matrix {
  const moments = zeroMatrix(dimensions, dimensions);
  points.forEach((point, k) => {
    addProducts(moments, lifted, point, weights[k]);
  });
  return moments;
}

function addProducts({ values }: Matrix, lifted: Float64Array, point: number, weight: number): void {
  const first = dimensions * point;
  for (let i = 0; i < dimensions; i++)
    for (let j = 0; j < dimensions; j++)
      values[i * dimensions + j] += weight * lifted[first + i] * lifted[first + j];
}

/** The product of two points in the metric of a matrix. */
function productOf(lifted: Float64Array, { values }: Matrix, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < dimensions; i++)
    for (let j = 0; j < dimensions; j++)
      sum += lifted[dimensions * a + i] * values[i * dimensions + j] * lifted[dimensions * b + j];
  return sum;
}

interface Extreme {
  readonly size: number;
  readonly at: number;
}

function farthest(lifted: Float64Array, metric: Matrix): Extreme {
  let [size, at] = [-Infinity, 0];
  for (let k = 0; k < lifted.length / dimensions; k++) {
    const other = productOf(lifted, metric, k, k);
    if (other > size) [size, at] = [other, k];
  }
  return { size, at };
}

interface Farthest extends Extreme {
  readonly metric: Matrix;
}

/** The support with a point that sticks out, which takes weight from the point that lies deepest. */
function widened(
  lifted: Float64Array,
  { points, weights }: Support,
  { metric, size, at }: Farthest,
): Support {
  const isNew = !points.includes(at);
  const wider = { points: isNew ? [...points, at] : points, weights: isNew ? [...weights, 0] : [...weights] };
  const sizes = points.map((point) => productOf(lifted, metric, point, point));
  const least = sizes.indexOf(sizes.reduce((a, b) => Math.min(a, b)));
  const product = productOf(lifted, metric, at, points[least]);
  // The determinant grows by 1 + share gain - share² (sizes' product - product²).
  const best = (size - sizes[least]) / (2 * (size * sizes[least] - product * product));
  const share = Math.min(best, weights[least]);
  wider.weights[wider.points.indexOf(at)] += share;
  wider.weights[least] -= share;
  return withWeight(wider);
}

function withWeight({ points, weights }: Support): Support {
  const kept = points.map((_, k) => k).filter((k) => weights[k] > 0);
  return { points: kept.map((k) => points[k]), weights: kept.map((k) => weights[k]) };
}

/** Weights of the largest determinant, by damped Newton steps; points that lose their weight are left out. */
function levelled(lifted: Float64Array, support: Support): Support {
  let current = support;
  for (let step = 0; step < mostSteps; step++) {
    const { points, weights } = current;
    const { direction, decrement } = newtonStep(lifted, current);
    const damped = decrement > 0.25 ? 1 / (1 + decrement) : 1;
    // As far as the first weight lasts.
    const lasts = weights.map((weight, k) => (direction[k] < 0 ? -weight / direction[k] : Infinity));
    const length = lasts.reduce((a, b) => Math.min(a, b), damped);
    const moved = weights.map((weight, k) => (lasts[k] <= length ? 0 : weight + length * direction[k]));
    const total = moved.reduce((sum, weight) => sum + weight, 0);
    current = withWeight({ points, weights: moved.map((weight) => weight / total) });
    // The error of the last step is the square of that before.
    if (decrement < lastDecrement && length === 1) break;
  }
  return current;
}

/** The change of weights, of sum 0, that a quadratic takes for the best; `decrement` is its length in that metric. */
function newtonStep(
  lifted: Float64Array,
  support: Support,
): { readonly direction: readonly number[]; readonly decrement: number } {
  const { points } = support;
  const metric = choleskyInverse(choleskyFactor(momentsOf(lifted, support)));
  const size = points.length;
  // The determinant's logarithm has the sizes as gradient, minus the squared products as second derivatives.
  const gradient = Float64Array.from(points, (point) => productOf(lifted, metric, point, point));
  const curvature = zeroMatrix(size, size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const product = productOf(lifted, metric, points[i], points[j]);
      curvature.values[j * size + i] = product * product + (i === j ? ridge : 0);
    }
  const factor = choleskyFactor(curvature);
  const free = choleskySolve(factor, gradient);
  const level = choleskySolve(factor, new Float64Array(size).fill(1));
  const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const multiplier = sumOf(free) / sumOf(level);
  const direction = Array.from(free, (value, k) => value - multiplier * level[k]);
  let squared = 0;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) squared += direction[i] * curvature.values[j * size + i] * direction[j];
  return { direction, decrement: Math.sqrt(squared) };
}

/** Added to second derivatives, since more than nine points can touch an ellipsoid. */
const ridge = 1e-9;
