/** The figures in words: lines for a terminal, and docs/coverage.md. */
import type { Row } from "./summary.ts";

/** A row as a line. */
export function printedRow(row: Row): string {
  const { scenario, model, judged, measure, method, estimand, interval } = row;
  const cover =
    interval === null
      ? ""
      : `coverage ${percent(interval.coverage)} ± ${percent(interval.coverageError)}, truth below ${percent(interval.truthBelow)}, above ${percent(interval.truthAbove)}, width ${interval.meanWidth.toFixed(4)}, without 0 ${percent(interval.excludesZero)}`;
  return [
    `${scenario}: ${model}, ${judged}, ${measure} (${method}), about the ${estimand}`,
    `n ${String(row.defined)} + ${String(row.undefined)}, truth ${row.meanTruth.toFixed(4)}, bias ${row.bias.toFixed(4)} ± ${row.biasError.toFixed(4)}`,
    cover,
  ].join("; ");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** The page. */
export function coveragePage(rows: readonly Row[], cohorts: number): string {
  return `${String(rows.length)} ${String(cohorts)}\n`;
}
