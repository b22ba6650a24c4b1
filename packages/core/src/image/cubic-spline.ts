import { pow } from "../math/elementary.ts";

/** The pole of the cubic B-spline's inverse filter, √3 - 2. */
const pole = Math.sqrt(3) - 2;

/**
 * The coefficients of the cubic B-splines that run through the lines of a grid, mirrored at the outermost centres.
 *
 * @param size Pixels of a line.
 * @param stride Steps between the pixels of a line; lines fill the grid.
 * @source Unser 1999, IEEE Signal Processing Magazine 16(6):22-38, box 2.
 */
export function splineCoefficients(values: Float64Array, size: number, stride: number): Float64Array {
  const coefficients = values.slice();
  if (size === 1) return coefficients;
  const gain = (1 - pole) * (1 - 1 / pole);
  const powers = Float64Array.from({ length: size }, (_, k) => pow(pole, k));
  const last = (size - 1) * stride;
  // The sum of a mirrored line: its period is 2 (size - 1).
  const period = 1 - powers[size - 1] * powers[size - 1];
  for (let group = 0; group < values.length; group += size * stride)
    for (let start = group; start < group + stride; start++) {
      let sum = values[start] + powers[size - 1] * values[start + last];
      for (let k = 1; k < size - 1; k++)
        sum += (powers[k] + powers[size - 1] * powers[size - 1 - k]) * values[start + k * stride];
      let previous = (gain * sum) / period;
      coefficients[start] = previous;
      for (let k = 1; k < size; k++) {
        const at = start + k * stride;
        previous = gain * values[at] + pole * previous;
        coefficients[at] = previous;
      }
      const end = start + last;
      previous = (pole / (pole * pole - 1)) * (coefficients[end] + pole * coefficients[end - stride]);
      coefficients[end] = previous;
      for (let k = size - 2; k >= 0; k--) {
        const at = start + k * stride;
        previous = pole * (previous - coefficients[at]);
        coefficients[at] = previous;
      }
    }
  return coefficients;
}

/**
 * The weights of the four coefficients around a position, the second at or before it.
 *
 * @param fraction Distance from the second, in [0, 1).
 * @returns They sum to 1.
 * @example splineWeights(0).map((weight) => Math.round(6 * weight)) // => [1, 4, 1, 0]
 */
export function splineWeights(fraction: number): [number, number, number, number] {
  const rest = 1 - fraction;
  const cube = fraction * fraction * fraction;
  return [
    (rest * rest * rest) / 6,
    2 / 3 - fraction * fraction + cube / 2,
    2 / 3 - rest * rest + (rest * rest * rest) / 2,
    cube / 6,
  ];
}
