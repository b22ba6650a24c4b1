import { line, text, type Markish } from "@observablehq/plot";
import type { LeakDemonstration, PipelineOutcome } from "../study/leak-laboratory/leak-demonstration.ts";
import type { RocPoint } from "../validation/roc.ts";
import { horizontalAxis, verticalAxis } from "./axis.ts";
import { drawPlot, type Drawing, type DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatCount, formatEstimate, formatFixed } from "./format.ts";
import { keyMarks } from "./key-marks.ts";
import { INK, MUTED, type ModelStyle } from "./palette.ts";
import { lowered } from "./words.ts";

const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** The claim is drawn strong, the truth dashed. */
const STYLES: Readonly<Record<"claim" | "truth", ModelStyle>> = {
  claim: { colour: "#D55E00", dashes: "", width: 2.6 },
  truth: { colour: "#0072B2", dashes: "7 3", width: 2 },
};

/** ROC curves of the full model beside each other: the right and the wrong analysis, each with what it claims and the truth. */
export function leakRocFigure(leak: LeakDemonstration, document: DrawingDocument): ReportFigure {
  const panels = [
    { name: "honest", title: "Done rightly", outcome: leak.honest },
    { name: "leaky", title: "With the mistake", outcome: leak.leaky },
  ];
  return {
    id: `roc-${leak.mode}`,
    title: `What the test set says and what is true: ${lowered(leak.title)}`,
    caption: `ROC curves of model CAR on the test set of the analysis (solid; ${rows(leak.honest)} done rightly, ${rows(leak.leaky)} with the mistake) and on ${formatCount(leak.freshPatients)} new simulated patients (dashed), which no study has. AUC with 95% confidence interval (DeLong).`,
    panels: panels.map(({ name, title, outcome }) => ({
      name,
      drawing: rocDrawing(title, outcome, document),
    })),
    data: {
      columns: ["analysis", "patients", "1 - specificity", "sensitivity"],
      rows: panels.flatMap(({ name, outcome }) => {
        const { testCurve, trueCurve } = fullModel(outcome);
        return [...curveRows(name, "test", testCurve), ...curveRows(name, "new", trueCurve)];
      }),
    },
  };
}

/** The model with images, in which every mistake shows. */
export function fullModel({ models }: PipelineOutcome): PipelineOutcome["models"][number] {
  return models[models.length - 1];
}

function rows(outcome: PipelineOutcome): string {
  return `${formatCount(outcome.rows.test)} rows`;
}

function curveRows(name: string, patients: string, curve: readonly RocPoint[]): (string | number)[][] {
  return curve.map(({ specificity, sensitivity }) => [name, patients, 1 - specificity, sensitivity]);
}

function rocDrawing(title: string, outcome: PipelineOutcome, document: DrawingDocument): Drawing {
  const { test, truth, testCurve, trueCurve } = fullModel(outcome);
  const tickText = (value: number) => formatFixed(value, 1);
  const key = [
    { label: "Test set", value: formatEstimate(test, 3), style: STYLES.claim },
    { label: "Truth", value: formatEstimate(truth, 3), style: STYLES.truth },
  ];
  const marks: Markish[] = [
    ...horizontalAxis({ label: "1 \u2212 specificity", ticks: TICKS, tickText }),
    ...verticalAxis({ label: "Sensitivity", ticks: TICKS, tickText }),
    line(
      [
        [0, 0],
        [1, 1],
      ],
      { stroke: MUTED, strokeWidth: 1, strokeDasharray: "1 3" },
    ),
    curveMark(trueCurve, STYLES.truth),
    curveMark(testCurve, STYLES.claim),
    text([title], {
      text: [title],
      frameAnchor: "top-left",
      dy: -18,
      fill: INK,
      fontWeight: 700,
      fontSize: 13,
      textAnchor: "start",
    }),
    ...keyMarks(key, { x: 0.3, right: 1.04, top: 0.13, step: 0.075, swatch: 0.09 }),
  ];
  const square = { marginLeft: 56, marginBottom: 48, marginTop: 30, marginRight: 20 };
  return drawPlot(
    { ...square, x: { domain: [0, 1] }, y: { domain: [0, 1] }, marks },
    {
      label: `ROC curves. ${title}: test set AUC ${key[0].value}; truth AUC ${key[1].value}`,
      width: 400,
      height: 400,
    },
    document,
  );
}

function curveMark(curve: readonly RocPoint[], { colour, dashes, width }: ModelStyle): Markish {
  return line(
    curve.map(({ specificity, sensitivity }) => [1 - specificity, sensitivity] as [number, number]),
    { stroke: colour, strokeWidth: width, strokeDasharray: dashes, strokeLinejoin: "round" },
  );
}
