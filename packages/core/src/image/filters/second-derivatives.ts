import { type Block } from "./block.ts";

/** Smoothing and second derivative along one axis. */
export interface AxisPasses {
  smooth(block: Block, axis: number): Block;
  second(block: Block, axis: number): Block;
}

/**
 * The sum over axes of the second derivative along one and smoothing along the others, with seven passes in a volume
 * instead of nine: what is derived already and what is still to be derived go along each axis together.
 */
export function sumOfSecondDerivatives(source: Block, axes: number, { smooth, second }: AxisPasses): Block {
  let plain = source;
  let derived: Block | null = null;
  for (let axis = 0; axis < axes; axis++) {
    const next: Block = second(plain, axis);
    if (derived !== null) addTo(next.values, smooth(derived, axis).values);
    derived = next;
    if (axis + 1 < axes) plain = smooth(plain, axis);
  }
  return derived ?? source;
}

function addTo(sum: Float64Array, values: Float64Array): void {
  for (let k = 0; k < sum.length; k++) sum[k] += values[k];
}
