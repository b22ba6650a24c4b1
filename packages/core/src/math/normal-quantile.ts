import { log } from "./logarithm.ts";

/** Coefficients of AS 241's rational functions, constant term first: |p - 1/2| <= 0.425, r <= 5, r > 5. */
const CENTRE = {
  p: [
    3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
    45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
  ],
  q: [
    1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
    39307.89580009271061, 28729.085735721942674, 5226.495278852545925,
  ],
};
const MIDDLE = {
  p: [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
  ],
  q: [
    1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
    0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
  ],
};
const TAIL = {
  p: [
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
    0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ],
  q: [
    1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
    1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
  ],
};

/**
 * Quantile of the standard normal distribution: the inverse of `normalCdf`.
 *
 * @param p Probability in [0, 1].
 * @returns -Infinity at 0, Infinity at 1, NaN outside; relative accuracy about 1e-16.
 * @source Wichura 1988, Applied Statistics 37:477-484, algorithm AS 241 (PPND16).
 * @example normalQuantile(0.975) // => 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRE, 0.180625 - q * q);
  const magnitude = upperTailQuantile(-log(q < 0 ? p : 1 - p));
  return q < 0 ? -magnitude : magnitude;
}

/**
 * The z whose upper tail probability is e^-m, for tails below 0.075.
 *
 * @param m Minus the logarithm of the tail probability, at least 2.6 and at most 745 for full accuracy.
 * @returns Positive; relative accuracy about 1e-16.
 * @source Wichura 1988, Applied Statistics 37:477-484, algorithm AS 241 (PPND16).
 * @example upperTailQuantile(3.6888794541139363) // => 1.9599639845400545
 */
export function upperTailQuantile(m: number): number {
  const r = Math.sqrt(m);
  return r <= 5 ? ratio(MIDDLE, r - 1.6) : ratio(TAIL, r - 5);
}

function ratio(
  { p, q }: { readonly p: readonly number[]; readonly q: readonly number[] },
  x: number,
): number {
  let [numerator, denominator] = [0, 0];
  for (let i = 7; i >= 0; i--) {
    numerator = numerator * x + p[i];
    denominator = denominator * x + q[i];
  }
  return numerator / denominator;
}
