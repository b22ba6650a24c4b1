import { rectY, ruleX, ruleY, text, type Markish } from "@observablehq/plot";
import type { PermutedModel } from "../study/audit/evidence.ts";
import type { LeakDemonstration, PipelineOutcome } from "../study/leak-laboratory/leak-demonstration.ts";
import { horizontalAxis, roundTicks, verticalAxis } from "./axis.ts";
import { drawPlot, type Drawing, type DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatFixed } from "./format.ts";
import { INK, MUTED } from "./palette.ts";

const BINS = 40;
const FROM = 0.2;
const TICKS = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** AUCs of the full model with permuted outcomes, of the right and the wrong analysis beside each other. */
export function leakPermutationFigure(leak: LeakDemonstration, document: DrawingDocument): ReportFigure {
  const panels = [
    { name: "honest", title: "Done rightly", permuted: permutedModel(leak.honest) },
    { name: "leaky", title: "With the mistake", permuted: permutedModel(leak.leaky) },
  ];
  const highest = Math.max(...panels.flatMap(({ permuted }) => counts(permuted.aucs)));
  return {
    id: `permuted-${leak.mode}`,
    title: "Both analyses with permuted outcomes",
    caption: `AUC of model CAR in the test set when the outcomes are dealt anew among the patients and everything is learned again, ${String(panels[0].permuted.aucs.length)} times. Nothing can be found then, so that the mean must be 0.50 (dotted); the solid line is the AUC with the true outcomes. A mistake that moves with the patients and not with the outcomes does not show here.`,
    panels: panels.map(({ name, title, permuted }) => ({
      name,
      drawing: histogram(title, permuted, highest, document),
    })),
    data: {
      columns: ["analysis", "permutation", "AUC"],
      rows: panels.flatMap(({ name, permuted }) => permuted.aucs.map((auc, index) => [name, index + 1, auc])),
    },
  };
}

/** What permuted outcomes gave the model with images. */
export function permutedModel({ audit }: PipelineOutcome): PermutedModel {
  const { models } = audit.lamps[0].evidence;
  return models[models.length - 1];
}

function counts(aucs: readonly number[]): number[] {
  const bins = new Array<number>(BINS).fill(0);
  for (const auc of aucs)
    bins[Math.min(BINS - 1, Math.max(0, Math.floor(((auc - FROM) / (1 - FROM)) * BINS)))]++;
  return bins;
}

function histogram(
  title: string,
  permuted: PermutedModel,
  highest: number,
  document: DrawingDocument,
): Drawing {
  const { aucs, mean, honest } = permuted;
  const width = (1 - FROM) / BINS;
  const bars = counts(aucs).map((count, bin) => ({
    x1: FROM + bin * width + 0.001,
    x2: FROM + (bin + 1) * width - 0.001,
    y: count,
  }));
  const ticks = roundTicks(0, highest, 5);
  const marks: Markish[] = [
    ...horizontalAxis({ label: "AUC", ticks: TICKS, tickText: (value) => formatFixed(value, 1) }),
    ...verticalAxis({ label: "Permutations", ticks, tickText: (value) => formatFixed(value, 0) }),
    rectY(bars, { x1: "x1", x2: "x2", y1: 0, y2: "y", fill: "#0072B2" }),
    ruleY([0], { stroke: INK, strokeWidth: 0.75 }),
    ruleX([0.5], { stroke: MUTED, strokeWidth: 1.5, strokeDasharray: "2 2.5" }),
    ruleX([honest], { stroke: "#D55E00", strokeWidth: 2.6 }),
    text([title], {
      text: [`${title}: mean ${formatFixed(mean, 3)}`],
      frameAnchor: "top-left",
      dy: -18,
      fill: INK,
      fontWeight: 700,
      fontSize: 13,
      textAnchor: "start",
    }),
  ];
  return drawPlot(
    {
      marginLeft: 56,
      marginBottom: 48,
      marginTop: 30,
      marginRight: 20,
      x: { domain: [FROM, 1] },
      y: { domain: [0, highest * 1.05] },
      marks,
    },
    {
      label: `AUC with permuted outcomes. ${title}: mean ${formatFixed(mean, 3)}, with the true outcomes ${formatFixed(honest, 3)}`,
      width: 400,
      height: 260,
    },
    document,
  );
}
