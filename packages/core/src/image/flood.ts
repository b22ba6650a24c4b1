/**
 * What can be reached from some pixels of a slice through open ones, by steps along rows and columns.
 *
 * @param seeds Indices into the slice; reached, whether open or not.
 * @param isOpen Not 0 for pixels that can be entered; shape [width * height].
 * @param width Of the slice.
 * @returns 1 for pixels that are reached; shape of `isOpen`.
 * @example [...reachedFrom([0], Uint8Array.of(1, 1, 0, 1), 4)] // => [1, 1, 0, 0]
 */
export function reachedFrom(seeds: readonly number[], isOpen: Uint8Array, width: number): Uint8Array {
  const reached = new Uint8Array(isOpen.length);
  // Each pixel waits once: it is marked before it does.
  const waiting = new Int32Array(isOpen.length);
  let count = 0;
  for (const seed of seeds)
    if (reached[seed] === 0) {
      reached[seed] = 1;
      waiting[count++] = seed;
    }
  const steps = [-1, 1, -width, width];
  // A step from the first or last column would wrap; beyond the first and the last row there is nothing to enter.
  const blockedColumn = [0, width - 1, -1, -1];
  while (count > 0) {
    const p = waiting[--count];
    const x = p % width;
    for (let side = 0; side < 4; side++) {
      const next = p + steps[side];
      if (x === blockedColumn[side] || reached[next] !== 0 || !(isOpen[next] > 0)) continue;
      reached[next] = 1;
      waiting[count++] = next;
    }
  }
  return reached;
}
