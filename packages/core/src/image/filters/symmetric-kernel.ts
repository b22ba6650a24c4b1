import { type ExtendedLine, readLine } from "./extended-line.ts";
import type { LineFilter } from "./second-derivatives.ts";

/**
 * A filter of lines by a kernel that is the same on both sides.
 *
 * @param half Weights from the centre outwards.
 * @param line Pixels whose responses are kept, and as many on both sides as the kernel reaches.
 */
export function symmetricFilter(half: Float64Array, line: ExtendedLine): LineFilter {
  const pixels = line.indices.length;
  const kept = pixels - 2 * (half.length - 1);
  const room = new Float64Array(pixels + 4);
  return ({ values, start, length, count }, { values: responses, pitch, adds }) => {
    for (let k = 0; k < count; k++) {
      readLine(values, start + k * length, line, { into: room, at: 0 });
      correlate(room, half, { values: responses, at: k * pitch, kept }, adds);
    }
  };
}

interface Target {
  readonly values: Float64Array;
  readonly at: number;
  readonly kept: number;
}

/** Four responses are summed at a time, so that each pixel is loaded once for all of them. */
function correlate(
  values: Float64Array,
  half: Float64Array,
  { values: responses, at: target, kept }: Target,
  adds: boolean,
): void {
  const reach = half.length - 1;
  for (let k = 0; k < kept; k += 4) {
    const at = reach + k;
    let l0 = values[at];
    let l1 = values[at + 1];
    let l2 = values[at + 2];
    let l3 = values[at + 3];
    let r0 = l0;
    let r1 = l1;
    let r2 = l2;
    let r3 = l3;
    const middle = half[0];
    let s0 = middle * l0;
    let s1 = middle * l1;
    let s2 = middle * l2;
    let s3 = middle * l3;
    for (let i = 1; i <= reach; i++) {
      l3 = l2;
      l2 = l1;
      l1 = l0;
      l0 = values[at - i];
      r0 = r1;
      r1 = r2;
      r2 = r3;
      r3 = values[at + i + 3];
      const weight = half[i];
      s0 += weight * (l0 + r0);
      s1 += weight * (l1 + r1);
      s2 += weight * (l2 + r2);
      s3 += weight * (l3 + r3);
    }
    const into = target + k;
    if (adds) {
      s0 += responses[into];
      s1 += responses[into + 1];
      s2 += responses[into + 2];
      s3 += responses[into + 3];
    }
    responses[into] = s0;
    responses[into + 1] = s1;
    responses[into + 2] = s2;
    responses[into + 3] = s3;
  }
}
