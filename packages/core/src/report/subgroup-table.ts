import type { SubgroupTest } from "../study/evaluate-subgroups.ts";
import { evaluationGroups } from "./dataset-name.ts";
import { formatCount, formatFixed, formatPValue } from "./format.ts";
import type { ReportModel } from "./report-model.ts";
import type { PrintedRow, PrintedTable } from "./table.ts";

/** Fewer patients of an outcome than this make DeLong's variance, and a test with it, unreliable. */
export const FEW = 10;

/** Tests that a model ranks patients equally well in all levels of a variable; null where none was made. */
export function subgroupTable(model: ReportModel): PrintedTable | null {
  const { subgroupTests = [] } = model;
  if (subgroupTests.length === 0) return null;
  const hasFew = subgroupTests.some(({ fewest }) => fewest < FEW);
  const row = (test: SubgroupTest, position: number, tests: readonly SubgroupTest[]): PrintedRow => ({
    kind: "row",
    cells: [
      position > 0 && tests[position - 1].label === test.label ? "" : test.label,
      test.model,
      formatCount(test.levels),
      formatFixed(test.chiSquared, 2),
      formatCount(test.degreesOfFreedom),
      formatPValue(test.pValue),
      `${formatCount(test.fewest)}${test.fewest < FEW ? "*" : ""}`,
    ],
  });
  return {
    id: "subgroup-tests",
    title: "Tests that the AUC is the same in all levels of a variable",
    columns: ["Variable", "Model", "Levels", "Q", "df", "p", "Smallest class"],
    words: [1],
    rows: evaluationGroups(model).flatMap(({ dataset, label }): readonly PrintedRow[] => {
      const tests = subgroupTests.filter(({ within }) => within === dataset);
      return tests.length === 0 ? [] : [{ kind: "heading", cells: [label] }, ...tests.map(row)];
    }),
    note: `Cochran's Q with DeLong's variances (in cross-validation the means over repeats), between the levels with at least two patients of each outcome. Smallest class: the fewest patients of one outcome in such a level${hasFew ? `; *below ${FEW} the variances, and with them the test, cannot be trusted` : ""}. The ${formatCount(subgroupTests.length)} p-values are not adjusted for their number, and in groups of this size a test misses all but large differences: a large p-value does not show that a model does equally well everywhere.`,
  };
}
