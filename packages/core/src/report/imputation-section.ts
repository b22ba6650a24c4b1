import type { ColumnDiagnostics } from "../models/imputation/imputation-diagnostics.ts";
import type { DrawingDocument } from "./drawing.ts";
import { formatFixed, formatShare } from "./format.ts";
import type { Html } from "./html.ts";
import { imputationDistributionFigure } from "./imputation-distribution-figure.ts";
import { imputationTraceFigure } from "./imputation-trace-figure.ts";
import type { Numbering } from "./numbering.ts";
import type { PrintedTable } from "./table.ts";

/**
 * What was missing, whether the imputation converged, and what it gave.
 *
 * @param columns Null or none where nothing was imputed by chained equations.
 */
export function imputationSection(
  columns: readonly ColumnDiagnostics[] | null,
  numbering: Numbering,
  document: DrawingDocument,
): readonly (Html | null)[] {
  if (columns === null || columns.length === 0) return [];
  return [
    numbering.table(imputationTable(columns)),
    numbering.figure(imputationTraceFigure(columns, document)),
    numbering.figure(imputationDistributionFigure(columns, document)),
  ];
}

function imputationTable(columns: readonly ColumnDiagnostics[]): PrintedTable {
  return {
    id: "imputation",
    title: "Missing values of the development set and the convergence of their imputation",
    columns: ["Predictor", "Missing", "R-hat of the mean", "R-hat of the standard deviation"],
    rows: columns.map(({ label, missing, patients, meanConvergence, deviationConvergence }) => ({
      kind: "row" as const,
      cells: [
        label,
        formatShare(missing, patients),
        formatFixed(meanConvergence, 2),
        formatFixed(deviationConvergence, 2),
      ],
    })),
    note: "R-hat compares the spread of the imputed values' mean (or standard deviation) between the imputations with that within each over the rounds; above about 1.1 the chains have not converged, and more rounds are needed. With few rounds it varies much by chance.",
  };
}
