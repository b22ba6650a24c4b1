/**
 * Probability that the rank-sum statistic of two samples without ties is at most a value, if they do not differ.
 *
 * @param statistic Pairs in which the first is larger, 0 to m n.
 * @param m Size of the first sample.
 * @param n Size of the second sample.
 * @returns Lower tail, from the exact numbers of arrangements.
 * @source Mann & Whitney 1947, Ann Math Stat 18:50-60, recurrence on the largest value.
 * @example rankSumProbability(1, 2, 2) // => 0.3333333333333333
 */
export function rankSumProbability(statistic: number, m: number, n: number): number {
  const most = m * n;
  // byFirst[i][w]: probability of w for i values of the first sample and those of the second dealt so far.
  const byFirst = Array.from({ length: m + 1 }, () => new Float64Array(most + 1));
  for (const probabilities of byFirst) probabilities[0] = 1;
  // The largest value belongs to the first sample, above j others, or to the second.
  for (let j = 1; j <= n; j++)
    for (let i = 1; i <= m; i++) {
      const [current, shorter, share] = [byFirst[i], byFirst[i - 1], i / (i + j)];
      for (let w = i * j; w >= 0; w--)
        current[w] = (1 - share) * current[w] + (w >= j ? share * shorter[w - j] : 0);
    }
  return cumulative(byFirst[m], statistic);
}

/**
 * Probability that the signed-rank statistic of n differences without ties is at most a value, if they are symmetric.
 *
 * @param statistic Sum of the ranks of positive differences, 0 to n (n + 1) / 2.
 * @param n Number of differences.
 * @returns Lower tail, from the exact numbers of subsets.
 * @source Wilcoxon 1945, Biometrics Bulletin 1:80-83.
 * @example signedRankProbability(0, 4) // => 0.0625
 */
export function signedRankProbability(statistic: number, n: number): number {
  const probabilities = new Float64Array((n * (n + 1)) / 2 + 1);
  probabilities[0] = 1;
  for (let rank = 1; rank <= n; rank++)
    for (let v = probabilities.length - 1; v >= 0; v--)
      probabilities[v] = (probabilities[v] + (v >= rank ? probabilities[v - rank] : 0)) / 2;
  return cumulative(probabilities, statistic);
}

function cumulative(probabilities: Float64Array, statistic: number): number {
  const end = Math.floor(statistic + 1e-9);
  let total = 0;
  for (let value = 0; value <= end && value < probabilities.length; value++) total += probabilities[value];
  return Math.min(1, total);
}
