import { InputError } from "../errors.ts";
import { log } from "./logarithm.ts";

/** The zero of digamma in two parts. */
const ROOT = 1.4616321449683622;
const ROOT_LOW = 9.549995429965697e-17;
/** Derivatives of digamma at its zero over k!, k = 1, 2, ... */
const TAYLOR = Float64Array.of(
  0.9676722454476212,
  -0.4427631689835921,
  0.258499760955651,
  -0.16394270544240652,
  0.10782405069126237,
  -0.07219956125645471,
  0.04880428816414311,
  -0.03316112647484736,
  0.022597648232218104,
  -0.01542476590494896,
  0.010538791616612175,
  -0.007204534386356869,
  0.004926781395729853,
  -0.003369801655439328,
  0.002305126326734928,
  -0.0015769367714301972,
  0.0010788252019162967,
);

/**
 * The digamma function, the derivative of log Γ.
 *
 * @param x Greater than 0.
 * @returns Relative accuracy 1e-14, also near its zero at 1.4616.
 * @throws {InputError} x not above 0.
 * @source Abramowitz & Stegun 6.3.5 (recurrence), 6.3.18 (asymptotic series);
 * Taylor series about the zero.
 * @example digamma(1) // => -0.5772156649015329
 */
export function digamma(x: number): number {
  if (!(x > 0)) throw new InputError(`the digamma function needs x > 0; got ${x}`);
  if (x > ROOT - 0.2 && x < ROOT + 0.2) {
    const h = x - ROOT - ROOT_LOW;
    let value = 0;
    for (let k = TAYLOR.length - 1; k >= 0; k--) value = h * (TAYLOR[k] + value);
    return value;
  }
  let raised = 0;
  let y = x;
  while (y < 10) {
    raised += 1 / y;
    y += 1;
  }
  const z = 1 / (y * y);
  const series =
    z *
    (1 / 12 -
      z *
        (1 / 120 -
          z *
            (1 / 252 -
              z * (1 / 240 - z * (1 / 132 - z * (691 / 32760 - z * (1 / 12 - z * (3617 / 8160))))))));
  return log(y) - 0.5 / y - series - raised;
}

/**
 * The trigamma function, the second derivative of log Γ.
 *
 * @param x Greater than 0.
 * @returns Positive; relative accuracy 1e-15.
 * @throws {InputError} x not above 0.
 * @source Abramowitz & Stegun 6.4.6 (recurrence), 6.4.12 (asymptotic series).
 * @example trigamma(1) // => 1.6449340668482264
 */
export function trigamma(x: number): number {
  if (!(x > 0)) throw new InputError(`the trigamma function needs x > 0; got ${x}`);
  let raised = 0;
  let y = x;
  while (y < 10) {
    raised += 1 / (y * y);
    y += 1;
  }
  const z = 1 / (y * y);
  const series =
    z *
    (1 / 6 -
      z *
        (1 / 30 -
          z * (1 / 42 - z * (1 / 30 - z * (5 / 66 - z * (691 / 2730 - z * (7 / 6 - z * (3617 / 510))))))));
  return raised + (1 + 0.5 / y + series) / y;
}
