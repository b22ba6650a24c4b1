import type { Mask } from "./image.ts";
import { firstInside } from "./mask.ts";

/** Pixels of one component share a face (4 neighbours in a frame, 6 in a volume) or at least a corner (8, 26). */
export type Connectivity = "faces" | "corners";

/** The connected components of a mask, in the order in which a scan by rows meets them. */
export interface Components {
  /** Component of each pixel, from 1; 0 outside the mask. */
  readonly labels: Int32Array;
  /** Pixels of each component; the component labelled k is at k - 1. */
  readonly sizes: readonly number[];
}

/**
 * The connected components of a mask.
 *
 * @returns No component where the mask is empty.
 * @source Rosenfeld and Pfaltz 1966, J ACM 13:471, with stretches of a row instead of pixels.
 * @example connectedComponents({ dimensions: [2, 2, 1], values: Uint8Array.of(1, 0, 0, 1) }, "corners").sizes // => [2]
 * @example connectedComponents({ dimensions: [2, 2, 1], values: Uint8Array.of(1, 0, 0, 1) }, "faces").sizes // => [1, 1]
 */
export function connectedComponents(mask: Mask, connectivity: Connectivity): Components {
  const stretches = findStretches(mask);
  const { starts, ends } = stretches;
  const parents = joinStretches(stretches, mask, connectivity);
  const labels = new Int32Array(mask.values.length);
  const labelOf = new Int32Array(starts.length);
  const sizes: number[] = [];
  for (let k = 0; k < starts.length; k++) {
    // A parent comes before its children.
    labelOf[k] = parents[k] === k ? sizes.push(0) : labelOf[parents[k]];
    sizes[labelOf[k] - 1] += ends[k] - starts[k];
    labels.fill(labelOf[k], starts[k], ends[k]);
  }
  return { labels, sizes };
}

/** Stretches of pixels inside a mask, none longer than its row, in the order of a scan by rows. */
interface Stretches {
  readonly starts: readonly number[];
  /** Position after the last pixel. */
  readonly ends: readonly number[];
  /** The first stretch of each row, counted over all slices, and at last the number of stretches. */
  readonly rowFirst: Int32Array;
}

function findStretches({ dimensions, values }: Mask): Stretches {
  const [width, height, depth] = dimensions;
  const [starts, ends]: [number[], number[]] = [[], []];
  const rowFirst = new Int32Array(height * depth + 1);
  let row = 0;
  for (
    let at = firstInside(values, 0, values.length);
    at >= 0;
    at = firstInside(values, ends.at(-1)!, values.length)
  ) {
    while (row < Math.floor(at / width)) rowFirst[++row] = starts.length;
    const rowEnd = (row + 1) * width;
    starts.push(at);
    while (at < rowEnd && values[at] !== 0) at++;
    ends.push(at);
  }
  rowFirst.fill(starts.length, row + 1);
  return { starts, ends, rowFirst };
}

/** The first stretch of each stretch's component. */
function joinStretches(stretches: Stretches, mask: Mask, connectivity: Connectivity): Int32Array {
  const [, height, depth] = mask.dimensions;
  const parents = Int32Array.from(stretches.starts, (_, k) => k);
  const join = (row: number, other: number) =>
    joinRows({ ...stretches, parents, width: mask.dimensions[0], reach }, row, other);
  const reach = connectivity === "corners" ? 1 : 0;
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      const row = z * height + y;
      if (stretches.rowFirst[row] === stretches.rowFirst[row + 1]) continue;
      if (y > 0) join(row, row - 1);
      for (let dy = -reach; dy <= reach; dy++)
        if (z > 0 && y + dy >= 0 && y + dy < height) join(row, row - height + dy);
    }
  for (let k = 0; k < parents.length; k++) parents[k] = parents[parents[k]];
  return parents;
}

interface RowJoin extends Stretches {
  readonly parents: Int32Array;
  readonly width: number;
  /** Pixels that stretches of neighbouring rows may miss each other by. */
  readonly reach: number;
}

/** Joins the stretches of two rows that touch; both rows are walked once. */
function joinRows(
  { starts, ends, rowFirst, parents, width, reach }: RowJoin,
  row: number,
  other: number,
): void {
  const shift = (row - other) * width;
  let [k, j] = [rowFirst[row], rowFirst[other]];
  while (k < rowFirst[row + 1] && j < rowFirst[other + 1]) {
    if (starts[k] < ends[j] + shift + reach && starts[j] + shift < ends[k] + reach) joinTwo(parents, k, j);
    if (ends[k] < ends[j] + shift) k++;
    else j++;
  }
}

/** The smaller root becomes the parent of the larger, so that a root is the first of its component. */
function joinTwo(parents: Int32Array, first: number, second: number): void {
  const [a, b] = [rootOf(parents, first), rootOf(parents, second)];
  parents[Math.max(a, b)] = Math.min(a, b);
}

function rootOf(parents: Int32Array, start: number): number {
  let at = start;
  while (parents[at] !== at) at = parents[at] = parents[parents[at]];
  return at;
}
