import type { LevelGrid } from "../image/discretise.ts";
import { countPair } from "./level-size-counts.ts";
import type { TextureMatrices } from "./texture-matrices.ts";

/** Region pixels from the first to before the last, as indices into `positions`. */
export type PixelRange = readonly [first: number, last: number];

/** Memory for passes over grids of one size. */
export interface PassMemory {
  /** Union-find forest of zones: a pixel's parent is itself or an earlier pixel of its zone. */
  readonly parent: Int32Array;
  /** Pixels of a zone at its first pixel. */
  readonly zoneSize: Int32Array;
  /** Earlier neighbours of the same level. */
  readonly sameBefore: Uint8Array;
  /** Pixels of the same level right before a pixel, by pixel and direction; shape [pixels * directions]. */
  readonly runBefore: Uint8Array | Uint16Array;
}

/** What all ranges of a pass over a grid have in common. */
export interface TexturePass {
  readonly grid: LevelGrid;
  /** Forward steps of the neighbourhood; none leads from one range into another. */
  readonly steps: Int32Array;
  /** Neighbours in the region of each region pixel; the shape of `positions`. */
  readonly neighbours: Uint8Array;
  /** Distance of each pixel of the padded crop from the region's edge; null: distance zones are not counted. */
  readonly distance: Int32Array | null;
  readonly memory: PassMemory;
}

/** Memory for passes over padded crops of as many pixels, whose lines are no longer than `longest`. */
export function createPassMemory(pixels: number, directions: number, longest: number): PassMemory {
  return {
    parent: new Int32Array(pixels),
    zoneSize: new Int32Array(pixels),
    sameBefore: new Uint8Array(pixels),
    runBefore: longest < 256 ? new Uint8Array(pixels * directions) : new Uint16Array(pixels * directions),
  };
}

/** Counts a range of pixels into texture matrices; the padding makes every neighbour readable without a test. */
export function countTexture(pass: TexturePass, range: PixelRange, into: TextureMatrices): void {
  clearMemory(pass, range);
  countNeighbours(pass, range, into);
  if (into.pairTable.length === 0) listPairs(pass, range, into);
  countZones(pass, range, into);
}

/** Every pixel its own zone, in no run, without equal neighbours. */
function clearMemory({ grid, steps, memory }: TexturePass, [first, last]: PixelRange): void {
  const { positions } = grid;
  const { parent, sameBefore, runBefore } = memory;
  const [start, end] = [positions[first], positions[last - 1] + 1];
  sameBefore.fill(0, start, end);
  runBefore.fill(0, start * steps.length, end * steps.length);
  for (let p = start; p < end; p++) parent[p] = p;
}

/**
 * Pairs, runs, tone differences, dependences and the forest of zones in one pass.
 *
 * A pixel looks ahead for pairs; only a neighbour of the same level costs more than a count. `runs` counts, for each
 * level and position of at least 1, the pixels that stand there in their run: the runs longer than that position.
 */
function countNeighbours(
  { grid, steps, neighbours, memory }: TexturePass,
  range: PixelRange,
  into: TextureMatrices,
): void {
  const { values, positions, levels } = grid;
  const { parent, sameBefore, runBefore } = memory;
  const { pairTable, pairOffsets, ofDirection } = into;
  const { columns, pixels, differences } = into.toneDifferences;
  const { table, columns: dependenceColumns } = into.dependences;
  const directions = steps.length;
  const stride = levels + 1;
  const last = range[1];
  for (let k = range[0]; k < last; k++) {
    const p = positions[k];
    const level = values[p];
    const row = level * stride;
    let [same, sum, root] = [1 + sameBefore[p], 0, -1];
    for (let direction = 0; direction < directions; direction++) {
      const step = steps[direction];
      const next = p + step;
      const ahead = values[next];
      sum += ahead + values[p - step];
      // Past the end of an empty table, where pairs are listed instead, this does nothing.
      pairTable[pairOffsets[direction] + row + ahead]++;
      if (ahead !== level) continue;
      same++;
      sameBefore[next]++;
      const before = runBefore[p * directions + direction] + 1;
      runBefore[next * directions + direction] = before;
      countPair(ofDirection[direction].runs, level, before);
      if (root < 0) root = rootOf(parent, p);
      // A pixel ahead that no zone has reached yet joins without a search.
      if (parent[next] === next) parent[next] = root;
      else root = join(parent, root, rootOf(parent, next));
    }
    const inside = neighbours[k];
    table[level * dependenceColumns + same]++;
    pixels[level * columns + inside]++;
    differences[level * columns + inside] += Math.abs(level * inside - sum);
  }
}

function rootOf(parent: Int32Array, pixel: number): number {
  let at = pixel;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]];
    at = parent[at];
  }
  return at;
}

/** Joins two zones by their roots; the first pixel of the zone is its root. */
function join(parent: Int32Array, first: number, second: number): number {
  if (first < second) {
    parent[second] = first;
    return first;
  }
  parent[first] = second;
  return second;
}

/** Pairs of very many levels, whose table would be mostly empty. */
function listPairs({ grid, steps }: TexturePass, [first, last]: PixelRange, into: TextureMatrices): void {
  const { values, positions } = grid;
  steps.forEach((step, direction) => {
    const { pairKeys } = into.ofDirection[direction];
    for (let k = first; k < last; k++) {
      const level = values[positions[k]];
      const ahead = values[positions[k] + step];
      if (ahead !== 0) pairKeys.push(Math.min(level, ahead) * 65_536 + Math.max(level, ahead));
    }
  });
}

/** Sizes of the zones and their distances from the edge. Parents come first, so one sweep finds all roots. */
function countZones({ grid, distance, memory }: TexturePass, range: PixelRange, into: TextureMatrices): void {
  const { values, positions } = grid;
  const { parent, zoneSize } = memory;
  const [first, last] = range;
  for (let k = first; k < last; k++) {
    const p = positions[k];
    const root = parent[parent[p]];
    parent[p] = root;
    if (root === p) zoneSize[p] = 1;
    else zoneSize[root]++;
  }
  const nearest = distance === null ? null : zoneDistances(positions, range, { parent, distance });
  for (let k = first; k < last; k++) {
    const p = positions[k];
    if (parent[p] !== p) continue;
    countPair(into.zones, values[p], zoneSize[p]);
    if (nearest !== null) countPair(into.distanceZones, values[p], nearest[p]);
  }
}

interface Zones {
  /** Root of the zone of each pixel. */
  readonly parent: Int32Array;
  readonly distance: Int32Array;
}

/** Smallest distance of each zone, at its root. */
function zoneDistances(
  positions: Int32Array,
  [first, last]: PixelRange,
  { parent, distance }: Zones,
): Int32Array {
  const nearest = distance.slice();
  for (let k = first; k < last; k++) {
    const p = positions[k];
    if (distance[p] < nearest[parent[p]]) nearest[parent[p]] = distance[p];
  }
  return nearest;
}
