import { type Markish, rectY, ruleX, ruleY, text } from "@observablehq/plot";
import type { PermutationEvidence, PermutedModel } from "../study/audit/evidence.ts";
import { horizontalAxis, roundTicks, verticalAxis } from "./axis.ts";
import { drawPlot, type Drawing, type DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatFixed } from "./format.ts";
import { EVENT_COLOURS, INK, MUTED } from "./palette.ts";
import { shorten } from "./shorten.ts";

/** Width of a bar in AUC. */
const WIDTH = 0.02;

/** AUCs with permuted outcomes and the one with the true outcomes, one drawing a model. */
export function auditPermutationFigure(
  { models, permutations }: PermutationEvidence,
  document: DrawingDocument,
): ReportFigure {
  const drawn = models.map((model) => ({ model, bars: barsOf(model.aucs) }));
  return {
    id: "audit-permutations",
    title: "AUC with permuted outcomes",
    caption: `Of each model that was learned again on ${permutations} permutations of the outcomes, all that is learned included: where nothing leaks the bars lie around 0.5. The strong line is the AUC with the true outcomes, the broken one the 95th percentile of the bars. AUCs are means over the folds of one cross-validation.`,
    panels: drawn.map(({ model, bars }) => ({
      name: model.model,
      drawing: permutationDrawing(model, bars, document),
    })),
    data: {
      columns: ["model", "AUC from", "AUC to", "permutations"],
      rows: drawn.flatMap(({ model, bars }) =>
        bars.map(({ from, to, count }) => [model.model, from, to, count]),
      ),
    },
  };
}

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

function barsOf(aucs: readonly number[]): readonly Bar[] {
  const bars = Math.round(1 / WIDTH);
  const counts = new Array<number>(bars).fill(0);
  for (const auc of aucs) counts[Math.min(bars - 1, Math.floor(auc / WIDTH))] += 1;
  return counts.flatMap((count, bar) =>
    count === 0 ? [] : [{ from: bar * WIDTH, to: (bar + 1) * WIDTH, count }],
  );
}

function permutationDrawing(
  { model, honest, mean, percentile95 }: PermutedModel,
  bars: readonly Bar[],
  document: DrawingDocument,
): Drawing {
  const highest = Math.max(...bars.map(({ count }) => count)) * 1.2;
  const halo = { stroke: "#ffffff", strokeWidth: 4, fontSize: 12 } as const;
  // The word beside the line lies on the side where there is room.
  const isRight = honest < 0.75;
  const marks: Markish[] = [
    ...horizontalAxis({
      label: "AUC",
      ticks: [0.2, 0.4, 0.6, 0.8, 1],
      tickText: (value) => formatFixed(value, 1),
    }),
    ...verticalAxis({
      label: "Permutations",
      ticks: roundTicks(0, highest, 5),
      tickText: (value) => formatFixed(value, 0),
      offset: 46,
    }),
    rectY(
      bars.map(({ from, to, count }) => ({ x1: from + 0.001, x2: to - 0.001, count })),
      { x1: "x1", x2: "x2", y: "count", fill: EVENT_COLOURS.none, fillOpacity: 0.75 },
    ),
    ruleX([percentile95], { stroke: MUTED, strokeWidth: 1.4, strokeDasharray: "5 3" }),
    ruleX([honest], { stroke: EVENT_COLOURS.event, strokeWidth: 2.6 }),
    ruleY([0], { stroke: INK, strokeWidth: 0.75 }),
    text([shorten(model, 24)], {
      text: [shorten(model, 24)],
      frameAnchor: "top-left",
      dy: -18,
      fill: INK,
      fontWeight: 700,
      ...halo,
      fontSize: 13,
    }),
    text(["mean"], {
      text: [`mean ${formatFixed(mean, 3)}`],
      frameAnchor: "top-right",
      dy: -18,
      fill: MUTED,
      textAnchor: "end",
      ...halo,
    }),
    text([honest], {
      x: [honest],
      y: [highest],
      text: [formatFixed(honest, 3)],
      dx: isRight ? 6 : -6,
      dy: 10,
      textAnchor: isRight ? "start" : "end",
      fill: "#a34700",
      ...halo,
    }),
  ];
  const options = {
    marginLeft: 56,
    marginBottom: 46,
    marginTop: 26,
    marginRight: 14,
    x: { domain: [Math.min(0.2, ...bars.map(({ from }) => from)), 1] },
    y: { domain: [0, highest] },
  };
  return drawPlot(
    { ...options, marks },
    { label: `AUC with permuted outcomes, model ${model}`, width: 320, height: 240 },
    document,
  );
}
