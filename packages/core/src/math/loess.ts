import { InputError } from "../errors.ts";
import { dotProduct } from "./dot-product.ts";
import { LOESS_DEFAULTS, localOperator, type LocalRegressionOptions } from "./local-regression.ts";
import { loessVertices } from "./loess-vertices.ts";

/** A smooth curve at some places with pointwise standard errors. */
export interface SmoothCurve {
  readonly value: Float64Array;
  readonly standardError: Float64Array;
}

/** R's interpolated loess of one predictor, ready to be evaluated. */
export interface Loess {
  /** Ascending places of the local polynomials; between them the curve is cubic. */
  readonly vertices: Float64Array;
  /** Value and slope at each vertex: [v0, s0, v1, s1, …]. */
  readonly coefficients: Float64Array;
  /** Inner products of the rows of the smoother behind `coefficients`, row-major; times residualScale² a covariance. */
  readonly gram: Float64Array;
  readonly range: readonly [minimum: number, maximum: number];
  readonly fitted: Float64Array;
  readonly residualScale: number;
  /** Trace of L L', R's `enp`. */
  readonly equivalentParameters: number;
}

/**
 * Loess of one predictor exactly as R's `loess()`: local polynomials at the vertices of a k-d tree, cubic between them.
 *
 * @param x Predictor, shape [n], finite.
 * @param y Response, shape [n], finite.
 * @param options Span and degree; R's defaults without them.
 * @returns The fit with the residual scale of R's `statistics = "exact"`.
 * @throws {InputError} Unequal lengths, a value that is not finite, or fewer points than the span needs.
 * @throws {NumericalError} A neighbourhood of equal values.
 * @source Cleveland & Grosse 1991, Stat Comput 1:47-62; Cleveland & Devlin 1988, JASA 83:596-610 for the scale.
 */
export function loess(
  x: Float64Array,
  y: Float64Array,
  options: LocalRegressionOptions = LOESS_DEFAULTS,
): Loess {
  requirePairs(x, y);
  const sorted = x.toSorted();
  const vertices = loessVertices(sorted, options.span);
  const rows = Array.from(vertices).flatMap((at) => {
    const { value, slope } = localOperator(x, at, options);
    return [value, slope];
  });
  const coefficients = Float64Array.from(rows, (row) => dotProduct(row, 0, y, row.length));
  const gram = new Float64Array(rows.length * rows.length);
  for (let j = 0; j < rows.length; j++)
    for (let k = 0; k <= j; k++)
      gram[j * rows.length + k] = gram[k * rows.length + j] = dotProduct(rows[j], 0, rows[k], rows[j].length);
  const fitted = new Float64Array(x.length);
  let [trace, squaredTrace, residuals] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const { first, weights } = hermite(vertices, x[i]);
    for (let k = 0; k < 4; k++) {
      fitted[i] += weights[k] * coefficients[first + k];
      trace += weights[k] * rows[first + k][i];
    }
    squaredTrace += squaredNorm(gram, rows.length, first, weights);
    residuals += (y[i] - fitted[i]) * (y[i] - fitted[i]);
  }
  return {
    vertices,
    coefficients,
    gram,
    range: [sorted[0], sorted[sorted.length - 1]],
    fitted,
    residualScale: scaleOf(residuals, x.length - 2 * trace + squaredTrace),
    equivalentParameters: squaredTrace,
  };
}

/**
 * A loess curve with its pointwise standard errors.
 *
 * @param fit From {@link loess}.
 * @param at Places inside the range of the predictor.
 * @throws {InputError} A place outside the range: loess does not extrapolate.
 */
export function loessCurve(fit: Loess, at: ArrayLike<number>): SmoothCurve {
  const [minimum, maximum] = fit.range;
  const curve = { value: new Float64Array(at.length), standardError: new Float64Array(at.length) };
  for (let i = 0; i < at.length; i++) {
    if (!(at[i] >= minimum && at[i] <= maximum))
      throw new InputError(
        "a loess curve needs places inside the range of its data; got one outside; shorten the grid",
      );
    const { first, weights } = hermite(fit.vertices, at[i]);
    for (let k = 0; k < 4; k++) curve.value[i] += weights[k] * fit.coefficients[first + k];
    const squared = squaredNorm(fit.gram, fit.coefficients.length, first, weights);
    curve.standardError[i] = fit.residualScale * Math.sqrt(squared);
  }
  return curve;
}

/** A curve of local polynomials fitted at every place, with the statistics of its scale. */
export interface DirectLoess extends SmoothCurve {
  readonly residualScale: number;
  readonly equivalentParameters: number;
}

/**
 * Local regression without interpolation: a polynomial is fitted at every place, as R's `surface = "direct"`.
 *
 * @param x Predictor, shape [n], finite.
 * @param y Response, shape [n], finite.
 * @param at Where the curve is wanted.
 * @param options Span and degree; R's defaults without them.
 * @throws {InputError} As {@link loess}.
 * @throws {NumericalError} As {@link loess}.
 * @source Cleveland & Devlin 1988, JASA 83:596-610.
 */
export function directLoess(
  x: Float64Array,
  y: Float64Array,
  at: ArrayLike<number>,
  options: LocalRegressionOptions = LOESS_DEFAULTS,
): DirectLoess {
  requirePairs(x, y);
  let [trace, squaredTrace, residuals] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const row = localOperator(x, x[i], options).value;
    const residual = y[i] - dotProduct(row, 0, y, row.length);
    trace += row[i];
    squaredTrace += dotProduct(row, 0, row, row.length);
    residuals += residual * residual;
  }
  const residualScale = scaleOf(residuals, x.length - 2 * trace + squaredTrace);
  const rows = Array.from(at, (place) => localOperator(x, place, options).value);
  return {
    value: Float64Array.from(rows, (row) => dotProduct(row, 0, y, row.length)),
    standardError: Float64Array.from(
      rows,
      (row) => residualScale * Math.sqrt(dotProduct(row, 0, row, row.length)),
    ),
    residualScale,
    equivalentParameters: squaredTrace,
  };
}

/** Where the four coefficients around a place start, and the cubic Hermite polynomials that blend them. */
function hermite(vertices: Float64Array, at: number): { first: number; weights: Float64Array } {
  let cell = 0;
  while (cell < vertices.length - 2 && at > vertices[cell + 1]) cell += 1;
  const width = vertices[cell + 1] - vertices[cell];
  const t = (at - vertices[cell]) / width;
  const s = 1 - t;
  const weights = Float64Array.of(
    s * s * (1 + 2 * t),
    s * s * t * width,
    t * t * (3 - 2 * t),
    -t * t * s * width,
  );
  return { first: 2 * cell, weights };
}

function squaredNorm(gram: Float64Array, size: number, first: number, weights: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < 4; j++)
    for (let k = 0; k < 4; k++) sum += weights[j] * weights[k] * gram[(first + j) * size + first + k];
  return Math.max(0, sum);
}

/** Residual standard error with delta1 = tr((I - L)(I - L)'); 0 where the curve passes through every point. */
function scaleOf(residualSquares: number, delta1: number): number {
  return delta1 > 1e-9 ? Math.sqrt(residualSquares / delta1) : 0;
}

function requirePairs(x: Float64Array, y: Float64Array): void {
  if (x.length !== y.length)
    throw new InputError(
      `loess needs one response a predictor value; got ${y.length} for ${x.length}; match them`,
    );
  if (!x.every(Number.isFinite) || !y.every(Number.isFinite))
    throw new InputError("loess needs finite values; got others; exclude incomplete patients first");
}
