/**
 * Visits every way to spread a total over rows that hold at most so many each.
 *
 * @param left The most that each row holds; shape [rows], at least one.
 * @param total What is spread, at most the sum of `left`.
 * @param visit Called with the counts, shape [rows]; the array is used again, and false ends the visits.
 * @returns False where a visit ended them.
 */
export function forEachFilling(
  left: Int32Array,
  total: number,
  visit: (filling: Int32Array) => boolean,
): boolean {
  const filling = new Int32Array(left.length);
  const room = Int32Array.from(left);
  for (let row = left.length - 2; row >= 0; row--) room[row] += room[row + 1];
  const fill = (row: number, rest: number): boolean => {
    if (row === left.length - 1) {
      filling[row] = rest;
      return visit(filling);
    }
    const most = Math.min(rest, left[row]);
    for (let count = Math.max(0, rest - room[row + 1]); count <= most; count++) {
      filling[row] = count;
      if (!fill(row + 1, rest - count)) return false;
    }
    return true;
  };
  return fill(0, total);
}
