import { areaY, line, rectY, ruleY, text, type Markish } from "@observablehq/plot";
import type { Evaluation } from "../validation/evaluation.ts";
import { horizontalAxis, verticalAxis } from "./axis.ts";
import { clipBetween } from "./clip-line.ts";
import type { EvaluationGroup } from "./dataset-name.ts";
import { drawPlot, type Drawing, type DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { CURVE_PATIENTS } from "../validation/evaluate.ts";
import { formatCount, formatEstimate, formatFixed } from "./format.ts";
import { EVENT_COLOURS, INK, MUTED } from "./palette.ts";
import { probabilityBins, type ProbabilityBin } from "./probability-bins.ts";
import type { ReportModel } from "./report-model.ts";
import { predictionsOf } from "./roc-figure.ts";
import { shorten } from "./shorten.ts";
import { lowered } from "./words.ts";

const BAND = "#56B4E9";
const LINE = "#0072B2";
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Below the curve: bars of patients with the event go up from the middle, others go down. */
const STRIP = { middle: -0.13, half: 0.085 };

/**
 * Calibration curves, one drawing a model, on one data set; null where no curve exists.
 */
export function calibrationFigure(
  model: ReportModel,
  group: EvaluationGroup,
  document: DrawingDocument,
): ReportFigure | null {
  const drawn = group.evaluations.filter(({ calibration }) => calibration.curve.length > 0);
  if (drawn.length === 0) return null;
  return {
    id: `calibration-${group.dataset}-${group.method}`,
    title: `Calibration: ${lowered(group.label)}`,
    caption: `Observed against predicted risk by loess (span 0.75, degree 2, as R's) with its pointwise 95% band, over the range of the predictions and cut at 0 and 1; the dotted diagonal is perfect agreement.${repeatWords(group)} Slope 1 and intercept 0 (calibration in the large) are perfect, each with Wald's 95% interval; ICI is the mean distance of the curve from the diagonal over the patients. The strip shows the predicted risks of patients with the event (up) and without (down).${fewWords(group)}${comparatorWords(model)}`,
    panels: drawn.map((evaluation) => ({
      name: evaluation.model,
      drawing: calibrationDrawing(evaluation, binsOf(model, group, evaluation), document),
    })),
    data: {
      columns: ["model", "predicted", "observed", "lower", "upper"],
      rows: drawn.flatMap(({ model: name, calibration }) =>
        calibration.curve.map(({ predicted, observed, lower, upper }) => [
          name,
          predicted,
          observed,
          lower,
          upper,
        ]),
      ),
    },
  };
}

function repeatWords({ method }: EvaluationGroup): string {
  return method === "cross-validation"
    ? " Curve, band and figures are means over the repeats, the band with the mean of their variances."
    : "";
}

function comparatorWords({ comparators = [] }: ReportModel): string {
  if (comparators.length === 0) return "";
  return " Comparators: imported risks as they were stated, scores after their recalibration on the training patients.";
}

function fewWords({ evaluations: [{ patients, events }] }: EvaluationGroup): string {
  const others = patients - events;
  return Math.min(events, others) < CURVE_PATIENTS
    ? ` With ${formatCount(events)} patients with and ${formatCount(others)} without the event the curves are hints: read the slopes and the intercepts.`
    : "";
}

function binsOf(
  model: ReportModel,
  group: EvaluationGroup,
  evaluation: Evaluation,
): readonly ProbabilityBin[] {
  const predictions = predictionsOf(model, group, evaluation.model);
  return predictions === null ? [] : probabilityBins(predictions, 50);
}

function calibrationDrawing(
  evaluation: Evaluation,
  bins: readonly ProbabilityBin[],
  document: DrawingDocument,
): Drawing {
  const { calibration, model } = evaluation;
  const facts = [
    `slope ${formatEstimate(calibration.slope, 2)}`,
    `intercept ${formatEstimate(calibration.intercept, 2)}`,
    `ICI ${formatFixed(calibration.ici.value, 3)}`,
  ];
  const frame = { label: `Calibration of ${model}: ${facts.join(", ")}`, width: 320, height: 374 };
  const options = {
    marginLeft: 54,
    marginBottom: 46,
    marginTop: 50,
    marginRight: 14,
    x: { domain: [0, 1] },
    y: { domain: [STRIP.middle - STRIP.half, 1] },
  };
  const marks = [
    ...axes(),
    ...stripMarks(bins),
    ...curveMarks(calibration.curve),
    ...headMarks(
      shorten(model, 24),
      [facts.slice(0, 1), facts.slice(1)].map((line) => line.join("; ")),
    ),
  ];
  return drawPlot({ ...options, marks }, frame, document);
}

function axes(): readonly Markish[] {
  const tickText = (value: number) => formatFixed(value, 1);
  return [
    ...horizontalAxis({ label: "Predicted risk", ticks: TICKS, tickText }),
    ...verticalAxis({ label: "Observed share", ticks: TICKS, tickText }),
  ];
}

function curveMarks(curve: Evaluation["calibration"]["curve"]): readonly Markish[] {
  const within = (value: number) => Math.min(1, Math.max(0, value));
  const band = curve.map(({ predicted, lower, upper }) => ({
    predicted,
    lower: within(lower),
    upper: within(upper),
  }));
  const pieces = clipBetween(
    curve.map(({ predicted, observed }) => ({ x: predicted, y: observed })),
    0,
    1,
  );
  return [
    areaY(band, { x: "predicted", y1: "lower", y2: "upper", fill: BAND, fillOpacity: 0.28 }),
    line(
      [
        [0, 0],
        [1, 1],
      ],
      { stroke: MUTED, strokeWidth: 1, strokeDasharray: "1 3" },
    ),
    ...pieces.map((piece) =>
      line(piece, { x: "x", y: "y", stroke: LINE, strokeWidth: 2.2, strokeLinejoin: "round" }),
    ),
  ];
}

function stripMarks(bins: readonly ProbabilityBin[]): readonly Markish[] {
  const highest = bins.reduce((most, { events, nonEvents }) => Math.max(most, events, nonEvents), 0);
  if (highest === 0) return [];
  const height = (count: number) => (count / highest) * STRIP.half;
  const gap = 0.002;
  return [
    rectY(bins, {
      x1: ({ from }: ProbabilityBin) => from + gap,
      x2: ({ to }: ProbabilityBin) => to - gap,
      y1: STRIP.middle,
      y2: ({ events }: ProbabilityBin) => STRIP.middle + height(events),
      fill: EVENT_COLOURS.event,
    }),
    rectY(bins, {
      x1: ({ from }: ProbabilityBin) => from + gap,
      x2: ({ to }: ProbabilityBin) => to - gap,
      y1: ({ nonEvents }: ProbabilityBin) => STRIP.middle - height(nonEvents),
      y2: STRIP.middle,
      fill: EVENT_COLOURS.none,
    }),
    ruleY([STRIP.middle], { stroke: INK, strokeWidth: 0.75 }),
  ];
}

/** Name and figures above the frame, where no curve can run through them. */
function headMarks(name: string, lines: readonly string[]): readonly Markish[] {
  const place = { frameAnchor: "top-left", textAnchor: "start", fill: INK } as const;
  return [
    text([name], { ...place, text: [name], dy: -40, fontSize: 13, fontWeight: 700 }),
    ...lines.map((line, i) => text([line], { ...place, text: [line], dy: -26 + 13 * i, fontSize: 11 })),
  ];
}
