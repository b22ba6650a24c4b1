/**
 * The variance of weighted kappa as psych 2.2.9 prints it. Fleiss, Cohen and Everitt (1969) weight the shares of each
 * reader over the levels of the other; psych sums the weights of the first reader along the wrong side of the matrix.
 * The project keeps the published formula, which the delta method confirms; this shows that nothing else differs.
 */
import { type ContingencyTable, margins } from "../../packages/core/src/math/contingency-table.ts";

export function psychWeightedVariance(table: ContingencyTable): number {
  const k = table.rows;
  const { rows, columns, total } = margins(table);
  const weight = (i: number, j: number): number => 1 - ((i - j) / (k - 1)) ** 2;
  const levels = Array.from({ length: k }, (_, level) => level);
  const sum = (term: (level: number) => number): number =>
    levels.reduce((whole, level) => whole + term(level), 0);
  const share = (i: number, j: number): number => table.counts[j * k + i] / total;
  const observed = sum((i) => sum((j) => weight(i, j) * share(i, j)));
  const expected = sum((i) => sum((j) => (weight(i, j) * rows[i] * columns[j]) / total ** 2));
  const second = (i: number): number => sum((j) => (weight(i, j) * columns[j]) / total);
  const first = (j: number): number => (sum((i) => weight(j, i)) * rows[j]) / total;
  const spread = sum((i) =>
    sum((j) => share(i, j) * (weight(i, j) * (1 - expected) - (second(i) + first(j)) * (1 - observed)) ** 2),
  );
  const variance =
    (spread - (observed * expected - 2 * expected + observed) ** 2) / (total * (1 - expected) ** 4);
  // The wrong side can make it negative, which psych prints as 0.
  return Math.max(0, variance);
}
