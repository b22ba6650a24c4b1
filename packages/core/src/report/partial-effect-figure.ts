import { areaY, line, type Markish } from "@observablehq/plot";
import { logistic } from "../math/elementary.ts";
import { axisPositions } from "../models/axis-positions.ts";
import { effectAxes } from "../models/input-effects.ts";
import { type PartialEffect, partialEffect } from "../models/partial-effects.ts";
import { horizontalAxis, roundTicks, verticalAxis } from "./axis.ts";
import { type Drawing, drawPlot, type DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatFixed } from "./format.ts";
import type { ReportModelEntry } from "./report-model.ts";
import { shorten } from "./shorten.ts";

const BAND = "#56B4E9";
const LINE = "#0072B2";
const RISKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** A figure shows at most so many splines. */
const MOST_PANELS = 6;

/** The shape of the splines of a model, on the scale of the risk; null where it has none. */
export function partialEffectFigure(
  { name, fitted }: ReportModelEntry,
  document: DrawingDocument,
): ReportFigure | null {
  if (fitted.kind !== "logistic") return null;
  const curved = effectAxes(fitted).filter((axis) => axis.kind === "numeric" && !axis.isStraight);
  if (curved.length === 0) return null;
  const effects = curved.map((axis) => partialEffect(fitted, axis, axisPositions(axis).values));
  const shown = effects.slice(0, MOST_PANELS);
  const canvas = { width: shown.length === 1 ? 680 : 320, document };
  const hasBand = shown.some(({ lower }) => lower !== null);
  return {
    id: `effects-${name}`,
    title: `Splines of model ${name}`,
    caption: `Predicted risk along each predictor that enters as a spline, within the range of the training patients, with the other numbers at their median, levels at the most frequent and scores at their mean.${hasBand ? " The band is a pointwise 95% interval by Wald: it does not hold for the whole curve at once." : " The method of the fit gives no band."} A partial effect is no effect of a cause.${effects.length > shown.length ? ` The first ${shown.length} of ${effects.length}; the table holds all.` : ""}`,
    panels: shown.map((effect) => ({ name: effect.axis.name, drawing: drawEffect(name, effect, canvas) })),
    data: {
      columns: ["predictor", "value", "risk", "lower", "upper"],
      rows: effects.flatMap(({ axis, values, probability, lower, upper }) =>
        Array.from(values, (value, k) => [
          axis.label,
          value,
          probability[k],
          lower === null ? null : logistic(lower[k]),
          upper === null ? null : logistic(upper[k]),
        ]),
      ),
    },
  };
}

/** Where and how wide a curve is drawn. */
interface Canvas {
  readonly width: number;
  readonly document: DrawingDocument;
}

function drawEffect(model: string, effect: PartialEffect, { width, document }: Canvas): Drawing {
  const { axis, values } = effect;
  const unit = axis.kind === "numeric" && axis.unit !== null && axis.unit !== "1" ? ` (${axis.unit})` : "";
  const [from, to] = [values[0], values[values.length - 1]];
  const options = {
    marginLeft: 54,
    marginBottom: 46,
    marginTop: 14,
    marginRight: 14,
    x: { domain: [from, to] },
    y: { domain: [0, 1] },
  };
  const marks = [
    ...horizontalAxis({
      label: shorten(`${axis.label}${unit}`, 38),
      ticks: roundTicks(from, to, 6),
      tickText: (tick) => String(tick).replace("-", "\u2212"),
    }),
    ...verticalAxis({ label: "Predicted risk", ticks: RISKS, tickText: (tick) => formatFixed(tick, 1) }),
    ...curveMarks(effect),
  ];
  const label = `Predicted risk along ${axis.label} by model ${model}`;
  return drawPlot({ ...options, marks }, { label, width, height: 280 }, document);
}

function curveMarks({ values, probability, lower, upper }: PartialEffect): readonly Markish[] {
  const points = Array.from(values, (value, k) => ({ value, risk: probability[k] }));
  const band =
    lower === null || upper === null
      ? []
      : points.map(({ value }, k) => ({ value, lower: logistic(lower[k]), upper: logistic(upper[k]) }));
  return [
    ...(band.length === 0
      ? []
      : [areaY(band, { x: "value", y1: "lower", y2: "upper", fill: BAND, fillOpacity: 0.28 })]),
    line(points, { x: "value", y: "risk", stroke: LINE, strokeWidth: 2.2, strokeLinejoin: "round" }),
  ];
}
