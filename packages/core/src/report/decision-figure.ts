import { line, type Markish, ruleY } from "@observablehq/plot";
import { type Evaluation } from "../validation/evaluation.ts";
import { horizontalAxis, roundTicks, verticalAxis } from "./axis.ts";
import { clipAbove, type LinePoint } from "./clip-line.ts";
import { type EvaluationGroup } from "./dataset-name.ts";
import { drawPlot, type Drawing, type DrawingDocument } from "./drawing.ts";
import { type ReportFigure } from "./figure.ts";
import { formatFixed, formatPercent } from "./format.ts";
import { keyMarks } from "./key-marks.ts";
import { INK, MUTED, modelStyles, type ModelStyle } from "./palette.ts";
import { type ReportModel } from "./report-model.ts";
import { shorten } from "./shorten.ts";

const TREAT_ALL: ModelStyle = { colour: MUTED, dashes: "", width: 1 };
const TREAT_NONE: ModelStyle = { colour: INK, dashes: "", width: 1.2 };

interface NetBenefitCurve {
  readonly name: string;
  readonly style: ModelStyle;
  readonly points: readonly LinePoint[];
}

/** Decision curves of all models with treating all and treating none on one data set; null where none exists. */
export function decisionFigure(
  model: ReportModel,
  group: EvaluationGroup,
  document: DrawingDocument,
): ReportFigure | null {
  const drawn = group.evaluations.filter(({ decisionCurve }) => decisionCurve.length > 1);
  if (drawn.length === 0) return null;
  const styles = modelStyles(model.models.map(({ name }) => name));
  const curves = drawn.map((evaluation) => ({
    name: evaluation.model,
    style: styles.get(evaluation.model) ?? TREAT_ALL,
    points: netBenefit(evaluation),
  }));
  const treatAll = {
    name: "treat all",
    style: TREAT_ALL,
    points: finitePoints(
      drawn[0].decisionCurve.map(({ threshold, treatAll: benefit }) => [threshold, benefit]),
    ),
  };
  return {
    id: `decision-${group.dataset}-${group.method}`,
    title: `Decision curves: ${group.label.toLowerCase()}`,
    caption: `Net benefit of treating patients whose predicted risk of ${model.study.outcomeLabel} reaches the threshold. The threshold is the risk above which one would treat: it weighs a needless treatment against a missed event. A model helps only where it lies above both treating all and treating none.`,
    panels: [{ name: "decision", drawing: decisionDrawing([treatAll, ...curves], group, document) }],
    data: {
      columns: ["model", "threshold", "net benefit", "net benefit of treating all", "avoided per 100"],
      rows: drawn.flatMap((evaluation) =>
        evaluation.decisionCurve.map((point) => [
          evaluation.model,
          point.threshold,
          point.netBenefit,
          point.treatAll,
          point.avoidedPer100,
        ]),
      ),
    },
  };
}

function netBenefit({ decisionCurve }: Evaluation): readonly LinePoint[] {
  return finitePoints(decisionCurve.map((point) => [point.threshold, point.netBenefit]));
}

function finitePoints(points: readonly (readonly [number, number | null])[]): readonly LinePoint[] {
  return points.flatMap(([x, y]) => (y === null || !Number.isFinite(y) ? [] : [{ x, y }]));
}

function decisionDrawing(
  curves: readonly NetBenefitCurve[],
  group: EvaluationGroup,
  document: DrawingDocument,
): Drawing {
  const points = curves.flatMap((curve) => curve.points);
  const highest = points.reduce((most, { y }) => Math.max(most, y), 0.01) * 1.04;
  const lowest =
    Math.max(
      points.reduce((least, { y }) => Math.min(least, y), 0),
      -0.12 * highest,
    ) -
    0.01 * highest;
  const [from, to] = points.reduce(([least, most], { x }) => [Math.min(least, x), Math.max(most, x)], [1, 0]);
  const names = curves.map(({ name }) => name).join(", ");
  const frame = {
    label: `Decision curves. ${group.label}: net benefit against threshold of ${names}`,
    width: 440,
    height: 400,
  };
  const options = {
    marginLeft: 62,
    marginBottom: 48,
    marginTop: 12,
    marginRight: 12,
    x: { domain: [from, to] },
    y: { domain: [lowest, highest] },
  };
  const ticks = roundTicks(lowest, highest, 6);
  const decimals = ticks.every((tick) => Math.abs(tick * 10 - Math.round(tick * 10)) < 1e-9) ? 1 : 2;
  const none: NetBenefitCurve = { name: "treat none", style: TREAT_NONE, points: [] };
  const [width, height] = [to - from, highest - lowest];
  const rows = [...curves.slice(1), curves[0], none].map(({ name, style }) => ({
    label: shorten(name, 14),
    value: "",
    style,
  }));
  const marks: Markish[] = [
    ...horizontalAxis({
      label: "Threshold (risk above which one would treat)",
      ticks: roundTicks(from, to, 6),
      tickText: (value) => formatPercent(value, 0),
    }),
    ...verticalAxis({ label: "Net benefit", ticks, tickText: (value) => formatFixed(value, decimals) }),
    ruleY([0], { stroke: INK, strokeWidth: TREAT_NONE.width }),
    ...curves.flatMap(({ style, points: own }) =>
      clipAbove(own, lowest).map((piece) =>
        line(piece, {
          x: "x",
          y: "y",
          stroke: style.colour,
          strokeWidth: style.width,
          strokeDasharray: style.dashes,
          strokeLinejoin: "round",
        }),
      ),
    ),
    ...keyMarks(rows, {
      x: from + 0.68 * width,
      right: to,
      top: highest - 0.04 * height,
      step: 0.055 * height,
      swatch: 0.075 * width,
    }),
  ];
  return drawPlot({ ...options, marks }, frame, document);
}
