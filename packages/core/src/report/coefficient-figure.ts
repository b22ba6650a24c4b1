import { exp, log } from "../math/elementary.ts";
import type { DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { drawForest, type ForestRow } from "./forest.ts";
import { formatRatio, NOT_AVAILABLE } from "./format.ts";
import { OKABE_ITO } from "./palette.ts";
import type { CoefficientRow } from "../models/coefficient-table.ts";
import type { ReportModelEntry } from "./report-model.ts";
import { shorten } from "./shorten.ts";
import { listed } from "./words.ts";

/** A figure shows at most so many predictors, those with the largest odds ratios either way. */
const MOST_ROWS = 30;

/** Odds ratios at which a short axis may have a tick. */
const NEAR_RATIOS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6, 2] as const;

/** Odds ratios at which an axis may have a tick. */
const RATIOS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100] as const;

interface OddsRatio extends CoefficientRow {
  readonly oddsRatio: number;
}

/** The odds ratios of a model as a forest plot; null where fewer than two exist. */
export function coefficientFigure(
  { name, coefficients, fitted }: ReportModelEntry,
  document: DrawingDocument,
): ReportFigure | null {
  const all = coefficients.filter(
    (row): row is OddsRatio => row.oddsRatio !== null && row.oddsRatio > 0 && Number.isFinite(row.oddsRatio),
  );
  if (all.length < 2) return null;
  const shown = strongest(all);
  const ends = shown.flatMap(({ oddsRatio, lower, upper }) => [
    oddsRatio,
    lower ?? oddsRatio,
    upper ?? oddsRatio,
  ]);
  const reach =
    Math.min(log(100), Math.max(log(1.5), ...ends.map((ratio) => Math.abs(log(Math.max(ratio, 0.001)))))) *
    1.06;
  const ticks = (reach < log(2) ? NEAR_RATIOS : RATIOS).map(log).filter((tick) => Math.abs(tick) <= reach);
  const hasIntervals = shown.some(({ lower }) => lower !== null);
  const drawing = drawForest(
    shown.map(forestRow),
    {
      axis: {
        label: hasIntervals ? "Odds ratio (95% CI)" : "Odds ratio",
        ticks: reach > log(20) ? ticks.filter((_, i) => i % 2 === (ticks.length % 4) >> 1) : ticks,
        tickText: (tick) => ratioText(exp(tick)),
      },
      domain: [-reach, reach],
      reference: 0,
      columns: [{ head: "per", width: 150 }],
      printedHead: hasIntervals ? "OR (95% CI)" : "OR",
      labelWidth: 250,
      width: 760,
      description: `Forest plot of the odds ratios of model ${name}`,
    },
    document,
  );
  const left =
    all.length > shown.length ? ` The ${shown.length} largest of ${all.length}; the table holds all.` : "";
  const single = coefficients.filter(({ oddsRatio }) => oddsRatio === null).map(({ label }) => label);
  const absent =
    single.length === 0
      ? ""
      : ` Not drawn, since a spline has no single odds ratio: ${listed([...new Set(single)])}.`;
  const beyond = shown.some(({ lower, upper }) =>
    [lower, upper].some((limit) => limit !== null && Math.abs(log(Math.max(limit, 1e-6))) > reach),
  );
  const cut = beyond ? " An interval that reaches the edge goes on beyond it; its limits are printed." : "";
  const penalised = hasIntervals ? "" : ` ${withoutIntervals(fitted)}`;
  return {
    id: `coefficients-${name}`,
    title: `Odds ratios of model ${name}`,
    caption: `On a logarithmic scale; the dashed line is no association.${left}${absent}${cut}${penalised} An odds ratio of a prediction model is no effect of a cause.`,
    panels: [{ name: "coefficients", drawing }],
    data: {
      columns: ["predictor", "detail", "per", "odds ratio", "lower", "upper", "coefficient"],
      rows: all.map((row) => [
        row.label,
        row.detail,
        row.per,
        row.oddsRatio,
        row.lower,
        row.upper,
        row.coefficient,
      ]),
    },
  };
}

function withoutIntervals({ predictor }: ReportModelEntry["fitted"]): string {
  return "regression" in predictor && predictor.regression.method === "penalised"
    ? "The penalty shrinks the odds ratios and leaves no valid standard errors, so that there are no intervals."
    : "Predictors separate the outcomes, so that there are no valid Wald intervals.";
}

/** The rows with the largest odds ratios either way, in their own order. */
function strongest(rows: readonly OddsRatio[]): readonly OddsRatio[] {
  if (rows.length <= MOST_ROWS) return rows;
  const sizes = rows.map(({ oddsRatio }) => Math.abs(log(oddsRatio)));
  const least = sizes.toSorted((a, b) => b - a)[MOST_ROWS - 1];
  return rows.filter((_, i) => sizes[i] >= least).slice(0, MOST_ROWS);
}

/** A level stands with its variable, so that what it is compared with has room; yes against no needs neither. */
function wordsOf({ label, detail, per }: OddsRatio): { readonly label: string; readonly per: string } {
  const start = `${detail} against `;
  return detail !== "" && detail !== "yes" && per.startsWith(start)
    ? { label: `${label}: ${detail}`, per: `against ${per.slice(start.length)}` }
    : { label, per: per.replace(/^per /, "") };
}

function forestRow(row: OddsRatio): ForestRow {
  const { oddsRatio, lower, upper } = row;
  const { label, per } = wordsOf(row);
  const limits =
    lower === null || upper === null ? NOT_AVAILABLE : `${formatRatio(lower)}\u2013${formatRatio(upper)}`;
  return {
    label,
    isHeading: false,
    cells: [shorten(per, 22)],
    value: log(oddsRatio),
    lower: lower === null || upper === null ? null : log(Math.max(lower, 1e-6)),
    upper: lower === null || upper === null ? null : log(Math.min(upper, 1e6)),
    printed: limits === NOT_AVAILABLE ? formatRatio(oddsRatio) : `${formatRatio(oddsRatio)} (${limits})`,
    colour: OKABE_ITO[0],
  };
}

function ratioText(ratio: number): string {
  return String(Math.round(ratio * 100) / 100);
}
