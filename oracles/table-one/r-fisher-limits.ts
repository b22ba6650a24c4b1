/**
 * The odds ratio and limits as R's `fisher.test` prints them. R stops its root search (Brent's, by `uniroot`) at a
 * tolerance of 1.2e-4 on the odds ratio or its inverse, so that its limits differ from the exact ones in the fourth
 * digit, more for large ones. Here R's search runs on the project's probabilities: equal numbers show that these agree.
 */
import { conditionalCell } from "../../packages/core/src/math/fisher-odds-ratio.ts";

type Counts = readonly [a: number, b: number, c: number, d: number];
type Curve = (oddsRatio: number) => number;

/** Tolerance of R's `uniroot`: a quarter power of the machine's epsilon. */
const TOLERANCE = Number.EPSILON ** 0.25;

export interface PrintedOddsRatio {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export function printedByR(counts: Counts, level = 0.95): PrintedOddsRatio {
  const [a, b, c, d] = counts;
  const [first, last] = [a === Math.max(0, a - d), Math.min(b, c) === 0];
  const tail = (1 - level) / 2;
  const at = (oddsRatio: number) => conditionalCell(counts, Math.log(Math.max(oddsRatio, Number.MIN_VALUE)));
  return {
    value: first ? 0 : last ? Infinity : root((odds) => at(odds).mean - a, 1),
    lower: first ? 0 : root((odds) => at(odds).atLeast - tail, 1),
    upper: last ? Infinity : root((odds) => at(odds).atMost - tail, -1),
  };
}

/** R searches the odds ratio in (0, 1), or its inverse where the root lies above 1. */
function root(curve: Curve, slope: 1 | -1): number {
  const atOne = slope * curve(1);
  if (atOne === 0) return 1;
  return atOne > 0 ? brent(curve, 0, 1) : 1 / brent((inverse) => curve(1 / inverse), Number.EPSILON, 1);
}

/** Brent's root search of 1973 (Algorithms for Minimization without Derivatives, chapter 4), with R's choices. */
function brent(curve: Curve, from: number, to: number): number {
  let [a, b, c] = [from, to, from];
  let [fa, fb] = [curve(a), curve(b)];
  let fc = fa;
  for (let step = 0; step <= 1000; step++) {
    const previous = b - a;
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const precision = 2 * Number.EPSILON * Math.abs(b) + TOLERANCE / 2;
    if (Math.abs(c - b) / 2 <= precision || fb === 0) return b;
    let move = nextMove({ points: [a, b, c], values: [fa, fb, fc], previous, precision });
    if (Math.abs(move) < precision) move = move > 0 ? precision : -precision;
    [a, fa] = [b, fb];
    b += move;
    fb = curve(b);
    if ((fb > 0 && fc > 0) || (fb < 0 && fc < 0)) [c, fc] = [a, fa];
  }
  return b;
}

interface Bracket {
  /** The estimate before, the best one, and the one on the other side of the root. */
  readonly points: readonly [a: number, b: number, c: number];
  readonly values: readonly [fa: number, fb: number, fc: number];
  /** Last move. */
  readonly previous: number;
  readonly precision: number;
}

/** The interpolated step where it stays inside the bracket and shrinks; otherwise the step to the middle. */
function nextMove({ points, values, previous, precision }: Bracket): number {
  const width = points[2] - points[1];
  if (Math.abs(previous) < precision || Math.abs(values[0]) <= Math.abs(values[1])) return width / 2;
  const [p, q] = interpolation(points, values);
  const inside = p < 0.75 * width * q - Math.abs(precision * q) / 2 && p < Math.abs((previous * q) / 2);
  return inside ? p / q : width / 2;
}

/** Secant step, or inverse quadratic interpolation of three points, as numerator and denominator. */
function interpolation([a, b, c]: readonly number[], [fa, fb, fc]: readonly number[]): [number, number] {
  let p: number;
  let q: number;
  if (a === c) {
    p = (c - b) * (fb / fa);
    q = 1 - fb / fa;
  } else {
    const [r, s, t] = [fa / fc, fb / fc, fb / fa];
    p = t * ((c - b) * r * (r - s) - (b - a) * (s - 1));
    q = (r - 1) * (s - 1) * (t - 1);
  }
  return p > 0 ? [p, -q] : [-p, q];
}
