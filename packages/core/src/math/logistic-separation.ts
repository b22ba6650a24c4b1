import { type OrthonormalBasis, solveTriangle } from "./qr.ts";
import { columnOf, type Matrix } from "./matrix.ts";

/**
 * Whether a Newton step separates the outcomes: it worsens the fit of no patient and improves that of some by a constant
 * amount. The likelihood then rises for ever along the step, and no finite estimate exists.
 *
 * @param change Change of the linear predictor by the step, shape [n].
 * @param outcome In [0, 1], shape [n].
 * @source Albert & Anderson 1984, Biometrika 71:1-10: complete and quasi-complete separation.
 * @example separates(Float64Array.of(1, -1, 0), [1, 0, 1]) // => true
 */
export function separates(change: Float64Array, outcome: ArrayLike<number>): boolean {
  let gain = 0;
  let worst = 0;
  for (let i = 0; i < change.length; i++) {
    const y = outcome[i];
    const towardsOutcome = y === 1 ? change[i] : y === 0 ? -change[i] : -Math.abs(change[i]);
    gain = Math.max(gain, towardsOutcome);
    worst = Math.min(worst, towardsOutcome);
  }
  // Patients on a quasi-separating plane still move a little, by exp(-iterations) of the others.
  return gain > 0.5 && worst > -1e-8 * gain;
}

/**
 * The columns that carry a separating direction.
 *
 * @param step The last Newton step in the coordinates of `decomposition.basis`.
 * @param design The matrix that was decomposed.
 * @returns Positions of the columns of `design` whose share of the direction, coefficient times spread, is at least one
 *   per cent of the largest.
 */
export function separatingColumns(
  step: Float64Array,
  decomposition: OrthonormalBasis,
  design: Matrix,
): readonly number[] {
  const direction = solveTriangle(decomposition.triangle, step);
  const shares = decomposition.kept.map(
    (column, k) => Math.abs(direction[k]) * range(columnOf(design, column)),
  );
  const largest = shares.reduce((a, b) => Math.max(a, b), 0);
  return decomposition.kept.filter((_, k) => shares[k] > 0.01 * largest);
}

function range(values: Float64Array): number {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return highest - lowest;
}
