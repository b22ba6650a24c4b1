import { countLogCount, entropyFromSum, entropyOfCounts } from "./entropy.ts";

/** Levels above which pairs are kept as a sorted list instead of a square table. */
export const denseLevels = 1024;

/** Ordered pairs of levels of neighbouring pixels, counted as the pass meets them. */
export interface PairCounts {
  readonly levels: number;
  /** Pairs (i, j) at i * (levels + 1) + j, where j = 0 stands for outside and is ignored; empty for many levels. */
  readonly table: Uint32Array | Float64Array;
  /** The lower level * 65536 + the higher one, one entry a pair; used where the table is empty. */
  readonly keys: readonly number[];
  /** Weight of each entry of `keys`; absent: 1 each. */
  readonly keyWeights?: readonly number[];
}

/**
 * The pairs of several directions as one, each direction with its weight.
 *
 * @param weights One a direction, above 0.
 */
export function mergeWeightedPairs(
  directions: readonly PairCounts[],
  weights: ArrayLike<number>,
): PairCounts {
  const table = new Float64Array(directions[0].table.length);
  directions.forEach((pairs, direction) => {
    for (let cell = 0; cell < table.length; cell++) table[cell] += weights[direction] * pairs.table[cell];
  });
  return {
    levels: directions[0].levels,
    table,
    keys: directions.flatMap(({ keys }) => keys),
    keyWeights: directions.flatMap(({ keys }, direction) => keys.map(() => weights[direction])),
  };
}

/** The symmetric co-occurrence matrix by what its features need: joint sums and the marginals. */
export interface Cooccurrence {
  /** N_g, of the binning. */
  readonly levels: number;
  /** Largest p(i, j), sum of p(i, j)² and joint entropy in bits. */
  readonly maximum: number;
  readonly energy: number;
  readonly entropy: number;
  /** Mean, variance and entropy in bits of the marginal p(i). */
  readonly mean: number;
  readonly variance: number;
  readonly levelEntropy: number;
  /** p(i + j = k) at k, shape [2 N_g + 1]; p(|i - j| = k) at k, shape [N_g]; and their entropies in bits. */
  readonly sum: Float64Array;
  readonly difference: Float64Array;
  readonly sumEntropy: number;
  readonly differenceEntropy: number;
  /** What was counted, for features that need the matrix itself. */
  readonly pairs: PairCounts;
}

/**
 * The co-occurrence matrix of counted pairs, each counted in both orders.
 *
 * @returns Null where there is no pair.
 * @source IBSI reference manual 3.6; Haralick et al. 1973.
 */
export function describeCooccurrence(pairs: PairCounts): Cooccurrence | null {
  const { levels } = pairs;
  const counted: Counts = {
    level: new Float64Array(levels + 1),
    sum: new Float64Array(2 * levels + 1),
    difference: new Float64Array(levels),
    joint: { maximum: 0, squares: 0, logarithms: 0 },
  };
  if (pairs.table.length > 0) countTable(pairs, counted);
  else countKeys(pairs, counted);
  const total = counted.level.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const { maximum, squares, logarithms } = counted.joint;
  return {
    levels,
    maximum: maximum / total,
    energy: squares / total / total,
    entropy: entropyFromSum(logarithms, total),
    ...levelMoments(counted.level, total),
    levelEntropy: entropyOfCounts(counted.level, total),
    sum: counted.sum.map((count) => count / total),
    difference: counted.difference.map((count) => count / total),
    sumEntropy: entropyOfCounts(counted.sum, total),
    differenceEntropy: entropyOfCounts(counted.difference, total),
    pairs,
  };
}

/** Whole-number counts, unless weighted: exact, so that the order in which pixels are met changes nothing. */
interface Counts {
  readonly level: Float64Array;
  readonly sum: Float64Array;
  readonly difference: Float64Array;
  readonly joint: { maximum: number; squares: number; logarithms: number };
}

function countTable({ levels, table }: PairCounts, counted: Counts): void {
  const stride = levels + 1;
  for (let i = 1; i <= levels; i++) {
    const same = table[i * stride + i];
    if (same !== 0) addCell(counted, i, i, 2 * same);
    for (let j = i + 1; j <= levels; j++) {
      const count = table[i * stride + j] + table[j * stride + i];
      if (count !== 0) addCell(counted, i, j, count);
    }
  }
}

function countKeys({ keys, keyWeights }: PairCounts, counted: Counts): void {
  const order = Uint32Array.from(keys, (_, entry) => entry).sort((a, b) => keys[a] - keys[b] || a - b);
  for (let k = 0; k < order.length;) {
    const key = keys[order[k]];
    let count = 0;
    for (; k < order.length && keys[order[k]] === key; k++) count += keyWeights?.[order[k]] ?? 1;
    const [low, high] = [Math.floor(key / 65_536), key % 65_536];
    addCell(counted, low, high, low === high ? 2 * count : count);
  }
}

/** Adds the cells (i, j) and (j, i), each with `count`; one cell where i = j. */
function addCell({ level, sum, difference, joint }: Counts, i: number, j: number, count: number): void {
  const cells = i === j ? 1 : 2;
  level[i] += count;
  if (i !== j) level[j] += count;
  sum[i + j] += cells * count;
  difference[j - i] += cells * count;
  joint.maximum = Math.max(joint.maximum, count);
  joint.squares += cells * count * count;
  joint.logarithms += cells * countLogCount(count);
}

function levelMoments(counts: Float64Array, total: number): { mean: number; variance: number } {
  let mean = 0;
  for (let i = 0; i < counts.length; i++) mean += counts[i] * i;
  mean /= total;
  let variance = 0;
  for (let i = 0; i < counts.length; i++) variance += counts[i] * (i - mean) * (i - mean);
  return { mean, variance: variance / total };
}
