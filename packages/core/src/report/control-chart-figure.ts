import { dot, line, type Markish, ruleY } from "@observablehq/plot";
import type { ControlChart } from "../study/monitoring/monitor-report.ts";
import { horizontalAxis, roundTicks, verticalAxis } from "./axis.ts";
import { type Drawing, type DrawingDocument, drawPlot } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatFixed } from "./format.ts";
import { INK } from "./palette.ts";
import { panelHeading } from "./panel-heading.ts";

const LINE = "#0072B2";
const ALARM = "#D55E00";

/**
 * Control charts that belong together, one drawing each, with every point as data; null where there is none with points.
 *
 * @param about What they show and how they are read.
 */
export function controlChartFigure(
  about: Pick<ReportFigure, "id" | "title" | "caption">,
  charts: readonly ControlChart[],
  document: DrawingDocument,
): ReportFigure | null {
  const drawn = charts.filter(({ points }) => points.length > 1);
  if (drawn.length === 0) return null;
  return {
    ...about,
    panels: drawn.map((chart) => ({
      name: chart.name.replaceAll(" ", "-"),
      drawing: chartDrawing(chart, document),
    })),
    data: {
      columns: ["chart", "cases", "date", "value", "lower limit", "upper limit"],
      rows: drawn.flatMap(({ name, kind, limit, points }) =>
        points.map(({ cases, date, value }) => [
          name,
          cases,
          date,
          value,
          kind === "signed" ? -limit : null,
          limit,
        ]),
      ),
    },
  };
}

function chartDrawing(chart: ControlChart, document: DrawingDocument): Drawing {
  const { name, kind, limit, points } = chart;
  const reach = 1.15 * points.reduce((most, { value }) => Math.max(most, Math.abs(value)), limit);
  const y = kind === "signed" ? [-reach, reach] : [0, reach];
  const [first, last] = [points[0].cases, points[points.length - 1].cases];
  const ticks = roundTicks(y[0], y[1], 5);
  const whole = ticks.every((tick) => Number.isInteger(tick));
  const heading = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  const marks: Markish[] = [
    panelHeading(heading),
    ...horizontalAxis({
      label: chart.group === "outcomes" ? "Known outcomes" : "Patients",
      ticks: roundTicks(0, last, 4),
      tickText: (value) => formatFixed(value, 0),
    }),
    ...verticalAxis({
      label: kind === "signed" ? "Standardised" : "Distance",
      ticks,
      tickText: (value) => formatFixed(value, whole ? 0 : 1),
      offset: 50,
    }),
    ruleY(kind === "signed" ? [-limit, limit] : [limit], { stroke: ALARM, strokeDasharray: "5 3" }),
    ...(kind === "signed" ? [ruleY([0], { stroke: INK, strokeWidth: 0.75 })] : []),
    line(points, { x: "cases", y: "value", stroke: LINE, strokeWidth: 1.6, strokeLinejoin: "round" }),
    dot(
      points.filter(({ value }) => Math.abs(value) > limit),
      { x: "cases", y: "value", r: 1.8, fill: ALARM },
    ),
  ];
  const label = `${name} over ${String(last)} cases from case ${String(first)}: ${chart.alarms.length === 0 ? "within its limit" : `beyond its limit from case ${String(chart.alarms[0].from.cases)}`}`;
  const options = {
    marginLeft: 62,
    marginBottom: 46,
    marginTop: 32,
    marginRight: 14,
    x: { domain: [0, last] },
    y: { domain: y },
  };
  return drawPlot({ ...options, marks }, { label, width: 320, height: 270 }, document);
}
