import { InputError } from "../errors.ts";

/** Most decimals that a grid may have. */
const MAXIMUM_DECIMALS = 9;

/**
 * Evenly spaced thresholds that are exactly the decimals a person would write: 0.3, not 0.30000000000000004.
 *
 * @param from First threshold.
 * @param to Last threshold; included where a whole number of steps leads to it.
 * @param step Distance, above 0.
 * @returns Ascending thresholds, at least one.
 * @throws {InputError} `to` below `from`, a step that is not positive, or more than nine decimals.
 * @example thresholdGrid(0.1, 0.4, 0.1) // => [0.1,0.2,0.3,0.4]
 */
export function thresholdGrid(from: number, to: number, step: number): Float64Array {
  if (!(step > 0) || !(to >= from))
    throw new InputError(
      `thresholds need from <= to and a positive step; got ${from}, ${to} and ${step}; correct them`,
    );
  let scale = 1;
  for (let decimals = 0; decimals <= MAXIMUM_DECIMALS; decimals++, scale *= 10) {
    const [first, last, stride] = [
      Math.round(from * scale),
      Math.round(to * scale),
      Math.round(step * scale),
    ];
    // A quotient of integers is the nearest double to the decimal, as the parser's is.
    if (first / scale !== from || last / scale !== to || stride / scale !== step) continue;
    const count = Math.floor((last - first) / stride) + 1;
    return Float64Array.from({ length: count }, (_, k) => (first + k * stride) / scale);
  }
  throw new InputError(
    `thresholds need numbers of at most ${MAXIMUM_DECIMALS} decimals; got ${from}, ${to} and ${step}; round them`,
  );
}
