import { symmetricEigenvalues } from "../math/symmetric-eigenvalues.ts";
import type { PairCounts } from "./cooccurrence.ts";

/**
 * The maximal correlation coefficient of a symmetric co-occurrence matrix P: the second largest singular value of
 * D^-1/2 P D^-1/2, D being its marginals.
 *
 * Haralick's Q = D^-1 P D^-1 Pᵀ has their squares as eigenvalues, so that no product of matrices and no general solver
 * is needed.
 *
 * @returns In [0, 1]; 1 where one level occurs; null where there is no pair, or more levels occur than can be solved for.
 * @source Haralick, Shanmugam & Dinstein 1973, IEEE Trans SMC 3:610-621, feature 14; as in PyRadiomics.
 */
export function maximalCorrelation(pairs: PairCounts): number | null {
  const cells = symmetricCells(pairs);
  const levels = [...new Set(cells.flatMap(({ i, j }) => [i, j]))].sort((a, b) => a - b);
  if (levels.length === 0 || levels.length > mostLevels) return null;
  if (levels.length === 1) return 1;
  const place = new Map(levels.map((level, k) => [level, k]));
  const matrix = levels.map(() => new Float64Array(levels.length));
  for (const { i, j, count } of cells) {
    const [a, b] = [place.get(i)!, place.get(j)!];
    matrix[a][b] += count;
    matrix[b][a] += count;
  }
  const roots = matrix.map((row) => Math.sqrt(row.reduce((sum, count) => sum + count, 0)));
  matrix.forEach((row, a) => row.forEach((count, b) => (row[b] = count / (roots[a] * roots[b]))));
  const magnitudes = symmetricEigenvalues(matrix)
    .map(Math.abs)
    .sort((a, b) => b - a);
  return Math.min(1, magnitudes[1]);
}

/** Time grows with the third power: at this many levels a direction takes about a second. */
const mostLevels = 1024;

interface Cell {
  readonly i: number;
  readonly j: number;
  readonly count: number;
}

function symmetricCells({ levels, table, keys, keyWeights }: PairCounts): Cell[] {
  if (table.length === 0)
    return keys.map((key, k) => ({
      i: Math.floor(key / 65_536),
      j: key % 65_536,
      count: keyWeights?.[k] ?? 1,
    }));
  const cells: Cell[] = [];
  for (let i = 1; i <= levels; i++)
    for (let j = 1; j <= levels; j++) {
      const count = table[i * (levels + 1) + j];
      if (count !== 0) cells.push({ i, j, count });
    }
  return cells;
}
