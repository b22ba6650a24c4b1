import { exp } from "../math/elementary.ts";
import type { LevelGrid } from "../image/discretise.ts";
import type { Region } from "../image/region.ts";
import { type Cooccurrence, describeCooccurrence, mergeWeightedPairs } from "./cooccurrence.ts";
import { mergeWeighted, occupiedCells } from "./level-size-counts.ts";
import { type LevelSizeStatistics, describeLevelSizes } from "./level-size-statistics.ts";
import { type ToneDifferences, describeToneDifferences } from "./ngtdm.ts";
import {
  type TextureMatrices,
  closeRuns,
  createTextureMatrices,
  forwardOffsets,
  forwardSteps,
} from "./texture-matrices.ts";
import { type PassMemory, type PixelRange, countTexture, createPassMemory } from "./texture-pass.ts";

/** Which neighbours count and which matrices are merged before features are computed. */
export interface TextureAggregation {
  /** Whether the matrices of all directions are merged into one. */
  readonly merged: boolean;
  /** Neighbours in slices and matrices a slice (2d), in slices and one matrix (2.5d), or in the volume (3d). */
  readonly neighbourhood: "2d" | "2.5d" | "3d";
  /** Norm of the distance d by which directions are weighted when they are merged; absent: equal weights. */
  readonly weighting?: DistanceNorm;
  /** Whether runs are weighted by d, as in PyRadiomics, not by exp(-d²). */
  readonly runsByDistance?: boolean;
}

/** Norm in which the distance of neighbours is taken. */
export type DistanceNorm = "manhattan" | "euclidean" | "chebyshev";

/** Weights of the directions in a merged matrix, in their order. */
export interface DirectionWeights {
  readonly pairs: Float64Array;
  readonly runs: Float64Array;
}

/** What the binnings of one region share. */
export interface TexturePlan {
  readonly aggregation: TextureAggregation;
  readonly steps: Int32Array;
  /** Neighbours in the region of each region pixel. */
  readonly neighbours: Uint8Array;
  /** Null: merged directions have the same weight. */
  readonly weights: DirectionWeights | null;
  /** Null where distance zones are not wanted. */
  readonly distance: Int32Array | null;
  readonly memory: PassMemory;
}

/** Texture matrices of a set of pixels with the number of pixels. */
export interface CountedMatrices {
  readonly matrices: TextureMatrices;
  readonly pixels: number;
  /** Null: directions have the same weight. */
  readonly weights: DirectionWeights | null;
}

/**
 * Prepares the texture of a region: steps to neighbours, weights, memory.
 *
 * @param region Padded across slices for neighbours in the volume.
 * @param distance Of each pixel of the padded crop from the region's edge; null where distance zones are not wanted.
 */
export function planTexture(
  region: Pick<Region, "padded" | "positions" | "spacingMm">,
  aggregation: TextureAggregation,
  distance: Int32Array | null,
): TexturePlan {
  const { padded, positions } = region;
  const withinSlices = aggregation.neighbourhood !== "3d";
  const pixels = padded.width * padded.height * padded.depth;
  const steps = forwardSteps(padded, withinSlices);
  const longest = Math.max(padded.width, padded.height, padded.depth);
  return {
    aggregation,
    steps,
    neighbours: countNeighbours(pixels, positions, steps),
    weights: weightsOf(region, aggregation, steps.length),
    distance,
    memory: createPassMemory(pixels, steps.length, longest),
  };
}

/** exp(-d²), or d for PyRadiomics' runs; d in mm where the image states its spacing, else in pixels. */
function weightsOf(
  { spacingMm }: Pick<Region, "spacingMm">,
  { merged, weighting, runsByDistance }: TextureAggregation,
  directions: number,
): DirectionWeights | null {
  if (!merged || weighting === undefined) return null;
  const distances = Float64Array.from(forwardOffsets.slice(0, directions), (offset) => {
    const [x, y, z] = offset.map((step, axis) => Math.abs(step) * (spacingMm?.[axis] ?? 1));
    return lengthOf([x, y, z], weighting);
  });
  const pairs = distances.map((distance) => exp(-distance * distance));
  return { pairs, runs: runsByDistance === true ? distances : pairs };
}

function lengthOf([x, y, z]: readonly [number, number, number], norm: DistanceNorm): number {
  switch (norm) {
    case "manhattan":
      return x + y + z;
    case "euclidean":
      return Math.sqrt(x * x + y * y + z * z);
    case "chebyshev":
      return Math.max(x, y, z);
  }
}

function countNeighbours(pixels: number, positions: Int32Array, steps: Int32Array): Uint8Array {
  const inside = new Uint8Array(pixels);
  for (let k = 0; k < positions.length; k++) inside[positions[k]] = 1;
  const counts = new Uint8Array(positions.length);
  for (let direction = 0; direction < steps.length; direction++) {
    const step = steps[direction];
    for (let k = 0; k < positions.length; k++)
      counts[k] += inside[positions[k] + step] + inside[positions[k] - step];
  }
  return counts;
}

/**
 * The texture matrices of a binned region.
 *
 * @returns One set for each slice that has pixels (2d), else one set.
 * @source IBSI reference manual 3.6 to 3.11 on aggregation: averaged BTW3, JJUI, ITBB; merged SUJT, ZW7Z, IAZD.
 */
export function countTextureMatrices(grid: LevelGrid, plan: TexturePlan): CountedMatrices[] {
  const { aggregation, steps, weights } = plan;
  // Directions with weights of their own are merged after counting.
  const merged = aggregation.merged && weights === null;
  const create = () => createTextureMatrices(grid, steps.length, merged);
  const pass = { grid, ...plan };
  const all: PixelRange = [0, grid.positions.length];
  if (aggregation.neighbourhood === "2d")
    return slicesOf(grid).map((range) => {
      const matrices = create();
      countTexture(pass, range, matrices);
      closeRuns(matrices);
      return { matrices, pixels: range[1] - range[0], weights };
    });
  const matrices = create();
  const ranges = aggregation.neighbourhood === "3d" ? [all] : slicesOf(grid);
  for (const range of ranges) countTexture(pass, range, matrices);
  closeRuns(matrices);
  return [{ matrices, pixels: all[1], weights }];
}

function slicesOf({ sliceStarts }: LevelGrid): PixelRange[] {
  return Array.from(sliceStarts.subarray(1), (end, slice): PixelRange => [sliceStarts[slice], end]).filter(
    ([first, end]) => end > first,
  );
}

/** The co-occurrence matrices that have a pair. */
export function cooccurrences(counted: readonly CountedMatrices[]): Cooccurrence[] {
  return counted.flatMap(({ matrices: { levels, matrices }, weights }) => {
    const directions = matrices.map(({ pairTable: table, pairKeys: keys }) => ({ levels, table, keys }));
    const distinct = weights === null ? directions : [mergeWeightedPairs(directions, weights.pairs)];
    return distinct.flatMap((pairs) => describeCooccurrence(pairs) ?? []);
  });
}

/** The statistics of the run length matrices; a merged matrix counts each pixel once a direction. */
export function runLengths(counted: readonly CountedMatrices[]): LevelSizeStatistics[] {
  return counted.flatMap(({ matrices: { matrices, ofDirection }, pixels, weights }) => {
    const directions = matrices.map(({ runs }) => occupiedCells(runs));
    if (weights === null) {
      const times = ofDirection.length / matrices.length;
      return directions.flatMap((runs) => describeLevelSizes(runs, pixels * times) ?? []);
    }
    const weightedPixels = pixels * weights.runs.reduce((sum, weight) => sum + weight, 0);
    return describeLevelSizes(mergeWeighted(directions, weights.runs), weightedPixels) ?? [];
  });
}

/** The statistics of the zone or dependence matrices. */
export function levelSizes(
  counted: readonly CountedMatrices[],
  which: "zones" | "distanceZones" | "dependences",
): LevelSizeStatistics[] {
  return counted.flatMap(
    ({ matrices, pixels }) => describeLevelSizes(occupiedCells(matrices[which]), pixels) ?? [],
  );
}

/** The neighbourhood grey tone difference matrices of slices where a pixel has a neighbour. */
export function toneDifferences(counted: readonly CountedMatrices[]): ToneDifferences[] {
  return counted.flatMap(({ matrices }) => describeToneDifferences(matrices.toneDifferences) ?? []);
}
