import { line, link, type Markish, text } from "@observablehq/plot";
import type { Evaluation } from "../validation/evaluation.ts";
import { horizontalAxis, roundTicks, verticalAxis } from "./axis.ts";
import { clipAbove, type LinePoint } from "./clip-line.ts";
import type { EvaluationGroup } from "./dataset-name.ts";
import { drawPlot, type Drawing, type DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatFixed, formatPercent } from "./format.ts";
import { INK, MUTED, modelStyles, type ModelStyle } from "./palette.ts";
import type { ReportModel } from "./report-model.ts";
import { shorten } from "./shorten.ts";
import { spread } from "./spread.ts";
import { lowered } from "./words.ts";

const TREAT_ALL: ModelStyle = { colour: MUTED, dashes: "", width: 1.2 };
const TREAT_NONE: ModelStyle = { colour: INK, dashes: "", width: 1.2 };
const FRAME = { width: 440, height: 400, left: 62, right: 96, top: 12, bottom: 48 };

interface NetBenefitCurve {
  readonly name: string;
  readonly style: ModelStyle;
  readonly points: readonly LinePoint[];
}

/** The part of the plane that is drawn. */
interface Domain {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Decision curves of all models with treating all and treating none on one data set; null where none exists. */
export function decisionFigure(
  model: ReportModel,
  group: EvaluationGroup,
  document: DrawingDocument,
): ReportFigure | null {
  const drawn = group.evaluations.filter(({ decisionCurve }) => decisionCurve.length > 1);
  if (drawn.length === 0) return null;
  return {
    id: `decision-${group.dataset}-${group.method}`,
    title: `Decision curves: ${lowered(group.label)}`,
    caption: `Net benefit of treating patients whose predicted risk of ${model.study.outcomeLabel} reaches the threshold, the risk above which one would treat: it weighs a needless treatment against a missed event. A model helps only where it lies above both treating all and treating none.`,
    panels: [{ name: "decision", drawing: decisionDrawing(curvesOf(model, drawn), group, document) }],
    data: {
      columns: ["model", "threshold", "net benefit", "net benefit of treating all", "avoided per 100"],
      rows: drawn.flatMap((evaluation) =>
        evaluation.decisionCurve.map(({ threshold, netBenefit, treatAll, avoidedPer100 }) => [
          evaluation.model,
          threshold,
          netBenefit,
          treatAll,
          avoidedPer100,
        ]),
      ),
    },
  };
}

/** Treating all, treating none, then the models, so that these lie on top. */
function curvesOf(model: ReportModel, drawn: readonly Evaluation[]): readonly NetBenefitCurve[] {
  const styles = modelStyles(model.models.map(({ name }) => name));
  const thresholds = drawn[0].decisionCurve;
  return [
    {
      name: "treat all",
      style: TREAT_ALL,
      points: thresholds.map(({ threshold, treatAll }) => ({ x: threshold, y: treatAll })),
    },
    {
      name: "treat none",
      style: TREAT_NONE,
      points: thresholds.map(({ threshold }) => ({ x: threshold, y: 0 })),
    },
    ...drawn.map(({ model: name, decisionCurve }) => ({
      name,
      style: styles.get(name) ?? TREAT_NONE,
      points: decisionCurve.map(({ threshold, netBenefit }) => ({ x: threshold, y: netBenefit })),
    })),
  ];
}

function decisionDrawing(
  curves: readonly NetBenefitCurve[],
  group: EvaluationGroup,
  document: DrawingDocument,
): Drawing {
  const domain = domainOf(curves);
  const ticks = roundTicks(...domain.y, 6);
  const decimals = ticks.every((tick) => Math.abs(tick * 10 - Math.round(tick * 10)) < 1e-9) ? 1 : 2;
  const marks: Markish[] = [
    ...horizontalAxis({
      label: "Threshold (risk above which one would treat)",
      ticks: roundTicks(...domain.x, 5),
      tickText: (value) => formatPercent(value, 0),
    }),
    ...verticalAxis({
      label: "Net benefit",
      ticks,
      tickText: (value) => formatFixed(value, decimals),
      offset: 52,
    }),
    ...curves.flatMap((curve) => curveMarks(curve, domain)),
    ...labelMarks(curves, domain),
  ];
  const names = curves.map(({ name }) => name).join(", ");
  const label = `Decision curves. ${group.label}: net benefit against threshold of ${names}`;
  const { left, right, top, bottom, width, height } = FRAME;
  const options = {
    marginLeft: left,
    marginRight: right,
    marginTop: top,
    marginBottom: bottom,
    x: { domain: [...domain.x] },
    y: { domain: [...domain.y] },
  };
  return drawPlot({ ...options, marks }, { label, width, height }, document);
}

/** All thresholds; net benefit from a little below 0, since far below nothing is of use. */
function domainOf(curves: readonly NetBenefitCurve[]): Domain {
  const points = curves.flatMap((curve) => curve.points);
  const highest = points.reduce((most, { y }) => Math.max(most, y), 0.01) * 1.04;
  const least = points.reduce((lowest, { y }) => Math.min(lowest, y), 0);
  const [from, to] = points.reduce(([low, high], { x }) => [Math.min(low, x), Math.max(high, x)], [1, 0]);
  return { x: [from, to], y: [Math.max(least, -0.12 * highest) - 0.01 * highest, highest] };
}

function curveMarks({ points, style }: NetBenefitCurve, { y }: Domain): readonly Markish[] {
  return clipAbove(points, y[0]).map((piece) =>
    line(piece, {
      x: "x",
      y: "y",
      stroke: style.colour,
      strokeWidth: style.width,
      strokeDasharray: style.dashes,
      strokeLinejoin: "round",
    }),
  );
}

/** The name of each curve right of the frame, led to from the place where the curve ends. */
function labelMarks(curves: readonly NetBenefitCurve[], domain: Domain): readonly Markish[] {
  const [from, to] = domain.x;
  const ends = curves.map(
    ({ points }) => clipAbove(points, domain.y[0]).at(-1)?.at(-1) ?? { x: to, y: domain.y[0] },
  );
  const unit = (domain.y[1] - domain.y[0]) / (FRAME.height - FRAME.top - FRAME.bottom);
  const pixel = (to - from) / (FRAME.width - FRAME.left - FRAME.right);
  const reaches = ends.map(({ x }) => x > to - 1e-9);
  // A curve that leaves through the bottom is named there, the others at the right edge.
  const places = spread(
    ends.filter((_, i) => reaches[i]).map(({ y }) => y),
    15 * unit,
    domain.y,
  );
  let next = 0;
  return curves.flatMap(({ name, style }, i): Markish[] => {
    const words = { text: [shorten(name, 11)], textAnchor: "start", fill: INK, fontSize: 12 } as const;
    if (!reaches[i])
      return [
        text([[ends[i].x, ends[i].y + 9 * unit]], { ...words, dx: 4, stroke: "#ffffff", strokeWidth: 4 }),
      ];
    const place = places[next++];
    const leader = { x1: to, y1: ends[i].y, x2: to + 14 * pixel, y2: place };
    return [
      link([leader], {
        x1: "x1",
        y1: "y1",
        x2: "x2",
        y2: "y2",
        stroke: style.colour,
        strokeWidth: Math.min(1.4, style.width),
      }),
      text([[leader.x2, place]], { ...words, dx: 4 }),
    ];
  });
}
