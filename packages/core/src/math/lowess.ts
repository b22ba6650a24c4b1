import { InputError } from "../errors.ts";

/** Share of the points in a neighbourhood of R's `lowess()`. */
const SHARE = 2 / 3;

/**
 * Cleveland's lowess without robustness iterations, as R's `lowess(x, y, iter = 0)`.
 *
 * @param x Predictor, shape [n], finite, at least one value.
 * @param y Response, shape [n], finite.
 * @returns The smooth at every point, in the order of `x`; local lines with a span of 2/3, interpolated between points
 *   nearer than 1 % of the range.
 * @throws {InputError} No point, or unequal lengths.
 * @source Cleveland 1979, JASA 74:829-836.
 */
export function lowess(x: Float64Array, y: Float64Array): Float64Array {
  const n = x.length;
  if (n === 0 || y.length !== n)
    throw new InputError(`lowess needs one response a predictor value; got ${y.length} for ${n}; match them`);
  const order = Array.from(x.keys()).sort((a, b) => x[a] - x[b] || a - b);
  const [sortedX, sortedY] = [Float64Array.from(order, (i) => x[i]), Float64Array.from(order, (i) => y[i])];
  const neighbours = Math.max(Math.min(2, n), Math.min(n, Math.floor(SHARE * n + 1e-7)));
  const spacing = 0.01 * (sortedX[n - 1] - sortedX[0]);
  const smooth = new Float64Array(n);
  let left = 0;
  let last = -1;
  for (let i = 0; i < n; i = nextPoint(sortedX, last, spacing)) {
    while (left + neighbours < n && sortedX[i] - sortedX[left] > sortedX[left + neighbours] - sortedX[i])
      left += 1;
    smooth[i] = localLine(sortedX, sortedY, i, [left, left + neighbours - 1]);
    for (let j = last + 1; j < i; j++) {
      const share = (sortedX[j] - sortedX[last]) / (sortedX[i] - sortedX[last]);
      smooth[j] = share * smooth[i] + (1 - share) * smooth[last];
    }
    last = i;
    while (last + 1 < n && sortedX[last + 1] === sortedX[i]) smooth[++last] = smooth[i];
    if (last === n - 1) break;
  }
  const result = new Float64Array(n);
  order.forEach((row, k) => (result[row] = smooth[k]));
  return result;
}

/** The farthest point within the spacing of the last fitted one, but at least the next point. */
function nextPoint(x: Float64Array, last: number, spacing: number): number {
  const cut = x[last] + spacing;
  let i = last + 1;
  while (i < x.length && x[i] <= cut) i += 1;
  return Math.max(last + 1, i - 1);
}

/** The weighted line through a neighbourhood at one of its points; the point's own response where no weight is left. */
function localLine(
  x: Float64Array,
  y: Float64Array,
  point: number,
  [left, right]: readonly [number, number],
): number {
  const at = x[point];
  const bandwidth = Math.max(at - x[left], x[right] - at);
  const weights: number[] = [];
  let total = 0;
  for (let j = left; j < x.length; j++) {
    const distance = Math.abs(x[j] - at);
    // Points tied with the right edge take part; R counts distances below 0.1 % of the bandwidth as none.
    if (distance > 0.999 * bandwidth && x[j] > at) break;
    weights.push(
      distance > 0.999 * bandwidth ? 0 : distance > 0.001 * bandwidth ? tricube(distance / bandwidth) : 1,
    );
    total += weights[weights.length - 1];
  }
  if (!(total > 0)) return y[point];
  const weighted = (term: (j: number) => number) =>
    weights.reduce((sum, weight, k) => sum + (weight / total) * term(left + k), 0);
  const centre = weighted((j) => x[j]);
  const spread = weighted((j) => (x[j] - centre) * (x[j] - centre));
  const slopeExists = bandwidth > 0 && Math.sqrt(spread) > 0.001 * (x[x.length - 1] - x[0]);
  const slope = slopeExists ? (at - centre) / spread : 0;
  return weighted((j) => (1 + slope * (x[j] - centre)) * y[j]);
}

function tricube(distance: number): number {
  const rest = 1 - distance * distance * distance;
  return rest * rest * rest;
}
