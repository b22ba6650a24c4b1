import { rectY, ruleX, ruleY, text, type Markish } from "@observablehq/plot";
import type { Evaluation } from "../validation/evaluation.ts";
import { horizontalAxis, roundTicks, verticalAxis } from "./axis.ts";
import type { EvaluationGroup } from "./dataset-name.ts";
import { drawPlot, type Drawing, type DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatPercent } from "./format.ts";
import { EVENT_COLOURS, INK } from "./palette.ts";
import { probabilityBins, type ProbabilityBin } from "./probability-bins.ts";
import type { ReportModel } from "./report-model.ts";
import { predictionsOf } from "./roc-figure.ts";
import { shorten } from "./shorten.ts";
import { lowered } from "./words.ts";

const BINS = 20;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

interface ModelBins {
  readonly evaluation: Evaluation;
  readonly bins: readonly ProbabilityBin[];
}

/** The predicted probabilities of patients with and without the event, one drawing a model; null without predictions. */
export function probabilityFigure(
  model: ReportModel,
  group: EvaluationGroup,
  document: DrawingDocument,
): ReportFigure | null {
  const drawn = group.evaluations.flatMap((evaluation): ModelBins[] => {
    const predictions = predictionsOf(model, group, evaluation.model);
    return predictions === null ? [] : [{ evaluation, bins: probabilityBins(predictions, BINS) }];
  });
  if (drawn.length === 0) return null;
  return {
    id: `probabilities-${group.dataset}-${group.method}`,
    title: `Predicted risk by outcome: ${lowered(group.label)}`,
    caption: `Share of the patients with the event (up) and without (down) whose predicted risk of ${model.study.outcomeLabel} lies in each twentieth. Dashed lines are the thresholds of the table of operating points.${group.method === "cross-validation" ? " Shares are means over the repeats." : ""}`,
    panels: drawn.map(({ evaluation, bins }) => ({
      name: evaluation.model,
      drawing: probabilityDrawing(evaluation, bins, document),
    })),
    data: {
      columns: ["model", "risk from", "risk to", "patients with the event", "patients without the event"],
      rows: drawn.flatMap(({ evaluation, bins }) =>
        bins.map(({ from, to, events, nonEvents }) => [evaluation.model, from, to, events, nonEvents]),
      ),
    },
  };
}

function probabilityDrawing(
  evaluation: Evaluation,
  bins: readonly ProbabilityBin[],
  document: DrawingDocument,
): Drawing {
  const totals = bins.reduce(
    (sum, bin) => ({ events: sum.events + bin.events, nonEvents: sum.nonEvents + bin.nonEvents }),
    { events: 0, nonEvents: 0 },
  );
  const shares = bins.map(({ from, to, events, nonEvents }) => ({
    x1: from + 0.003,
    x2: to - 0.003,
    up: events / totals.events,
    down: -nonEvents / totals.nonEvents,
  }));
  const highest = shares.reduce((most, { up, down }) => Math.max(most, up, -down), 0) * 1.16;
  const ticks = roundTicks(-highest, highest, 5);
  const name = shorten(evaluation.model, 24);
  const words = { stroke: "#ffffff", strokeWidth: 4, fontSize: 12, textAnchor: "start" } as const;
  const thresholds = evaluation.thresholds
    .flatMap(({ threshold }) => (threshold === null ? [] : [threshold]))
    .filter((threshold) => threshold >= 0 && threshold <= 1);
  const marks: Markish[] = [
    ...horizontalAxis({ label: "Predicted risk", ticks: TICKS, tickText: (value) => value.toFixed(1) }),
    ...verticalAxis({
      label: "Share of patients",
      ticks,
      tickText: (value) => formatPercent(Math.abs(value), 0),
      offset: 52,
    }),
    rectY(shares, { x1: "x1", x2: "x2", y1: 0, y2: "up", fill: EVENT_COLOURS.event }),
    rectY(shares, { x1: "x1", x2: "x2", y1: 0, y2: "down", fill: EVENT_COLOURS.none }),
    ruleX(thresholds, { stroke: INK, strokeWidth: 1, strokeDasharray: "3 2" }),
    ruleY([0], { stroke: INK, strokeWidth: 0.75 }),
    text([name], {
      text: [name],
      frameAnchor: "top-left",
      dy: -18,
      fill: INK,
      fontWeight: 700,
      ...words,
      fontSize: 13,
    }),
    text(["with"], {
      text: ["with the event"],
      frameAnchor: "top-right",
      dx: -4,
      dy: 3,
      fill: "#a34700",
      ...words,
      textAnchor: "end",
    }),
    text(["without"], {
      text: ["without"],
      frameAnchor: "bottom-right",
      dx: -4,
      dy: -3,
      fill: EVENT_COLOURS.none,
      ...words,
      textAnchor: "end",
    }),
  ];
  const options = {
    marginLeft: 62,
    marginBottom: 46,
    marginTop: 26,
    marginRight: 14,
    x: { domain: [0, 1] },
    y: { domain: [-highest, highest] },
  };
  return drawPlot(
    { ...options, marks },
    { label: `Predicted risk by outcome, model ${evaluation.model}`, width: 320, height: 280 },
    document,
  );
}
