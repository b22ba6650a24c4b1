/** Points on a smooth line as R's `spline()` draws them: the cubic spline of Forsythe, Malcolm and Moler. */

/** A line as points; x ascending. */
export interface DrawnLine {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * The line at equal distances.
 *
 * The spline's third derivatives at its ends are those of the cubics through the first and the last four points.
 *
 * @param x Distinct, ascending, two or more.
 * @param count How many points, both ends included.
 * @source Forsythe, Malcolm & Moler 1977, Computer Methods for Mathematical Computations, chapter 4.
 */
export function splineOfR(x: readonly number[], y: readonly number[], count: number): DrawnLine {
  const bends = bendsOf(x, y);
  const last = x.length - 1;
  const places = Array.from({ length: count }, (_, k) =>
    k === count - 1 ? x[last] : x[0] + (k * (x[last] - x[0])) / (count - 1),
  );
  let piece = 0;
  const drawn = places.map((place) => {
    while (piece < last - 1 && place >= x[piece + 1]) piece++;
    const width = x[piece + 1] - x[piece];
    const [right, left] = [(place - x[piece]) / width, (x[piece + 1] - place) / width];
    const bend = bends[piece] * (left ** 3 - left) + bends[piece + 1] * (right ** 3 - right);
    return left * y[piece] + right * y[piece + 1] + width * width * bend;
  });
  return { x: places, y: drawn };
}

/** A sixth of the second derivative at each point. */
function bendsOf(x: readonly number[], y: readonly number[]): number[] {
  const last = x.length - 1;
  if (last < 2) return x.map(() => 0);
  const widths = x.slice(1).map((place, i) => place - x[i]);
  const slopes = widths.map((width, i) => (y[i + 1] - y[i]) / width);
  const second = slopes.slice(1).map((slope, i) => (slope - slopes[i]) / (x[i + 2] - x[i]));
  const third = second.slice(1).map((value, i) => (value - second[i]) / (x[i + 3] - x[i]));
  const diagonal = x.map((_, i) => 2 * ((widths[i - 1] ?? 0) + (widths[i] ?? 0)));
  const right = x.map((_, i) => (slopes[i] ?? 0) - (slopes[i - 1] ?? 0));
  [diagonal[0], diagonal[last]] = [-widths[0], -widths[last - 1]];
  [right[0], right[last]] = [
    (third[0] ?? 0) * widths[0] ** 2,
    -(third[third.length - 1] ?? 0) * widths[last - 1] ** 2,
  ];
  for (let i = 1; i <= last; i++) {
    const factor = widths[i - 1] / diagonal[i - 1];
    diagonal[i] -= factor * widths[i - 1];
    right[i] -= factor * right[i - 1];
  }
  const bends = x.map(() => 0);
  for (let i = last; i >= 0; i--)
    bends[i] = (right[i] - (widths[i] ?? 0) * (bends[i + 1] ?? 0)) / diagonal[i];
  return bends;
}

/**
 * Where a drawn line reaches a height, by straight lines between its points, as R's `approx(y, x, height)`.
 *
 * @returns Null where the line stays on one side.
 */
export function placeOfHeight({ x, y }: DrawnLine, height: number): number | null {
  const order = [...y.keys()].sort((a, b) => y[a] - y[b]);
  const above = order.findIndex((k) => y[k] >= height);
  if (above < 0 || y[order[0]] > height) return null;
  if (above === 0) return x[order[0]];
  const [from, to] = [order[above - 1], order[above]];
  return x[from] + ((x[to] - x[from]) * (height - y[from])) / (y[to] - y[from]);
}
