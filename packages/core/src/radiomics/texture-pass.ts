import { type LevelGrid } from "../image/discretise.ts";
import { countPair } from "./level-size-counts.ts";
import { type DirectionalCounts, type TextureMatrices } from "./texture-matrices.ts";

/** Region pixels from the first to before the last, as indices into `positions`. */
export type PixelRange = readonly [first: number, last: number];

/** Memory for passes over grids of one size; it needs no clearing between them. */
export interface PassMemory {
  /** Union-find forest of zones: a pixel's parent is itself or an earlier pixel of its zone. */
  readonly parent: Int32Array;
  /** Pixels of a zone at its first pixel. */
  readonly zoneSize: Int32Array;
  /** Pixels of the same level right before a pixel; 0 again once read. */
  readonly runBefore: Int32Array;
}

/** What all ranges of a pass over a grid have in common. */
export interface TexturePass {
  readonly grid: LevelGrid;
  /** Forward steps of the neighbourhood; none leads from one range into another. */
  readonly steps: Int32Array;
  /** Distance of each pixel of the padded crop from the region's edge; null: distance zones are not counted. */
  readonly distance: Int32Array | null;
  readonly memory: PassMemory;
}

/** Memory for passes over padded crops of as many pixels. */
export function createPassMemory(pixels: number): PassMemory {
  return {
    parent: new Int32Array(pixels),
    zoneSize: new Int32Array(pixels),
    runBefore: new Int32Array(pixels),
  };
}

/** Counts a range of pixels into texture matrices; the padding makes every neighbour readable without a test. */
export function countTexture(pass: TexturePass, range: PixelRange, into: TextureMatrices): void {
  pass.steps.forEach((step, direction) => countDirection(pass, range, step, into.ofDirection[direction]));
  countNeighbourhoods(pass, range, into);
  countZones(pass, range, into);
}

/** Pairs and runs along one direction. A run is counted at its last pixel, so that no line is ever walked. */
function countDirection(
  { grid, memory }: TexturePass,
  range: PixelRange,
  step: number,
  into: DirectionalCounts,
): void {
  const { values, positions, levels } = grid;
  const { pairTable, pairKeys, runs } = into;
  const { table, columns } = runs;
  const { runBefore } = memory;
  const stride = levels + 1;
  const dense = pairTable.length > 0;
  const last = range[1];
  for (let k = range[0]; k < last; k++) {
    const p = positions[k];
    const level = values[p];
    const ahead = values[p + step];
    if (dense) pairTable[level * stride + ahead]++;
    else if (ahead !== 0) pairKeys.push(Math.min(level, ahead) * 65_536 + Math.max(level, ahead));
    const length = runBefore[p] + 1;
    runBefore[p] = 0;
    if (ahead === level) runBefore[p + step] = length;
    else if (length < columns) table[level * columns + length]++;
    else countPair(runs, level, length);
  }
}

/** Tone differences and dependences, and the forest of zones, from all neighbours of each pixel. */
function countNeighbourhoods(
  { grid, steps, memory }: TexturePass,
  range: PixelRange,
  into: TextureMatrices,
): void {
  const { values, positions } = grid;
  const { parent } = memory;
  const { columns, pixels, differences } = into.toneDifferences;
  const { table, columns: dependenceColumns } = into.dependences;
  const last = range[1];
  for (let k = range[0]; k < last; k++) {
    const p = positions[k];
    const level = values[p];
    let neighbours = 0;
    let same = 1;
    let sum = 0;
    let root = p;
    parent[p] = p;
    for (let direction = 0; direction < steps.length; direction++) {
      const step = steps[direction];
      const ahead = values[p + step];
      const behind = values[p - step];
      sum += ahead + behind;
      if (ahead !== 0) neighbours++;
      if (behind !== 0) neighbours++;
      if (ahead === level) same++;
      if (behind === level) {
        same++;
        root = join(parent, root, p - step);
      }
    }
    table[level * dependenceColumns + same]++;
    pixels[level * columns + neighbours]++;
    differences[level * columns + neighbours] += Math.abs(level * neighbours - sum);
  }
}

/** Joins the zone of an earlier pixel to that of `root`; returns the root of both, the first pixel of the zone. */
function join(parent: Int32Array, root: number, pixel: number): number {
  let other = pixel;
  while (parent[other] !== other) {
    parent[other] = parent[parent[other]];
    other = parent[other];
  }
  if (other < root) {
    parent[root] = other;
    return other;
  }
  parent[other] = root;
  return root;
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
