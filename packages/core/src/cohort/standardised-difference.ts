import { NumericalError } from "../errors.ts";
import { isConstant, mean, sampleVariance } from "../math/statistics.ts";

/**
 * The standardised mean difference of a numeric variable, averaged over all pairs of groups.
 *
 * @param groups Values of each group without missing ones; at least two groups of at least two values.
 * @returns Mean of |difference of means| / sqrt(mean of the variances), not negative.
 * @throws {NumericalError} A group of fewer than two values, or a pair of groups without any variation.
 * @source Yang & Dalton 2012, SAS Global Forum 335; as R's tableone 0.13.
 * @example numericDifference([[1, 2, 3], [3, 4, 5]]) // => 2
 */
export function numericDifference(groups: readonly ArrayLike<number>[]): number {
  if (groups.length < 2 || groups.some(({ length }) => length < 2))
    throw new NumericalError("a standardised difference needs two values a group");
  const [means, variances] = [groups.map(mean), groups.map(sampleVariance)];
  return meanOverPairs(groups.length, (a, b) => {
    const [difference, variance] = [Math.abs(means[a] - means[b]), (variances[a] + variances[b]) / 2];
    if (isConstant(groups[a]) && isConstant(groups[b]))
      throw new NumericalError("a standardised difference is undefined: the values do not vary");
    return difference / Math.sqrt(variance);
  });
}

/**
 * The standardised difference of a variable with levels, averaged over all pairs of groups.
 *
 * @param groups Patients of each level, one array a group; no group may be empty.
 * @returns sqrt((p - q)' S^-1 (p - q)) with S the mean of the multinomial covariances, not negative.
 * @throws {NumericalError} An empty group, one level alone, or groups that share no level.
 * @source Yang & Dalton 2012, SAS Global Forum 335; as R's tableone 0.13.
 * @example categoricalDifference([[5, 5], [5, 5]]) // => 0
 */
export function categoricalDifference(groups: readonly (readonly number[])[]): number {
  const sizes = groups.map((counts) => counts.reduce((total, count) => total + count, 0));
  if (groups.length < 2 || sizes.includes(0))
    throw new NumericalError("a standardised difference needs patients in every group");
  const shares = groups.map((counts, g) => counts.map((count) => count / sizes[g]));
  return meanOverPairs(groups.length, (a, b) => mahalanobis(shares[a], shares[b]));
}

function meanOverPairs(groups: number, difference: (a: number, b: number) => number): number {
  let [total, pairs] = [0, 0];
  for (let a = 0; a < groups; a++)
    for (let b = a + 1; b < groups; b++) {
      total += difference(a, b);
      pairs++;
    }
  return total / pairs;
}

/** Distance of two multinomials; the first level that occurs is left out, since the shares sum to 1. */
function mahalanobis(p: readonly number[], q: readonly number[]): number {
  const levels = p.flatMap((share, level) => (share + q[level] > 0 ? [level] : [])).slice(1);
  if (levels.length === 0)
    throw new NumericalError("a standardised difference is undefined: there is one level alone");
  const covariance = levels.map((i) =>
    levels.map((j) => ((i === j ? p[i] + q[i] : 0) - p[i] * p[j] - q[i] * q[j]) / 2),
  );
  const difference = levels.map((level) => p[level] - q[level]);
  const solution = solvePositiveDefinite(covariance, difference);
  return Math.sqrt(
    Math.max(
      0,
      solution.reduce((total, value, i) => total + value * difference[i], 0),
    ),
  );
}

/** Solves a small symmetric positive definite system by elimination; the matrix and right side are used up. */
function solvePositiveDefinite(matrix: number[][], right: readonly number[]): number[] {
  const n = right.length;
  const solution = [...right];
  for (let pivot = 0; pivot < n; pivot++) {
    // A pivot that cancels to rounding means that the groups share no level: their distance is infinite.
    if (!(matrix[pivot][pivot] > 1e-12))
      throw new NumericalError("a standardised difference is undefined: the groups share no level");
    for (let row = pivot + 1; row < n; row++) {
      const factor = matrix[row][pivot] / matrix[pivot][pivot];
      for (let column = pivot; column < n; column++) matrix[row][column] -= factor * matrix[pivot][column];
      solution[row] -= factor * solution[pivot];
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let column = row + 1; column < n; column++) solution[row] -= matrix[row][column] * solution[column];
    solution[row] /= matrix[row][row];
  }
  return solution;
}
