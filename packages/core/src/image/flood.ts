/**
 * What can be reached from some pixels of a slice through open ones, by steps along rows and columns.
 *
 * @param seeds Indices into the slice; those that are not open reach nothing.
 * @param isOpen Not 0 for pixels that can be entered; shape [width * height].
 * @param width Of the slice.
 * @returns 1 for pixels that are reached; shape of `isOpen`.
 * @example [...reachedFrom([0], Uint8Array.of(1, 1, 0, 1), 4)] // => [1, 1, 0, 0]
 */
export function reachedFrom(seeds: readonly number[], isOpen: Uint8Array, width: number): Uint8Array {
  // Open pixels that are not reached yet: one array to look at.
  const left = isOpen.slice();
  const waiting = [...seeds];
  for (let seed = waiting.pop(); seed !== undefined; seed = waiting.pop()) {
    if (left[seed] === 0) continue;
    const row = seed - (seed % width);
    let [first, last] = [seed, seed];
    while (first > row && left[first - 1] !== 0) first--;
    while (last < row + width - 1 && left[last + 1] !== 0) last++;
    left.fill(0, first, last + 1);
    if (row > 0) listRuns(left, [first - width, last - width], waiting);
    if (row + width < left.length) listRuns(left, [first + width, last + width], waiting);
  }
  for (let p = 0; p < left.length; p++) left[p] = isOpen[p] !== 0 && left[p] === 0 ? 1 : 0;
  return left;
}

/** The first pixel of each run of open pixels in a stretch of a row. */
function listRuns(open: Uint8Array, [from, to]: readonly [number, number], waiting: number[]): void {
  for (let p = from, before = 0; p <= to; p++) {
    if (open[p] !== 0 && before === 0) waiting.push(p);
    before = open[p];
  }
}
