/** Points that are compared with each other directly. */
const fewPoints = 128;

/** Cells along each side of the box of many points. */
const cellsASide = 6;

/**
 * The largest distance between two points, in the unit of the spacing.
 *
 * Many points are put into cells; pairs of cells are taken in the order of the largest distance that their boxes allow,
 * until no box allows more than what was found.
 *
 * @param points In half pixels: x, y and z of each; shape [3 n].
 * @param spacing Size of a pixel along x, y and z.
 * @returns 0 for a single point or none.
 * @example largestDistance(Int32Array.of(0, 0, 0, 6, 0, 0, 0, 4, 0), [1, 2, 1]) // => 5
 */
export function largestDistance(points: Int32Array, spacing: readonly number[]): number {
  const places = new Float64Array(points.length);
  for (let axis = 0; axis < 3; axis++)
    for (let k = axis; k < points.length; k += 3) places[k] = (points[k] * spacing[axis]) / 2;
  if (points.length <= 3 * fewPoints) return Math.sqrt(largestSquare(places, places));
  const cells = cellsOf(places);
  let largest = doubleSweep(places);
  const pairs: { readonly a: Cell; readonly b: Cell; readonly bound: number }[] = [];
  for (let k = 0; k < cells.length; k++)
    for (let l = k; l < cells.length; l++) {
      const bound = boundOf(cells[k], cells[l]);
      if (bound > largest) pairs.push({ a: cells[k], b: cells[l], bound });
    }
  pairs.sort((a, b) => b.bound - a.bound);
  for (const { a, b, bound } of pairs) {
    if (bound <= largest) break;
    largest = Math.max(largest, largestSquare(a.places, b.places));
  }
  return Math.sqrt(largest);
}

/** The square of a distance that is large: from any point to the farthest one, and from there again. */
function doubleSweep(places: Float64Array): number {
  let [from, square] = [0, 0];
  for (let sweep = 0; sweep < 3; sweep++) {
    const at = places.subarray(from, from + 3);
    let farthest = from;
    for (let k = 0; k < places.length; k += 3) {
      const [dx, dy, dz] = [places[k] - at[0], places[k + 1] - at[1], places[k + 2] - at[2]];
      const other = dx * dx + dy * dy + dz * dz;
      if (other > square) [square, farthest] = [other, k];
    }
    from = farthest;
  }
  return square;
}

interface Cell {
  readonly places: Float64Array;
  readonly least: readonly number[];
  readonly most: readonly number[];
}

function cellsOf(places: Float64Array): Cell[] {
  const { least, most } = boxOf(places);
  const side = least.map((value, axis) => Math.max(1e-9, most[axis] - value) / cellsASide);
  const members = new Map<number, number[]>();
  for (let k = 0; k < places.length; k += 3) {
    const [x, y, z] = [0, 1, 2].map((axis) =>
      Math.min(cellsASide - 1, Math.floor((places[k + axis] - least[axis]) / side[axis])),
    );
    const key = (z * cellsASide + y) * cellsASide + x;
    const cell = members.get(key);
    if (cell === undefined) members.set(key, [places[k], places[k + 1], places[k + 2]]);
    else cell.push(places[k], places[k + 1], places[k + 2]);
  }
  return [...members.values()].map((cell) => {
    const own = Float64Array.from(cell);
    return { places: own, ...boxOf(own) };
  });
}

function boxOf(places: Float64Array): { readonly least: number[]; readonly most: number[] } {
  const [least, most] = [
    [Infinity, Infinity, Infinity],
    [-Infinity, -Infinity, -Infinity],
  ];
  for (let k = 0; k < places.length; k++) {
    const axis = k % 3;
    if (places[k] < least[axis]) least[axis] = places[k];
    if (places[k] > most[axis]) most[axis] = places[k];
  }
  return { least, most };
}

/** The square of the largest distance that two boxes allow. */
function boundOf({ least, most }: Cell, other: Cell): number {
  let square = 0;
  for (let axis = 0; axis < 3; axis++) {
    const reach = Math.max(most[axis] - other.least[axis], other.most[axis] - least[axis]);
    square += reach * reach;
  }
  return square;
}

function largestSquare(first: Float64Array, second: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < first.length; k += 3) {
    const [x, y, z] = [first[k], first[k + 1], first[k + 2]];
    for (let l = 0; l < second.length; l += 3) {
      const [dx, dy, dz] = [second[l] - x, second[l + 1] - y, second[l + 2] - z];
      const square = dx * dx + dy * dy + dz * dz;
      if (square > largest) largest = square;
    }
  }
  return largest;
}
