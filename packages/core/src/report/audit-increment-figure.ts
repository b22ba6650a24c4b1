import { dot, line, type Markish, ruleX, ruleY, text } from "@observablehq/plot";
import type { ImageIncrement, PlausibilityEvidence } from "../study/audit/evidence.ts";
import { requiredAuc } from "../study/audit/required-auc.ts";
import { horizontalAxis, verticalAxis } from "./axis.ts";
import { drawPlot, type Drawing, type DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatFixed } from "./format.ts";
import { EVENT_COLOURS, INK, MUTED, OKABE_ITO } from "./palette.ts";
import { shorten } from "./shorten.ts";

const CORRELATIONS = [0, 0.3] as const;
const TICKS = [0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** What images would have to be worth alone for what they add, one drawing a pair of models; null without such a pair. */
export function auditIncrementFigure(
  { models, increments, imagesAlone }: PlausibilityEvidence,
  document: DrawingDocument,
): ReportFigure | null {
  const drawn = increments.flatMap((increment) => {
    const from = models.find(({ model }) => model === increment.smaller)?.auc;
    const to = models.find(({ model }) => model === increment.larger)?.auc;
    return from === undefined || to === undefined || from <= 0.5 || from >= 1
      ? []
      : [{ increment, from, to }];
  });
  if (drawn.length === 0) return null;
  const curves = drawn.map((pair) => ({ ...pair, points: curvePoints(pair.from) }));
  return {
    id: "audit-increment",
    title: "What images add against what they need to be worth alone",
    caption:
      "The AUC that a model reaches with images, by the AUC that these have alone, if both scores are normal (d\u2032): solid where the two are independent within patients of one outcome, broken where they correlate 0.3. The horizontal line is the AUC that was reached, the ring what it needs of independent images, and the vertical line what images have out of fold.",
    panels: curves.map((curve) => ({
      name: `${curve.increment.smaller}-${curve.increment.larger}`,
      drawing: incrementDrawing(curve, imagesAlone, { width: curves.length > 1 ? 320 : 440, document }),
    })),
    data: {
      columns: ["smaller model", "larger model", "correlation", "AUC of the images alone", "AUC together"],
      rows: curves.flatMap(({ increment, points }) =>
        points.map(({ correlation, alone, together }) => [
          increment.smaller,
          increment.larger,
          correlation,
          alone,
          together,
        ]),
      ),
    },
  };
}

interface CurvePoint {
  readonly correlation: number;
  readonly alone: number;
  readonly together: number;
}

/** The curve is solved for the images, whose AUC is plotted along x. */
function curvePoints(from: number): readonly CurvePoint[] {
  const steps = 120;
  return CORRELATIONS.flatMap((correlation) =>
    Array.from({ length: steps }, (_, step) => {
      // Steps are finer near 1, where the curve is steep.
      const share = (step + 1) / (steps + 1);
      const together = from + (1 - from) * share * (2 - share);
      const alone = together < 1 ? requiredAuc({ from, to: together, correlation }) : null;
      return { correlation, alone: alone ?? NaN, together };
    }).filter(({ alone }) => alone >= 0.5 && alone < 0.9999),
  );
}

interface DrawnIncrement {
  readonly increment: ImageIncrement;
  readonly from: number;
  readonly to: number;
  readonly points: readonly CurvePoint[];
}

function incrementDrawing(
  { increment, from, to, points }: DrawnIncrement,
  alone: PlausibilityEvidence["imagesAlone"],
  { width, document }: { readonly width: number; readonly document: DrawingDocument },
): Drawing {
  const halo = { stroke: "#ffffff", strokeWidth: 4, fontSize: 12 } as const;
  const name = shorten(`${increment.smaller} \u2192 ${increment.larger}`, 30);
  const lowest = Math.floor(20 * Math.min(from, to) - 0.5) / 20;
  const marks: Markish[] = [
    ...horizontalAxis({
      label: "AUC of the images alone",
      ticks: TICKS,
      tickText: (value) => value.toFixed(1),
    }),
    ...verticalAxis({
      label: "AUC together",
      ticks: TICKS.filter((tick) => tick >= lowest),
      tickText: (value) => value.toFixed(1),
    }),
    ruleY([to], { stroke: EVENT_COLOURS.event, strokeWidth: 1.4 }),
    ...(alone === null ? [] : [ruleX([alone.auc], { stroke: EVENT_COLOURS.none, strokeWidth: 1.4 })]),
    ...CORRELATIONS.map((correlation, index) =>
      line(
        points.filter((point) => point.correlation === correlation),
        {
          x: "alone",
          y: "together",
          stroke: index === 0 ? INK : MUTED,
          strokeWidth: 1.8,
          ...(index === 0 ? {} : { strokeDasharray: "5 3" }),
        },
      ),
    ),
    ...(increment.needed === null
      ? []
      : [
          dot([increment.needed], {
            x: [increment.needed],
            y: [to],
            r: 5,
            stroke: EVENT_COLOURS.event,
            strokeWidth: 2,
          }),
          text([increment.needed], {
            x: [increment.needed],
            y: [to],
            text: [`needs ${formatFixed(increment.needed, 3)}`],
            dy: -15,
            textAnchor: increment.needed > 0.75 ? "end" : "start",
            fill: "#a34700",
            ...halo,
          }),
        ]),
    ...(alone === null
      ? []
      : [
          text([alone.auc], {
            x: [alone.auc],
            y: [lowest],
            text: [`has ${formatFixed(alone.auc, 3)}`],
            dx: alone.auc > 0.8 ? -5 : 5,
            dy: -8,
            textAnchor: alone.auc > 0.8 ? "end" : "start",
            fill: OKABE_ITO[0],
            ...halo,
          }),
        ]),
    text([name], {
      text: [name],
      frameAnchor: "top-left",
      dy: -18,
      fill: INK,
      fontWeight: 700,
      ...halo,
      fontSize: 13,
    }),
  ];
  const options = {
    marginLeft: 56,
    marginBottom: 46,
    marginTop: 26,
    marginRight: 14,
    x: { domain: [0.5, 1] },
    y: { domain: [lowest, 1] },
  };
  return drawPlot(
    { ...options, marks },
    {
      label: `AUC that images need alone for what they add from ${increment.smaller} to ${increment.larger}`,
      width,
      height: Math.round(0.75 * width),
    },
    document,
  );
}
