import { pow } from "../math/elementary.ts";

/** The pole of the cubic B-spline's inverse filter, √3 - 2. */
const pole = Math.sqrt(3) - 2;

/** So many pixels away, pole^32 ≈ 5e-19, a value no longer changes a coefficient in double precision. */
export const splineReach = 34;

/**
 * The coefficients of the cubic B-splines that run through the lines of a grid, mirrored at the outermost centres.
 *
 * @param size Pixels of a line.
 * @param stride Steps between the pixels of a line; lines fill the grid.
 * @source Unser 1999, IEEE Signal Processing Magazine 16(6):22-38, box 2.
 * @example splineCoefficients(Float64Array.of(6, 6, 6), 3, 1) // => [6, 6, 6]
 */
export function splineCoefficients(values: Float64Array, size: number, stride: number): Float64Array {
  const coefficients = new Float64Array(values.length);
  if (size === 1) {
    coefficients.set(values);
    return coefficients;
  }
  const weights = firstWeights(size);
  const gain = (1 - pole) * (1 - 1 / pole);
  for (let group = 0; group < values.length; group += size * stride) {
    const afterLine = group + size * stride;
    for (let k = 0; k < weights.length; k++)
      for (let p = group, at = group + k * stride; p < group + stride; p++, at++)
        coefficients[p] += weights[k] * values[at];
    for (let at = group + stride; at < afterLine; at++)
      coefficients[at] = gain * values[at] + pole * coefficients[at - stride];
    for (let at = afterLine - stride; at < afterLine; at++)
      coefficients[at] = (pole / (pole * pole - 1)) * (coefficients[at] + pole * coefficients[at - stride]);
    for (let at = afterLine - stride - 1; at >= group; at--)
      coefficients[at] = pole * (coefficients[at + stride] - coefficients[at]);
  }
  return coefficients;
}

/** The first value of the causal filter is this weighted sum of a line, whose mirror images have period 2 (size - 1). */
function firstWeights(size: number): Float64Array {
  const gain = (1 - pole) * (1 - 1 / pole);
  const last = pow(pole, size - 1);
  const scale = gain / (1 - last * last);
  return Float64Array.from({ length: Math.min(size, splineReach) }, (_, k) => {
    const mirrored = k === 0 || k === size - 1 ? 0 : pow(pole, 2 * (size - 1) - k);
    return scale * (pow(pole, k) + mirrored);
  });
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
