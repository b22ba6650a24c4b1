import { type LevelGrid } from "../image/discretise.ts";
import { type PaddedSize } from "../image/region.ts";
import { denseLevels } from "./cooccurrence.ts";
import { type LevelSizeCounts, createLevelSizeCounts } from "./level-size-counts.ts";
import { type ToneDifferenceCounts } from "./ngtdm.ts";

/** Run lengths and zone sizes below this are counted in a table; longer ones are rare. */
const usualSizes = 64;

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
  readonly zones: LevelSizeCounts;
  readonly distanceZones: LevelSizeCounts;
  readonly dependences: LevelSizeCounts;
  readonly toneDifferences: ToneDifferenceCounts;
}

/** Half of the neighbours at Chebyshev distance 1, as steps in the padded crop; the other half are their negatives. */
export function forwardSteps({ width, height }: PaddedSize, withinSlices: boolean): Int32Array {
  const inPlane = [1, width - 1, width, width + 1];
  if (withinSlices) return Int32Array.from(inPlane);
  const plane = width * height;
  const around = [...inPlane, 0, ...inPlane.map((step) => -step)];
  return Int32Array.from([...inPlane, ...around.map((step) => plane + step)]);
}

/** Empty matrices for a neighbourhood of as many directions; merged: all directions count into one. */
export function createTextureMatrices(grid: LevelGrid, directions: number, merged: boolean): TextureMatrices {
  const { levels } = grid;
  const stride = levels + 1;
  const matrices = Array.from({ length: merged ? 1 : directions }, () => ({
    pairTable: new Uint32Array(levels <= denseLevels ? stride * stride : 0),
    pairKeys: [],
    runs: createLevelSizeCounts(levels, usualSizes),
  }));
  const columns = 2 * directions + 1;
  return {
    levels,
    matrices,
    ofDirection: Array.from({ length: directions }, (_, direction) => matrices[merged ? 0 : direction]),
    zones: createLevelSizeCounts(levels, usualSizes),
    distanceZones: createLevelSizeCounts(levels, usualSizes),
    dependences: createLevelSizeCounts(levels, columns + 1),
    toneDifferences: {
      levels,
      columns,
      pixels: new Float64Array(stride * columns),
      differences: new Float64Array(stride * columns),
    },
  };
}
