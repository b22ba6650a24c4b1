import { IMPORTANCE_REPEATS, type ModelImportance } from "../study/block-importance.ts";
import { formatFixed, formatSigned } from "./format.ts";
import type { PrintedRow, PrintedTable } from "./table.ts";

/** What the AUC of the models loses without the values of a block; null where no model has several blocks. */
export function importanceTable(importance: readonly ModelImportance[]): PrintedTable | null {
  if (importance.length === 0) return null;
  return {
    id: "importance",
    title: "Importance of the blocks",
    columns: ["Block", "Change of the AUC", "SD over permutations"],
    rows: importance.flatMap(({ model, baseline, blocks }): PrintedRow[] => [
      { kind: "heading", cells: [`Model ${model}: out-of-fold AUC ${formatFixed(baseline, 3)}`] },
      ...blocks.map(({ block, loss, standardDeviation }): PrintedRow => ({
        kind: "row",
        cells: [block, formatSigned(-loss, 3), formatFixed(standardDeviation, 3)],
      })),
    ]),
    note: `Mean change of the AUC over ${IMPORTANCE_REPEATS} permutations in which the values of a block are dealt to other patients of the same fold, all values of a patient together; first repeat of the cross-validation, models as fitted. A block that says what another one says too can be dealt away at little cost and still be informative. The SD is that of the permutations, not of the patients: it is no interval.`,
  };
}
