import type { Dimensions, Mask, Spacing } from "./image.ts";

/**
 * Euclidean distance of each pixel's centre from the nearest pixel of a set.
 *
 * @param isTarget Not 0 for pixels of the set; shape [width * height * depth].
 * @param spacing Size of a pixel along each axis; distances are in its unit.
 * @returns 0 in the set; Infinity everywhere where it is empty.
 * @source Felzenszwalb & Huttenlocher 2012, Theory of Computing 8:415-428: lower envelopes of parabolas, axis by axis.
 * @example [...distanceTransform([4, 1, 1], Uint8Array.of(1, 0, 0, 0), [0.5, 1, 1])] // => [0, 0.5, 1, 1.5]
 */
export function distanceTransform(
  dimensions: Dimensions,
  isTarget: Uint8Array,
  spacing: Spacing,
): Float64Array {
  const squared = new Float64Array(isTarget.length);
  for (let p = 0; p < isTarget.length; p++) squared[p] = isTarget[p] === 0 ? Infinity : 0;
  const axes = dimensions.map((size, axis) => ({
    size,
    stride: dimensions.slice(0, axis).reduce((product, other) => product * other, 1),
    step: spacing[axis],
  }));
  const last = axes.findLastIndex(({ size }) => size > 1);
  if (last >= 0) sweepAxis(squared, axes[last]);
  for (let axis = last - 1; axis >= 0; axis--) if (axes[axis].size > 1) transformAxis(squared, axes[axis]);
  for (let p = 0; p < squared.length; p++) squared[p] = Math.sqrt(squared[p]);
  return squared;
}

/**
 * Distance from the edge of a mask: below 0 inside, above 0 outside, the edge running halfway between pixel centres.
 *
 * @returns In the unit of `spacing`; not finite where the mask is empty or covers everything.
 */
export function signedDistance({ dimensions, values }: Mask, spacing: Spacing): Float64Array {
  const outside = new Uint8Array(values.length);
  for (let p = 0; p < values.length; p++) if (values[p] === 0) outside[p] = 1;
  const distance = distanceTransform(dimensions, values, spacing);
  const depth = distanceTransform(dimensions, outside, spacing);
  const half = Math.min(spacing[0], spacing[1]) / 2;
  for (let p = 0; p < values.length; p++)
    distance[p] = values[p] === 0 ? distance[p] - half : half - depth[p];
  return distance;
}

interface Axis {
  readonly size: number;
  readonly stride: number;
  readonly step: number;
}

/** Squared distances along the first axis of all, where only 0 and Infinity stand yet: two sweeps, all lines at once. */
function sweepAxis(squared: Float64Array, { stride, step }: Axis): void {
  for (let p = stride; p < squared.length; p++)
    if (squared[p] > squared[p - stride]) squared[p] = squared[p - stride] + 1;
  for (let p = squared.length - 1 - stride; p >= 0; p--)
    if (squared[p] > squared[p + stride] + 1) squared[p] = squared[p + stride] + 1;
  for (let p = 0; p < squared.length; p++) squared[p] = squared[p] * step * (squared[p] * step);
}

function transformAxis(squared: Float64Array, { size, stride, step }: Axis): void {
  const line = new Float64Array(size);
  const parabolas = { vertex: new Int32Array(size), from: new Float64Array(size + 1) };
  for (let group = 0; group < squared.length; group += size * stride)
    for (let start = group; start < group + stride; start++) {
      for (let k = 0; k < size; k++) line[k] = squared[start + k * stride];
      const last = lowerEnvelope(line, step, parabolas);
      if (last < 0) continue;
      for (let k = 0, current = 0; k < size; k++) {
        while (current < last && parabolas.from[current + 1] < k) current++;
        const distance = (k - parabolas.vertex[current]) * step;
        squared[start + k * stride] = distance * distance + line[parabolas.vertex[current]];
      }
    }
}

/** The parabolas of the lower envelope of a line; returns the index of the last one, -1 where there is none. */
function lowerEnvelope(
  line: Float64Array,
  step: number,
  { vertex, from }: { readonly vertex: Int32Array; readonly from: Float64Array },
): number {
  const square = step * step;
  let last = -1;
  for (let k = 0; k < line.length; k++) {
    if (line[k] === Infinity) continue;
    let crossing = -Infinity;
    while (last >= 0) {
      const other = vertex[last];
      crossing =
        (line[k] + square * k * k - line[other] - square * other * other) / (2 * square * (k - other));
      if (crossing > from[last]) break;
      last--;
    }
    last++;
    vertex[last] = k;
    from[last] = last === 0 ? -Infinity : crossing;
  }
  return last;
}
