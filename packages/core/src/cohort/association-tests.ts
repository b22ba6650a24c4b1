import { InputError, NumericalError } from "../errors.ts";
import { chiSquareTest } from "../math/chi-square-test.ts";
import { contingencyTable } from "../math/contingency-table.ts";
import { fisherExactTest } from "../math/fisher-exact.ts";
import { kruskalWallis, wilcoxonRankSum } from "../math/rank-tests.ts";
import { oneWayAnova } from "../math/variance-analysis.ts";
import type { GroupTest } from "./table-one-row.ts";

/** Expected count below which the chi-square approximation is given up for Fisher's exact test. */
const SMALL_EXPECTED = 5;

/**
 * The rank test of a numeric variable between groups: Wilcoxon's for two, Kruskal and Wallis's for more.
 *
 * @param groups Values of each group without missing ones.
 * @returns The p-value, or null with the reason where a group is empty or all values are equal.
 */
export function rankTest(groups: readonly Float64Array[]): GroupTest {
  if (groups.length !== 2) return attempt("Kruskal-Wallis", () => ({ pValue: kruskalWallis(groups).pValue }));
  return attempt("Wilcoxon rank-sum", () => {
    const { pValue, method } = wilcoxonRankSum(groups[0], groups[1]);
    return { pValue, name: `Wilcoxon rank-sum (${method})` };
  });
}

/**
 * The test of the means between groups: analysis of variance with equal variances, for two groups the t-test.
 *
 * @param groups Values of each group without missing ones.
 * @returns The p-value, or null with the reason where there are too few values or they do not vary.
 */
export function meanTest(groups: readonly Float64Array[]): GroupTest {
  const name = groups.length === 2 ? "t-test (equal variances)" : "analysis of variance (equal variances)";
  return attempt(name, () => ({ pValue: oneWayAnova(groups).pValue }));
}

/**
 * The test of a variable with levels between groups: chi-square, with Yates's correction for a 2 by 2 table, or Fisher's
 * exact test where an expected count is below 5.
 *
 * @param groups Patients of each level, one array a group.
 * @returns The p-value, or null with the reason where one level or one group alone has patients.
 */
export function levelsTest(groups: readonly (readonly number[])[]): GroupTest {
  return attempt("chi-square", () => {
    const table = contingencyTable(groups);
    const { pValue, smallestExpected, degreesOfFreedom } = chiSquareTest(table, true);
    if (smallestExpected >= SMALL_EXPECTED)
      return { pValue, name: degreesOfFreedom === 1 ? "chi-square (Yates's correction)" : "chi-square" };
    const fisher = fisherExactTest(table);
    const how = fisher.simulatedTables === null ? "" : ` (${fisher.simulatedTables} simulated tables)`;
    return { pValue: fisher.pValue, name: `Fisher's exact${how}` };
  });
}

function attempt(name: string, test: () => { readonly pValue: number; readonly name?: string }): GroupTest {
  try {
    const result = test();
    return { name: result.name ?? name, pValue: result.pValue, reason: null };
  } catch (error) {
    if (error instanceof InputError || error instanceof NumericalError)
      return { name, pValue: null, reason: error.message };
    throw error;
  }
}
