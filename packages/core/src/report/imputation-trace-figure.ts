import { line, type Markish } from "@observablehq/plot";
import type { ColumnDiagnostics } from "../models/imputation/imputation-diagnostics.ts";
import { horizontalAxis, roundTicks, verticalAxis } from "./axis.ts";
import { type Drawing, type DrawingDocument, drawPlot } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatFixed } from "./format.ts";
import { OKABE_ITO } from "./palette.ts";
import { panelHeading } from "./panel-heading.ts";
import { shorten } from "./shorten.ts";
import { tickText } from "./tick-text.ts";

/** The mean of the imputed values of every column after each round, one line an imputation; null where none has two rounds. */
export function imputationTraceFigure(
  columns: readonly ColumnDiagnostics[],
  document: DrawingDocument,
): ReportFigure | null {
  const drawn = columns.filter(({ means }) => means[0].length > 1);
  if (drawn.length === 0) return null;
  return {
    id: "imputation-trace",
    title: "Convergence of the imputation",
    caption:
      "Mean of the imputed values after each round, one line an imputation; levels count as their codes from 0. Converged chains mix: they cross each other without a trend. The data hold the standard deviations too.",
    panels: drawn.map((column) => ({ name: column.name, drawing: traceDrawing(column, document) })),
    data: {
      columns: ["predictor", "imputation", "round", "mean", "standard deviation"],
      rows: drawn.flatMap(({ name, means, standardDeviations }) =>
        means.flatMap((chain, imputation) =>
          chain.map((mean, round) => [
            name,
            imputation + 1,
            round + 1,
            mean,
            standardDeviations[imputation][round],
          ]),
        ),
      ),
    },
  };
}

function traceDrawing(
  { label, unit, means, meanConvergence }: ColumnDiagnostics,
  document: DrawingDocument,
): Drawing {
  const rounds = means[0].length;
  const all = means.flat();
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const margin = most > least ? 0.06 * (most - least) : 0.5;
  const domain: [number, number] = [least - margin, most + margin];
  const ticks = roundTicks(domain[0], domain[1], 4);
  const convergence = meanConvergence === null ? "" : `, R-hat ${formatFixed(meanConvergence, 2)}`;
  const marks: readonly Markish[] = [
    ...horizontalAxis({
      label: "Round",
      ticks: roundTicks(1, rounds, 5).filter((tick) => Number.isInteger(tick)),
      tickText: (value) => formatFixed(value, 0),
    }),
    ...verticalAxis({
      label: unit === null ? "Mean" : `Mean (${unit})`,
      ticks,
      tickText: tickText(ticks),
      offset: 52,
    }),
    ...means.map((chain, imputation) =>
      line(
        chain.map((mean, round) => ({ round: round + 1, mean })),
        {
          x: "round",
          y: "mean",
          stroke: OKABE_ITO[imputation % OKABE_ITO.length],
          strokeWidth: 1.1,
          strokeOpacity: 0.75,
        },
      ),
    ),
    panelHeading(shorten(label, 34)),
  ];
  return drawPlot(
    {
      marginLeft: 62,
      marginBottom: 46,
      marginTop: 26,
      marginRight: 14,
      x: { domain: [1, rounds] },
      y: { domain },
      marks: [...marks],
    },
    {
      label: `Trace of the imputed mean of ${label}: ${means.length} imputations, ${rounds} rounds${convergence}`,
      width: 320,
      height: 240,
    },
    document,
  );
}
