import { countLogCount, entropyFromSum } from "./entropy.ts";
import type { SparseMatrix } from "./level-size-counts.ts";

/**
 * The statistics that the run length, size zone, distance zone and dependence matrices share. p is the matrix of level i
 * and size j divided by its sum N_s.
 */
export interface LevelSizeStatistics {
  /** E[1 / j²] and E[j²]. */
  readonly smallEmphasis: number;
  readonly largeEmphasis: number;
  /** E[1 / i²] and E[i²]. */
  readonly lowLevelEmphasis: number;
  readonly highLevelEmphasis: number;
  /** E[1 / (i² j²)], E[i² / j²], E[j² / i²] and E[i² j²]. */
  readonly smallLowEmphasis: number;
  readonly smallHighEmphasis: number;
  readonly largeLowEmphasis: number;
  readonly largeHighEmphasis: number;
  /** Sum of the squared counts of each level, over N_s and over N_s². */
  readonly levelNonUniformity: number;
  readonly normalisedLevelNonUniformity: number;
  /** The same of each size. */
  readonly sizeNonUniformity: number;
  readonly normalisedSizeNonUniformity: number;
  /** N_s over the number of pixels that could have been counted. */
  readonly percentage: number;
  readonly levelVariance: number;
  readonly sizeVariance: number;
  /** In bits. */
  readonly entropy: number;
  /** Sum of p². */
  readonly energy: number;
}

/**
 * The statistics of a matrix of levels and sizes.
 *
 * @param pixels Pixels counted; for merged directions, once for each direction.
 * @returns Null where the matrix is empty.
 * @source IBSI reference manual 3.7 (GLRLM), with the same formulas in 3.8, 3.9 and 3.11.
 */
export function describeLevelSizes(matrix: SparseMatrix, pixels: number): LevelSizeStatistics | null {
  if (matrix.count.length === 0) return null;
  const total = sumOf(matrix.count);
  const levelSquares = marginalSquares(matrix.level, matrix.count);
  const sizeSquares = marginalSquares(matrix.size, matrix.count);
  const { squares, logarithms } = cellSums(matrix.count);
  return {
    ...emphases(matrix, total),
    levelNonUniformity: levelSquares / total,
    normalisedLevelNonUniformity: levelSquares / total / total,
    sizeNonUniformity: sizeSquares / total,
    normalisedSizeNonUniformity: sizeSquares / total / total,
    percentage: total / pixels,
    levelVariance: weightedVariance(matrix.level, matrix.count, total),
    sizeVariance: weightedVariance(matrix.size, matrix.count, total),
    entropy: entropyFromSum(logarithms, total),
    energy: squares / total / total,
  };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

type Emphases = Pick<
  LevelSizeStatistics,
  | "smallEmphasis"
  | "largeEmphasis"
  | "lowLevelEmphasis"
  | "highLevelEmphasis"
  | "smallLowEmphasis"
  | "smallHighEmphasis"
  | "largeLowEmphasis"
  | "largeHighEmphasis"
>;

function emphases({ level, size, count }: SparseMatrix, total: number): Emphases {
  let [small, large, low, high] = [0, 0, 0, 0];
  let [smallLow, smallHigh, largeLow, largeHigh] = [0, 0, 0, 0];
  for (let k = 0; k < count.length; k++) {
    const n = count[k];
    const i2 = level[k] * level[k];
    const j2 = size[k] * size[k];
    small += n / j2;
    large += n * j2;
    low += n / i2;
    high += n * i2;
    smallLow += n / (i2 * j2);
    smallHigh += (n * i2) / j2;
    largeLow += (n * j2) / i2;
    largeHigh += n * i2 * j2;
  }
  return {
    smallEmphasis: small / total,
    largeEmphasis: large / total,
    lowLevelEmphasis: low / total,
    highLevelEmphasis: high / total,
    smallLowEmphasis: smallLow / total,
    smallHighEmphasis: smallHigh / total,
    largeLowEmphasis: largeLow / total,
    largeHighEmphasis: largeHigh / total,
  };
}

/** Sum of the squared marginal counts of the keys. */
function marginalSquares(keys: Float64Array, count: Float64Array): number {
  const marginal = new Map<number, number>();
  for (let k = 0; k < keys.length; k++) marginal.set(keys[k], (marginal.get(keys[k]) ?? 0) + count[k]);
  let squares = 0;
  for (const n of marginal.values()) squares += n * n;
  return squares;
}

function cellSums(count: Float64Array): { squares: number; logarithms: number } {
  let [squares, logarithms] = [0, 0];
  for (const n of count) {
    squares += n * n;
    logarithms += countLogCount(n);
  }
  return { squares, logarithms };
}

function weightedVariance(values: Float64Array, weight: Float64Array, total: number): number {
  let mean = 0;
  for (let k = 0; k < values.length; k++) mean += weight[k] * values[k];
  mean /= total;
  let variance = 0;
  for (let k = 0; k < values.length; k++) variance += weight[k] * (values[k] - mean) * (values[k] - mean);
  return variance / total;
}
