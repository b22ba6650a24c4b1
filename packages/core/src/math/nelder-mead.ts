/** Where a function is least, as far as a search found, and its value there. */
export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
}

const mostSteps = 2000;

/**
 * A local minimum of a function of few variables, without derivatives.
 *
 * @param start Where the search begins.
 * @param step Size of the first simplex along each variable, in their unit.
 * @param precision The search ends when the simplex is that small in every variable.
 * @returns A value not above that of the start.
 * @source Nelder & Mead 1965, Computer Journal 7:308-313.
 * @example Math.round(nelderMead(([x, y]) => (x - 1) * (x - 1) + y * y, [0, 0], 0.5, 1e-6).at[0] * 1000) // => 1000
 */
export function nelderMead(
  compute: (at: readonly number[]) => number,
  start: readonly number[],
  step: number,
  precision: number,
): Minimum {
  const measured = (at: readonly number[]): Minimum => ({ at, value: compute(at) });
  const simplex = [start, ...start.map((_, axis) => start.map((x, k) => (k === axis ? x + step : x)))].map(
    measured,
  );
  for (let count = 0; count < mostSteps; count++) {
    simplex.sort((a, b) => a.value - b.value);
    if (spread(simplex) <= precision) break;
    const worst = simplex[simplex.length - 1];
    const centre = centreOf(simplex.slice(0, -1));
    const beyond = (factor: number) =>
      measured(centre.map((middle, k) => middle + factor * (middle - worst.at[k])));
    const better = improvedCorner(simplex, beyond);
    if (better !== null) simplex[simplex.length - 1] = better;
    else
      for (let k = 1; k < simplex.length; k++)
        simplex[k] = measured(simplex[k].at.map((x, axis) => (x + simplex[0].at[axis]) / 2));
  }
  return simplex.reduce((best, corner) => (corner.value < best.value ? corner : best));
}

/** What replaces the worst corner: its reflection, farther or nearer; null where none is better. */
function improvedCorner(simplex: readonly Minimum[], beyond: (factor: number) => Minimum): Minimum | null {
  const [best, second, worst] = [simplex[0], simplex[simplex.length - 2], simplex[simplex.length - 1]];
  const reflected = beyond(1);
  if (reflected.value < best.value) {
    const farther = beyond(2);
    return farther.value < reflected.value ? farther : reflected;
  }
  if (reflected.value < second.value) return reflected;
  const nearer = reflected.value < worst.value ? beyond(0.5) : beyond(-0.5);
  return nearer.value < Math.min(reflected.value, worst.value) ? nearer : null;
}

function centreOf(corners: readonly Minimum[]): number[] {
  return corners[0].at.map((_, axis) => corners.reduce((sum, { at }) => sum + at[axis], 0) / corners.length);
}

function spread(simplex: readonly Minimum[]): number {
  const [first] = simplex;
  return simplex.reduce(
    (largest, { at }) => at.reduce((most, x, axis) => Math.max(most, Math.abs(x - first.at[axis])), largest),
    0,
  );
}
