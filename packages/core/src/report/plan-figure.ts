import { dot, line, type Markish, ruleY, text } from "@observablehq/plot";
import type { StudyPlan } from "../study/planning/study-plan.ts";
import { horizontalAxis, roundTicks, verticalAxis } from "./axis.ts";
import { drawPlot, type DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatCount, formatFixed } from "./format.ts";
import { INK, MUTED, OKABE_ITO } from "./palette.ts";
import { shorten } from "./shorten.ts";
import { spread } from "./spread.ts";

const CRITERIA = [
  { key: "shrinkage", name: "shrinkage", dashes: "" },
  { key: "optimism", name: "optimism in R²", dashes: "7 3" },
  { key: "meanRisk", name: "mean risk", dashes: "2 2.5" },
] as const;

const FRAME = { width: 560, height: 400, top: 16, bottom: 48 };

/** Patients that Riley's criteria ask for against the number of coefficients, with the planned models and the sample. */
export function planFigure(plan: StudyPlan, document: DrawingDocument): ReportFigure {
  const { curve, sample, models } = plan;
  const highest =
    1.05 *
    Math.max(
      ...curve.flatMap(({ shrinkage, optimism, meanRisk }) => [shrinkage, optimism, meanRisk]),
      sample?.patients ?? 0,
    );
  const last = curve[curve.length - 1].parameters;
  const unit = highest / (FRAME.height - FRAME.top - FRAME.bottom);
  const ends = spread(
    CRITERIA.map(({ key }) => curve[curve.length - 1][key]),
    14 * unit,
    [0, highest],
  );
  const labels = spread(
    models.map(({ size }) => size.patients),
    15 * unit,
    [0, highest],
  );
  const places = models.map(({ model, parameters, size }, index) => ({
    model: shorten(model, 12),
    parameters,
    patients: size.patients,
    label: labels[index],
  }));
  // The lines rise: a low sample has room at the right, a high one at the left.
  const isLow = sample !== null && sample.patients < highest / 2;
  const marks: Markish[] = [
    ...horizontalAxis({
      label: "Coefficients",
      ticks: roundTicks(0, last, 6),
      tickText: (value) => formatFixed(value, 0),
    }),
    ...verticalAxis({
      label: "Patients",
      ticks: roundTicks(0, highest, 6),
      tickText: (value) => formatCount(value),
      offset: 54,
    }),
    ...CRITERIA.map(({ key, dashes }, index) =>
      line(curve, {
        x: "parameters",
        y: key,
        stroke: OKABE_ITO[index],
        strokeWidth: 2,
        strokeDasharray: dashes,
      }),
    ),
    ...(sample === null
      ? []
      : [
          ruleY([sample.patients], { stroke: MUTED }),
          text([[isLow ? last : 0, sample.patients]], {
            text: [`sample at hand: ${formatCount(sample.patients)}`],
            textAnchor: isLow ? "end" : "start",
            dx: isLow ? -6 : 6,
            dy: -8,
            fill: MUTED,
            stroke: "#ffffff",
            strokeWidth: 4,
            fontSize: 11,
          }),
        ]),
    ...CRITERIA.map(({ name }, index) =>
      text([[last, ends[index]]], {
        text: [name],
        textAnchor: "start",
        dx: 5,
        fill: OKABE_ITO[index],
        fontSize: 11,
      }),
    ),
    dot(places, { x: "parameters", y: "patients", r: 4, fill: INK }),
    text(places, {
      x: "parameters",
      y: "label",
      text: "model",
      textAnchor: "end",
      dx: -8,
      fill: INK,
      stroke: "#ffffff",
      strokeWidth: 4,
      fontSize: 12,
      fontWeight: 600,
    }),
  ];
  const label = `Patients that Riley's criteria ask for against the number of coefficients: ${models.map(({ model, size }) => `${model} ${formatCount(size.patients)}`).join("; ")}`;
  const options = {
    marginLeft: 70,
    marginBottom: FRAME.bottom,
    marginTop: FRAME.top,
    marginRight: 100,
    x: { domain: [0, last] },
    y: { domain: [0, highest] },
  };
  return {
    id: "sample-size",
    title: "Patients against coefficients",
    caption: `For a share of ${formatFixed(100 * plan.prevalence, 0)} % with the event. Dots: the planned models, at the criterion that asks for most.`,
    panels: [
      {
        name: "sample-size",
        drawing: drawPlot(
          { ...options, marks },
          { label, width: FRAME.width, height: FRAME.height },
          document,
        ),
      },
    ],
    data: {
      columns: ["coefficients", "patients for shrinkage", "patients for optimism", "patients for mean risk"],
      rows: curve.map(({ parameters, shrinkage, optimism, meanRisk }) => [
        parameters,
        shrinkage,
        optimism,
        meanRisk,
      ]),
    },
  };
}
