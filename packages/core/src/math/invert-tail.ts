import { NumericalError } from "../errors.ts";

/** Logarithm of a tail probability at a point, and its derivative there. */
export interface LogTail {
  readonly value: number;
  readonly slope: number;
}

/**
 * The point where the logarithm of a tail probability has a given value, by Newton's method.
 *
 * The variable is one whose density has a concave logarithm: then so has each tail, its tangents lie above it, and from
 * the side of the smaller tail every step stays on that side and comes closer.
 *
 * @param tail Concave and monotone in its argument.
 * @param target The logarithm of the probability.
 * @param start A point of moderate probability.
 * @returns The point, to rounding.
 * @throws {NumericalError} No convergence in 200 steps.
 * @example invertLogTail((t) => ({ value: 2 * t, slope: 2 }), 3, 0) // => 1.5
 */
export function invertLogTail(tail: (t: number) => LogTail, target: number, start: number): number {
  let t = start;
  let last = Infinity;
  for (let i = 0; i < 200; i++) {
    const { value, slope } = tail(t);
    const step = (target - value) / slope;
    const limit = 4 + Math.abs(t);
    const bounded = Math.abs(step) <= limit ? step : Math.sign(step) * limit;
    if (bounded === 0 || Number.isNaN(bounded)) break;
    t += bounded;
    const size = Math.abs(bounded);
    // Newton's last digits go to and fro: stop when a step no longer shrinks at the level of rounding
    if (size <= 2e-16 * Math.abs(t) || (size < 1e-11 * (1 + Math.abs(t)) && size >= 0.5 * last)) return t;
    last = size;
  }
  const { value } = tail(t);
  if (Math.abs(value - target) <= 1e-9 * Math.max(1, Math.abs(target))) return t;
  throw new NumericalError(`a quantile needs a tail that can be inverted; Newton's method stopped at ${t}`);
}
