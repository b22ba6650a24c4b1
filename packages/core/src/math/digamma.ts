import { InputError } from "../errors.ts";
import { log } from "./logarithm.ts";

/**
 * The digamma function, the derivative of log Γ.
 *
 * @param x Greater than 0.
 * @returns Absolute accuracy about 1e-15 near its zero at 1.4616, relative accuracy elsewhere.
 * @throws {InputError} x not above 0.
 * @source Abramowitz & Stegun 6.3.5 (recurrence), 6.3.18 (asymptotic series).
 * @example digamma(1) // => -0.5772156649015329
 */
export function digamma(x: number): number {
  if (!(x > 0)) throw new InputError(`the digamma function needs x > 0; got ${x}`);
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
