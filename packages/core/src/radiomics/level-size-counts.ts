/**
 * How often each pair of a grey level and a size (run length, zone size, distance, dependence) occurs. Sizes below
 * `columns` are in a dense table, the few larger ones in a list: memory does not grow with the largest zone.
 */
export interface LevelSizeCounts {
  readonly levels: number;
  readonly columns: number;
  /** Occurrences of (level, size) at level * columns + size; shape [(levels + 1) * columns]. */
  readonly table: Uint32Array;
  /** Level and size by turns, one pair an occurrence, for sizes of at least `columns`. */
  readonly large: number[];
}

/**
 * An empty count.
 *
 * @param columns Sizes up to columns - 1 are counted in the table; as many as the usual sizes need.
 */
export function createLevelSizeCounts(levels: number, columns: number): LevelSizeCounts {
  return { levels, columns, table: new Uint32Array((levels + 1) * columns), large: [] };
}

/** Counts one occurrence of a level with a size. */
export function countPair(counts: LevelSizeCounts, level: number, size: number): void {
  if (size < counts.columns) counts.table[level * counts.columns + size]++;
  else counts.large.push(level, size);
}

/** The cells of a matrix that are not zero: level, size and count of each; each array has the shape [cells]. */
export interface SparseMatrix {
  readonly level: Float64Array;
  readonly size: Float64Array;
  readonly count: Float64Array;
}

/** The occupied cells of a matrix, by level and size within the table, then the large sizes. */
export function occupiedCells(counts: LevelSizeCounts): SparseMatrix {
  const { levels, columns, table } = counts;
  const large = mergeLarge(counts.large);
  let cells = large.length;
  for (const count of table) if (count !== 0) cells++;
  const [level, size, count] = [new Float64Array(cells), new Float64Array(cells), new Float64Array(cells)];
  let cell = 0;
  for (let i = 1; i <= levels; i++)
    for (let j = 1; j < columns; j++) {
      const occurrences = table[i * columns + j];
      if (occurrences === 0) continue;
      level[cell] = i;
      size[cell] = j;
      count[cell++] = occurrences;
    }
  for (const [i, j, occurrences] of large) {
    level[cell] = i;
    size[cell] = j;
    count[cell++] = occurrences;
  }
  return { level, size, count };
}

/**
 * The cells of several matrices as one, each matrix with its weight.
 *
 * @param weights One a matrix, above 0.
 */
export function mergeWeighted(matrices: readonly SparseMatrix[], weights: ArrayLike<number>): SparseMatrix {
  const cells = new Map<number, Cell>();
  matrices.forEach(({ level, size, count }, matrix) => {
    for (let k = 0; k < count.length; k++) {
      const key = level[k] * largestSize + size[k];
      const cell = cells.get(key);
      const weighted = count[k] * weights[matrix];
      if (cell === undefined) cells.set(key, [level[k], size[k], weighted]);
      else cell[2] += weighted;
    }
  });
  const merged = [...cells.values()];
  return {
    level: Float64Array.from(merged, ([level]) => level),
    size: Float64Array.from(merged, ([, size]) => size),
    count: Float64Array.from(merged, ([, , count]) => count),
  };
}

/** Above any run or zone; level times this is exact. */
const largestSize = 4_294_967_296;

type Cell = [level: number, size: number, count: number];

function mergeLarge(large: readonly number[]): Cell[] {
  const cells: Cell[] = [];
  for (let k = 0; k < large.length; k += 2) cells.push([large[k], large[k + 1], 1]);
  cells.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: Cell[] = [];
  for (const cell of cells) {
    const last = merged.at(-1);
    if (last?.[0] === cell[0] && last[1] === cell[1]) last[2]++;
    else merged.push(cell);
  }
  return merged;
}
