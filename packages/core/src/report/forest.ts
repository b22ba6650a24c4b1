import { axisX, dot, gridX, link, rect, ruleX, text, type Markish } from "@observablehq/plot";
import type { AxisPlan } from "./axis.ts";
import { drawPlot, type Drawing, type DrawingDocument } from "./drawing.ts";
import { HAIRLINE, INK, MUTED } from "./palette.ts";
import { shorten } from "./shorten.ts";

/** A line of a forest plot: a heading, or an estimate with its interval. */
export interface ForestRow {
  readonly label: string;
  readonly isHeading: boolean;
  /** Printed between label and plot, one text per column of the plan. */
  readonly cells: readonly string[];
  /** In units of the axis; null where there is none. */
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Printed right of the plot. */
  readonly printed: string;
  readonly colour: string;
}

/** What a forest plot looks like beside its rows. */
export interface ForestPlan {
  readonly axis: AxisPlan;
  readonly domain: readonly [number, number];
  /** Where the vertical line stands, e.g. at an odds ratio of 1. */
  readonly reference: number;
  /** Heads of `cells`, each with the px that it takes. */
  readonly columns: readonly { readonly head: string; readonly width: number }[];
  /** Head of the printed estimate. */
  readonly printedHead: string;
  readonly labelWidth: number;
  readonly width: number;
  readonly description: string;
}

const ROW = 18;
const TOP = 26;
const BOTTOM = 46;
const PRINTED_WIDTH = 132;

/** A forest plot: labels, columns of numbers, estimates with intervals, the estimate in words. */
export function drawForest(rows: readonly ForestRow[], plan: ForestPlan, document: DrawingDocument): Drawing {
  const left = plan.labelWidth + plan.columns.reduce((sum, { width }) => sum + width, 0);
  const placed = rows.map((row, y) => ({ ...row, y }));
  const height = TOP + BOTTOM + ROW * rows.length;
  const options = {
    marginLeft: left,
    marginRight: PRINTED_WIDTH,
    marginTop: TOP,
    marginBottom: BOTTOM,
    x: { domain: [...plan.domain] },
    y: { domain: [-0.5, rows.length - 0.5], reverse: true, axis: null },
  };
  const marks = [
    ...backMarks(placed, plan),
    ...estimateMarks(placed, plan),
    ...wordMarks(placed, plan, left),
  ];
  return drawPlot({ ...options, marks }, { label: plan.description, width: plan.width, height }, document);
}

type PlacedRow = ForestRow & { readonly y: number };

function backMarks(rows: readonly PlacedRow[], { axis, reference, domain }: ForestPlan): Markish[] {
  const values = [...axis.ticks];
  const headings = rows.filter(({ isHeading, y }) => isHeading && y > 0);
  return [
    gridX(values, { stroke: HAIRLINE, strokeOpacity: 1 }),
    axisX(values, {
      label: axis.label,
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: 38,
      tickFormat: axis.tickText,
      tickSize: 4,
      fontSize: 12,
      color: INK,
    }),
    ...headings.map(({ y }) =>
      rect([y], { x1: domain[0], x2: domain[1], y1: y - 0.5, y2: y - 0.47, fill: HAIRLINE }),
    ),
    ruleX([reference], { stroke: MUTED, strokeWidth: 1.2, strokeDasharray: "4 3" }),
  ];
}

function estimateMarks(rows: readonly PlacedRow[], { domain }: ForestPlan): Markish[] {
  const [least, most] = domain;
  const within = (value: number) => Math.min(most, Math.max(least, value));
  const intervals = rows.flatMap((row) =>
    row.lower === null || row.upper === null
      ? []
      : [{ ...row, lower: within(row.lower), upper: within(row.upper) }],
  );
  const points = rows.flatMap((row) =>
    row.value === null || row.value < least || row.value > most ? [] : [{ ...row, value: row.value }],
  );
  return [
    link(intervals, { x1: "lower", x2: "upper", y1: "y", y2: "y", stroke: "colour", strokeWidth: 1.6 }),
    dot(points, {
      x: "value",
      y: "y",
      r: 4,
      fill: "colour",
      stroke: "#ffffff",
      strokeWidth: 1,
      symbol: "square",
    }),
  ];
}

/** A column of words beside the plot. */
interface WordColumn {
  readonly head: string;
  readonly side: "left" | "right";
  readonly anchor: "start" | "end";
  /** px from the edge of the frame on that side. */
  readonly dx: number;
  /** Further px for rows below a heading. */
  readonly indent: number;
  readonly words: (row: PlacedRow) => string;
}

function wordMarks(rows: readonly PlacedRow[], plan: ForestPlan, left: number): Markish[] {
  const longest = Math.floor(plan.labelWidth / 6.2);
  const hasHeadings = rows.some(({ isHeading }) => isHeading);
  const columns: WordColumn[] = [
    {
      head: "",
      side: "left",
      anchor: "start",
      dx: 6 - left,
      indent: hasHeadings ? 12 : 0,
      words: ({ label, isHeading }) => shorten(label, isHeading ? longest + 6 : longest),
    },
  ];
  let edge = plan.labelWidth;
  plan.columns.forEach(({ head, width }, cell) => {
    edge += width;
    columns.push({
      head,
      side: "left",
      anchor: "end",
      dx: edge - left - 14,
      indent: 0,
      words: ({ cells }) => cells[cell] ?? "",
    });
  });
  const printed: WordColumn = {
    head: plan.printedHead,
    side: "right",
    anchor: "end",
    dx: PRINTED_WIDTH - 6,
    indent: 0,
    words: (row) => row.printed,
  };
  return [...columns, printed].flatMap((column) => columnMarks(rows, column));
}

function columnMarks(
  rows: readonly PlacedRow[],
  { head, side, anchor, dx, indent, words }: WordColumn,
): Markish[] {
  const place = { textAnchor: anchor, fontSize: 12 } as const;
  const headAnchor = side === "left" ? "top-left" : "top-right";
  return [
    ...[true, false].map((isHeading) =>
      text(
        rows.filter((row) => row.isHeading === isHeading && words(row) !== ""),
        {
          y: "y",
          text: words,
          frameAnchor: side,
          dx: isHeading ? dx : dx + indent,
          fill: INK,
          fontWeight: isHeading ? 600 : 400,
          ...place,
        },
      ),
    ),
    text([head], {
      text: [head],
      frameAnchor: headAnchor,
      dx,
      dy: -16,
      lineAnchor: "top",
      fill: MUTED,
      ...place,
      fontSize: 11,
    }),
  ];
}
