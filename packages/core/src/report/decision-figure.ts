import { areaY, line, link, type Markish, text } from "@observablehq/plot";
import type { Evaluation } from "../validation/evaluation.ts";
import { horizontalAxis, roundTicks, verticalAxis } from "./axis.ts";
import { clipAbove, type LinePoint } from "./clip-line.ts";
import type { EvaluationGroup } from "./dataset-name.ts";
import { drawPlot, type Drawing, type DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { NET_BENEFIT_SAMPLES } from "../study/evaluate-study.ts";
import { fullestModel } from "./nesting.ts";
import { formatCount, formatFixed, formatPercent } from "./format.ts";
import { INK, MUTED, modelStyles, type ModelStyle } from "./palette.ts";
import type { ReportModel } from "./report-model.ts";
import { judgedStyles } from "./report-comparators.ts";
import { shorten } from "./shorten.ts";
import { spread } from "./spread.ts";
import { listed, lowered } from "./words.ts";

const TREAT_ALL: ModelStyle = { colour: MUTED, dashes: "", width: 1.2 };
const TREAT_NONE: ModelStyle = { colour: INK, dashes: "", width: 1.2 };
const FRAME = { width: 440, height: 400, left: 62, right: 96, top: 12, bottom: 48 };

interface NetBenefitCurve {
  readonly name: string;
  readonly style: ModelStyle;
  readonly points: readonly LinePoint[];
}

/** Pointwise limits of a model's net benefit. */
interface Band {
  readonly model: string;
  readonly colour: string;
  readonly points: readonly { readonly threshold: number; readonly lower: number; readonly upper: number }[];
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
  const band = bandOf(model, drawn);
  return {
    id: `decision-${group.dataset}-${group.method}`,
    title: `Decision curves: ${lowered(group.label)}`,
    caption: `Net benefit of treating patients whose predicted risk of ${model.study.outcomeLabel} reaches the threshold, the risk above which one would treat: it weighs a needless treatment against a missed event. A model helps only where it lies above both treating all and treating none.${bandWords(band, group)}${fewerWords(drawn)}`,
    panels: [
      {
        name: "decision",
        drawing: decisionDrawing({ curves: curvesOf(model, drawn), band }, group, document),
      },
    ],
    data: {
      columns: [
        "model",
        "threshold",
        "net benefit",
        "lower",
        "upper",
        "net benefit of treating all",
        "avoided per 100",
      ],
      rows: drawn.flatMap((evaluation) =>
        evaluation.decisionCurve.map(({ threshold, netBenefit, lower, upper, treatAll, avoidedPer100 }) => [
          evaluation.model,
          threshold,
          netBenefit,
          lower ?? null,
          upper ?? null,
          treatAll,
          avoidedPer100,
        ]),
      ),
    },
  };
}

/** Comparators may say nothing of some patients. */
function fewerWords(drawn: readonly Evaluation[]): string {
  const fewer = drawn.filter(({ patients }) => patients !== drawn[0].patients);
  if (fewer.length === 0) return "";
  const names = listed(fewer.map(({ model, patients }) => `${model} (${formatCount(patients)})`));
  return ` Of fewer patients than the others: ${names}.`;
}

/** Treating all, treating none, then the models, so that these lie on top. */
function curvesOf(model: ReportModel, drawn: readonly Evaluation[]): readonly NetBenefitCurve[] {
  const styles = judgedStyles(model);
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

/** The bootstrap band of the fullest model that was drawn; null where none was asked for. */
function bandOf(model: ReportModel, drawn: readonly Evaluation[]): Band | null {
  const fullest = fullestModel(model.models.filter(({ name }) => drawn.some((own) => own.model === name)));
  const evaluation = drawn.find((own) => own.model === fullest?.name);
  const points = (evaluation?.decisionCurve ?? []).flatMap(({ threshold, lower, upper }) =>
    lower === undefined || upper === undefined ? [] : [{ threshold, lower, upper }],
  );
  if (evaluation === undefined || points.length < 2) return null;
  const styles = modelStyles(model.models.map(({ name }) => name));
  return { model: evaluation.model, colour: styles.get(evaluation.model)?.colour ?? INK, points };
}

function bandWords(band: Band | null, { method }: EvaluationGroup): string {
  if (band === null) return "";
  const given = method === "cross-validation" ? ", the out-of-fold predictions taken as given" : "";
  return ` Shaded: pointwise 95% interval of ${band.model} by the bootstrap (percentiles over ${formatCount(NET_BENEFIT_SAMPLES)} samples of the patients${given}). It is not the interval of a difference between models, which see the same patients; the data hold the intervals of all.`;
}

function decisionDrawing(
  { curves, band }: { readonly curves: readonly NetBenefitCurve[]; readonly band: Band | null },
  group: EvaluationGroup,
  document: DrawingDocument,
): Drawing {
  const domain = domainOf(curves, band);
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
    ...(band === null ? [] : [bandMark(band, domain)]),
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
function domainOf(curves: readonly NetBenefitCurve[], band: Band | null): Domain {
  const points = curves.flatMap((curve) => curve.points);
  const tops = [...points.map(({ y }) => y), ...(band?.points ?? []).map(({ upper }) => upper)];
  const highest = tops.reduce((most, top) => Math.max(most, top), 0.01) * 1.04;
  const least = points.reduce((lowest, { y }) => Math.min(lowest, y), 0);
  const [from, to] = points.reduce(([low, high], { x }) => [Math.min(low, x), Math.max(high, x)], [1, 0]);
  return { x: [from, to], y: [Math.max(least, -0.12 * highest) - 0.01 * highest, highest] };
}

function bandMark({ points, colour }: Band, { y: [least, most] }: Domain): Markish {
  const within = (value: number) => Math.min(most, Math.max(least, value));
  const cut = points.map(({ threshold, lower, upper }) => ({
    threshold,
    lower: within(lower),
    upper: within(upper),
  }));
  return areaY(cut, { x: "threshold", y1: "lower", y2: "upper", fill: colour, fillOpacity: 0.12 });
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
