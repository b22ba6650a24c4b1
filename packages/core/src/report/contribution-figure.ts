import type { ContributionSummary } from "../models/learned-contributions.ts";
import { roundTicks } from "./axis.ts";
import type { DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { drawForest, type ForestRow } from "./forest.ts";
import { formatSignificant } from "./format.ts";
import { OKABE_ITO } from "./palette.ts";

/** A figure shows at most so many inputs, those with the largest contributions. */
const MOST_ROWS = 30;

/** A correlation of value and contribution beyond this is called a direction. */
const CLEAR_DIRECTION = 0.5;

/** How much a learner's inputs move its answer; null where fewer than two do. */
export function contributionFigure(
  name: string,
  { scale, rows }: ContributionSummary,
  document: DrawingDocument,
): ReportFigure | null {
  const used = rows.filter(({ meanAbsolute }) => meanAbsolute > 0);
  if (used.length < 2) return null;
  const shown = used.slice(0, MOST_ROWS);
  const most = shown[0].meanAbsolute * 1.06;
  const drawing = drawForest(
    shown.map(({ label, meanAbsolute, direction }): ForestRow => ({
      label,
      isHeading: false,
      cells: [directionWords(direction)],
      value: meanAbsolute,
      lower: 0,
      upper: meanAbsolute,
      printed: formatSignificant(meanAbsolute, 2),
      colour: OKABE_ITO[0],
    })),
    {
      axis: {
        label: `Mean absolute contribution (${scale})`,
        ticks: roundTicks(0, most, 5),
        tickText: (tick) => String(tick),
      },
      domain: [0, most],
      reference: 0,
      columns: [{ head: "larger values", width: 120 }],
      printedHead: "mean |SHAP|",
      labelWidth: 228,
      width: 680,
      description: `Mean absolute contributions of the inputs of model ${name}`,
    },
    document,
  );
  const left =
    used.length > shown.length ? ` The ${shown.length} largest of ${used.length}; the table holds all.` : "";
  return {
    id: `contributions-${name}`,
    title: `What moves the answer of model ${name}`,
    caption: `Mean absolute Shapley value of each input over the patients that the model learned from, on the scale of ${scale === "log odds" ? "its log odds" : "the share of its trees"}; what larger values of an input do is the sign of Spearman's correlation of value and contribution, where it exceeds ${CLEAR_DIRECTION} in size.${left} A contribution to a prediction is no effect of a cause.`,
    panels: [{ name: "contributions", drawing }],
    data: {
      columns: ["input", "mean absolute contribution", "correlation of value and contribution"],
      rows: used.map(({ label, meanAbsolute, direction }) => [label, meanAbsolute, direction]),
    },
  };
}

function directionWords(direction: number | null): string {
  if (direction === null) return "levels differ";
  if (Math.abs(direction) < CLEAR_DIRECTION) return "both ways";
  return direction > 0 ? "raise it" : "lower it";
}
