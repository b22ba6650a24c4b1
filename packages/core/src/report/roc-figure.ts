import { line, text, type Markish } from "@observablehq/plot";
import { rocPoints } from "../validation/roc.ts";
import { horizontalAxis, verticalAxis } from "./axis.ts";
import type { EvaluationGroup } from "./dataset-name.ts";
import { drawPlot, type DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatEstimate, formatFixed } from "./format.ts";
import { keyMarks } from "./key-marks.ts";
import { INK, MUTED, type ModelStyle } from "./palette.ts";
import { judgedStyles } from "./report-comparators.ts";
import type { ReportModel, ReportPredictions } from "./report-model.ts";
import { averageRoc, type RocCorner } from "./roc-average.ts";
import { shorten } from "./shorten.ts";
import { listed, lowered } from "./words.ts";

interface Curve {
  readonly model: string;
  readonly corners: readonly RocCorner[];
  readonly style: ModelStyle;
  readonly auc: string;
}

const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/**
 * The ROC curves of all models on one data set, or null where no predictions of both classes are at hand.
 *
 * @param group Evaluations whose AUC is printed beside the curves.
 */
export function rocFigure(
  model: ReportModel,
  group: EvaluationGroup,
  document: DrawingDocument,
): ReportFigure | null {
  const styles = judgedStyles(model);
  const curves = group.evaluations.flatMap(({ model: name, auc }): Curve[] => {
    const predictions = predictionsOf(model, group, name);
    const style = styles.get(name);
    if (predictions === null || style === undefined) return [];
    return [{ model: name, corners: rocCorners(predictions), style, auc: formatEstimate(auc, 3) }];
  });
  if (curves.length === 0) return null;
  const { patients, events } = group.evaluations[0];
  const repeated =
    group.method === "cross-validation"
      ? " Curves of repeats are averaged vertically, so that the area below a curve is the mean AUC of the repeats."
      : "";
  const frame = {
    label: `ROC curves. ${group.label}: ${curves.map((curve) => `${curve.model} AUC ${curve.auc}`).join("; ")}`,
    width: 440,
    height: 440,
  };
  return {
    id: `roc-${group.dataset}-${group.method}`,
    title: `ROC curves: ${lowered(group.label)}`,
    caption: `${patients} patients, ${events} with the event. AUC with 95% confidence interval (${listed([...new Set(group.evaluations.map(({ auc }) => auc.method))])}). The diagonal is chance.${repeated}`,
    panels: [{ name: "roc", drawing: drawPlot({ ...square, marks: rocMarks(curves) }, frame, document) }],
    data: {
      columns: ["model", "1 - specificity", "sensitivity"],
      rows: curves.flatMap((curve) =>
        curve.corners.map((corner) => [curve.model, corner.falsePositiveRate, corner.sensitivity]),
      ),
    },
  };
}

/** The predictions behind an evaluation that have both classes, or null. */
export function predictionsOf(
  model: ReportModel,
  group: Pick<EvaluationGroup, "dataset" | "method">,
  name: string,
): ReportPredictions | null {
  const found = model.predictions.find(
    (candidate) =>
      candidate.model === name && candidate.dataset === group.dataset && candidate.method === group.method,
  );
  if (found === undefined || found.probabilities.length === 0) return null;
  const events = Array.from(found.outcome).filter((event) => event === 1).length;
  return events > 0 && events < found.outcome.length ? found : null;
}

/** The ROC curve of predictions, averaged over their repeats. */
export function rocCorners({
  outcome,
  probabilities,
  ranking = probabilities,
}: ReportPredictions): readonly RocCorner[] {
  const events = Uint8Array.from(outcome);
  return averageRoc(ranking.map((repeat) => rocPoints(events, Float64Array.from(repeat))));
}

const square = {
  marginLeft: 56,
  marginBottom: 48,
  marginTop: 12,
  marginRight: 16,
  x: { domain: [0, 1] },
  y: { domain: [0, 1] },
};

function rocMarks(curves: readonly Curve[]): Markish[] {
  const tickText = (value: number) => formatFixed(value, 1);
  const longest = Math.max(...curves.map(({ model }) => Math.min(12, model.length)));
  // Names of more than four letters need room between the line and the value.
  const keyLeft = 0.44 - 0.022 * Math.max(0, longest - 4);
  const rows = curves.map(({ model, style, auc }) => ({ label: shorten(model, 12), value: auc, style }));
  return [
    ...horizontalAxis({ label: "1 \u2212 specificity", ticks: TICKS, tickText }),
    ...verticalAxis({ label: "Sensitivity", ticks: TICKS, tickText }),
    line(
      [
        [0, 0],
        [1, 1],
      ],
      { stroke: MUTED, strokeWidth: 1, strokeDasharray: "1 3" },
    ),
    ...curves.map(({ corners, style }) =>
      line(corners, {
        x: "falsePositiveRate",
        y: "sensitivity",
        stroke: style.colour,
        strokeWidth: style.width,
        strokeDasharray: style.dashes,
        strokeLinejoin: "round",
      }),
    ),
    text([[1, 0.06 + 0.055 * rows.length]], {
      text: ["AUC (95% CI)"],
      textAnchor: "end",
      dx: -8,
      fill: INK,
      fontWeight: 600,
      fontSize: 12,
    }),
    ...keyMarks(rows, { x: keyLeft, right: 1, top: 0.01 + 0.055 * rows.length, step: 0.055, swatch: 0.075 }),
  ];
}
