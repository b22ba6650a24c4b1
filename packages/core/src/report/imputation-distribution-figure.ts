import { areaY, line, type Markish, rectY } from "@observablehq/plot";
import type { ColumnDiagnostics, ImputedDistribution } from "../models/imputation/imputation-diagnostics.ts";
import { horizontalAxis, roundTicks, verticalAxis } from "./axis.ts";
import { type Drawing, type DrawingDocument, drawPlot } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatFixed, formatPercent } from "./format.ts";
import { EVENT_COLOURS } from "./palette.ts";
import { panelHeading } from "./panel-heading.ts";
import { shorten } from "./shorten.ts";
import { tickText } from "./tick-text.ts";

const OBSERVED = EVENT_COLOURS.none;
const IMPUTED = EVENT_COLOURS.event;

type Density = Extract<ImputedDistribution, { readonly kind: "density" }>;
type Shares = Extract<ImputedDistribution, { readonly kind: "shares" }>;

/** Observed against imputed values of every column, as densities or as shares of levels; null where none exists. */
export function imputationDistributionFigure(
  columns: readonly ColumnDiagnostics[],
  document: DrawingDocument,
): ReportFigure | null {
  const drawn = columns.flatMap((column) =>
    column.distribution === null ? [] : [{ column, distribution: column.distribution }],
  );
  if (drawn.length === 0) return null;
  return {
    id: "imputation-distribution",
    title: "Observed and imputed values",
    caption:
      "Observed values (blue, filled; left bars) and imputed ones of all imputations together (orange, dashed; right bars): densities of numbers, shares of levels. A difference needs a reason, such as patients of another kind whose value is missing; it is no proof of an error.",
    panels: drawn.map(({ column, distribution }) => ({
      name: column.name,
      drawing: distributionDrawing(column, distribution, document),
    })),
    data: {
      columns: ["predictor", "value or level", "observed", "imputed"],
      rows: drawn.flatMap(({ column: { name }, distribution }) => {
        const places = distribution.kind === "density" ? distribution.at : distribution.levels;
        return places.map((place, k) => [name, place, distribution.observed[k], distribution.imputed[k]]);
      }),
    },
  };
}

function distributionDrawing(
  { label, unit }: ColumnDiagnostics,
  distribution: ImputedDistribution,
  document: DrawingDocument,
): Drawing {
  const measured = unit === null ? label : `${label} (${unit})`;
  const { marks, domain } =
    distribution.kind === "density"
      ? densityMarks(distribution, measured)
      : shareMarks(distribution, measured);
  const most = Math.max(...distribution.observed, ...distribution.imputed);
  return drawPlot(
    {
      marginLeft: 46,
      marginBottom: 46,
      marginTop: 26,
      marginRight: 14,
      x: { domain },
      y: { domain: [0, 1.08 * most], ...(distribution.kind === "density" ? { axis: null } : {}) },
      marks: [...marks, panelHeading(shorten(label, 34))],
    },
    { label: `Observed and imputed values of ${label}`, width: 320, height: 240 },
    document,
  );
}

interface DrawnDistribution {
  readonly marks: readonly Markish[];
  readonly domain: [number, number];
}

function densityMarks({ at, observed, imputed }: Density, label: string): DrawnDistribution {
  const [from, to] = [at[0], at[at.length - 1]];
  const ticks = roundTicks(from, to, 5);
  const points = at.map((x, k) => ({ x, observed: observed[k], imputed: imputed[k] }));
  return {
    domain: [from, to],
    marks: [
      ...horizontalAxis({
        label: shorten(label, 44),
        ticks,
        tickText: tickText(ticks),
      }),
      areaY(points, { x: "x", y: "observed", fill: OBSERVED, fillOpacity: 0.18 }),
      line(points, { x: "x", y: "observed", stroke: OBSERVED, strokeWidth: 1.8 }),
      line(points, { x: "x", y: "imputed", stroke: IMPUTED, strokeWidth: 1.8, strokeDasharray: "6 3" }),
    ],
  };
}

function shareMarks({ levels, observed, imputed }: Shares, label: string): DrawnDistribution {
  const bars = levels.map((_, level) => ({ level, observed: observed[level], imputed: imputed[level] }));
  const most = Math.max(...observed, ...imputed);
  return {
    domain: [-0.5, levels.length - 0.5],
    marks: [
      ...horizontalAxis({
        label: shorten(label, 44),
        ticks: [...levels.keys()],
        tickText: (value) => shorten(levels[value] ?? formatFixed(value, 0), Math.floor(40 / levels.length)),
      }),
      ...verticalAxis({
        label: "",
        ticks: roundTicks(0, most, 4),
        tickText: (value) => formatPercent(value, 0),
      }),
      rectY(bars, {
        x1: ({ level }: { level: number }) => level - 0.36,
        x2: ({ level }: { level: number }) => level - 0.02,
        y: "observed",
        fill: OBSERVED,
        fillOpacity: 0.7,
      }),
      rectY(bars, {
        x1: ({ level }: { level: number }) => level + 0.02,
        x2: ({ level }: { level: number }) => level + 0.36,
        y: "imputed",
        fill: IMPUTED,
        fillOpacity: 0.7,
      }),
    ],
  };
}
