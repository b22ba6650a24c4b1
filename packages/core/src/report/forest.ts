import { axisX, dot, gridX, link, rect, ruleX, text, type Markish } from "@observablehq/plot";
import { type AxisPlan } from "./axis.ts";
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

function wordMarks(rows: readonly PlacedRow[], plan: ForestPlan, left: number): Markish[] {
  const longest = Math.floor(plan.labelWidth / 6.6);
  const print = (
    at: {
      readonly dx: number;
      readonly head: string;
      readonly anchor: "start" | "end";
      readonly side: "left" | "right";
    },
    words: (row: PlacedRow) => string,
  ): Markish[] => {
    const shown = rows.filter((row) => words(row) !== "");
    const place = {
      frameAnchor: at.side,
      dx: at.dx,
      textAnchor: at.anchor,
      fill: INK,
      fontSize: 12,
    } as const;
    return [
      ...[true, false].map((isHeading) => {
        const own = shown.filter((row) => row.isHeading === isHeading);
        return text(own, {
          y: "y",
          text: (row: PlacedRow) => words(row),
          ...place,
          fontWeight: isHeading ? 600 : 400,
        });
      }),
      text([at.head], {
        text: [at.head],
        ...place,
        frameAnchor: at.side === "left" ? "top-left" : "top-right",
        dy: -16,
        lineAnchor: "top",
        fill: MUTED,
        fontSize: 11,
      }),
    ];
  };
  let edge = plan.labelWidth;
  const columns = plan.columns.flatMap(({ head, width }, column) => {
    edge += width;
    return print(
      { dx: edge - left - 14, head, anchor: "end", side: "left" },
      ({ cells }) => cells[column] ?? "",
    );
  });
  const indent = ({ isHeading, label }: PlacedRow) => shorten(label, isHeading ? longest + 6 : longest);
  return [
    ...print({ dx: 6 - left, head: "", anchor: "start", side: "left" }, indent),
    ...columns,
    ...print(
      { dx: PRINTED_WIDTH - 6, head: plan.printedHead, anchor: "end", side: "right" },
      ({ printed }) => printed,
    ),
  ];
}
