import type { LevelGrid } from "../image/discretise.ts";
import type { PaddedSize } from "../image/region.ts";
import { denseLevels } from "./cooccurrence.ts";
import { type LevelSizeCounts, countPair, createLevelSizeCounts } from "./level-size-counts.ts";
import type { ToneDifferenceCounts } from "./ngtdm.ts";

/** Zone sizes below this are counted in a table; larger ones are rare. */
const usualSizes = 64;

/** Runs are counted in a table of up to so many cells, enough for all lengths where levels are few. */
const runCells = 65_536;

/** What the neighbours along a direction are counted into; merged directions share one. */
export interface DirectionalCounts {
  /** See `PairCounts`: a square table, or keys where there are many levels. */
  readonly pairTable: Uint32Array;
  readonly pairKeys: number[];
  readonly runs: LevelSizeCounts;
}

/** The texture matrices of one set of pixels: a slice, several slices, or a volume. */
export interface TextureMatrices {
  readonly levels: number;
  /** Distinct matrices: one a direction, or a single one. */
  readonly matrices: readonly DirectionalCounts[];
  /** The matrix of each direction of the neighbourhood. */
  readonly ofDirection: readonly DirectionalCounts[];
  /** The pair tables of all matrices, and where that of each direction starts. */
  readonly pairTable: Uint32Array;
  readonly pairOffsets: Int32Array;
  readonly zones: LevelSizeCounts;
  readonly distanceZones: LevelSizeCounts;
  readonly dependences: LevelSizeCounts;
  readonly toneDifferences: ToneDifferenceCounts;
}

/**
 * Half of the neighbours at Chebyshev distance 1 as offsets along x, y, z, those within the slice first; the other half
 * are their negatives.
 */
export const forwardOffsets = [
  [1, 0, 0],
  [-1, 1, 0],
  [0, 1, 0],
  [1, 1, 0],
  ...[-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => [x, y, 1])),
];

/** The forward offsets as steps in the padded crop. */
export function forwardSteps({ width, height }: PaddedSize, withinSlices: boolean): Int32Array {
  const offsets = withinSlices ? forwardOffsets.slice(0, 4) : forwardOffsets;
  return Int32Array.from(offsets, ([x, y, z]) => (z * height + y) * width + x);
}

/** Empty matrices for a neighbourhood of as many directions; merged: all directions count into one. */
export function createTextureMatrices(grid: LevelGrid, directions: number, merged: boolean): TextureMatrices {
  const { levels, padded } = grid;
  const cells = levels <= denseLevels ? (levels + 1) * (levels + 1) : 0;
  const distinct = merged ? 1 : directions;
  const pairTable = new Uint32Array(distinct * cells);
  const longest = Math.max(padded.width, padded.height, padded.depth);
  const runColumns = Math.max(usualSizes, Math.min(longest, Math.floor(runCells / (levels + 1))));
  const matrices = Array.from({ length: distinct }, (_, matrix) => ({
    pairTable: pairTable.subarray(matrix * cells, (matrix + 1) * cells),
    pairKeys: [],
    runs: createLevelSizeCounts(levels, runColumns),
  }));
  const columns = 2 * directions + 1;
  return {
    levels,
    matrices,
    ofDirection: Array.from({ length: directions }, (_, direction) => matrices[merged ? 0 : direction]),
    pairTable,
    pairOffsets: Int32Array.from({ length: directions }, (_, direction) => (merged ? 0 : direction * cells)),
    zones: createLevelSizeCounts(levels, usualSizes),
    distanceZones: createLevelSizeCounts(levels, usualSizes),
    dependences: createLevelSizeCounts(levels, columns + 1),
    toneDifferences: {
      levels,
      columns,
      pixels: new Float64Array((levels + 1) * columns),
      differences: new Float64Array((levels + 1) * columns),
    },
  };
}

/**
 * Turns the counts of pixels at each position of their run into counts of runs of each length: as many runs have length
 * L as pixels stand at position L - 1 and not as many at position L.
 */
export function closeRuns({ matrices, ofDirection, dependences, levels }: TextureMatrices): void {
  const directions = ofDirection.length / matrices.length;
  for (const { runs } of matrices) {
    const beyond = lastPositions(runs);
    for (let level = 1; level <= levels; level++)
      closeLevel(runs, level, directions * pixelsOfLevel(dependences, level), beyond.get(level) ?? [0]);
  }
}

function closeLevel(runs: LevelSizeCounts, level: number, pixels: number, beyond: readonly number[]): void {
  const { table, columns } = runs;
  const row = level * columns;
  let later = 0;
  for (let position = 1; position < columns; position++) later += table[row + position];
  table[row] = pixels - later - beyond.reduce((sum, count) => sum + count, 0);
  let longer = table[row + columns - 1];
  for (let length = columns - 1; length > 0; length--)
    table[row + length] = table[row + length - 1] - table[row + length];
  table[row] = 0;
  beyond.forEach((stillLonger, index) => {
    for (let run = stillLonger; run < longer; run++) countPair(runs, level, columns + index);
    longer = stillLonger;
  });
}

/** Pixels at the positions from `columns` on, by level and position; a 0 ends each list. */
function lastPositions({ large, columns }: LevelSizeCounts): Map<number, number[]> {
  const counts = new Map<number, number[]>();
  for (let k = 0; k < large.length; k += 2) {
    const ofLevel = counts.get(large[k]) ?? [0];
    const index = large[k + 1] - columns;
    while (ofLevel.length <= index + 1) ofLevel.push(0);
    ofLevel[index]++;
    counts.set(large[k], ofLevel);
  }
  large.length = 0;
  return counts;
}

function pixelsOfLevel({ table, columns }: LevelSizeCounts, level: number): number {
  let pixels = 0;
  for (let size = 0; size < columns; size++) pixels += table[level * columns + size];
  return pixels;
}
