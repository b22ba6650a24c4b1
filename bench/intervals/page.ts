/** The figures in words: lines for a terminal, and docs/coverage.md. */
import { POPULATION } from "./population.ts";
import { SCENARIOS } from "./scenarios.ts";
import type { Row } from "./summary.ts";
import { biasCell, coverageCell, covers, crossTable, markdown, sidesCell, signed } from "./tables.ts";
import { comparisons, held, internal, introduction, lessons, missing, others, verdict } from "./words.ts";

/** A row as a line. */
export function printedRow(row: Row): string {
  const { scenario, model, judged, measure, method, estimand, interval } = row;
  const where = `${scenario}: ${model}, ${judged}, ${measure} (${method}), about the ${estimand}`;
  const count =
    row.undefined === 0
      ? String(row.defined)
      : `${String(row.defined)} of ${String(row.defined + row.undefined)}`;
  const bias = `${count} cohorts, mean truth ${row.meanTruth.toFixed(4)}, bias ${signed(row.bias)} ± ${row.biasError.toFixed(4)}`;
  if (interval === null) return `${where}: ${bias}`;
  const [coverage, error] = [interval.coverage, interval.coverageError].map((share) =>
    (100 * share).toFixed(1),
  );
  return `${where}: ${bias}, coverage ${coverage} % ± ${error}, mean width ${interval.meanWidth.toFixed(4)}`;
}

/** The page. */
export function coveragePage(rows: readonly Row[], cohorts: number): string {
  const of = (scenario: string, is: (row: Row) => boolean) =>
    rows.filter((row) => row.scenario === scenario && is(row));
  const isPrinted = (row: Row) => row.method === "as printed";
  const isTest = (row: Row) => row.judged.startsWith("test set") && row.interval !== null;
  const heldOut = (scenario: string) =>
    crossTable(
      of(scenario, (row) => isPrinted(row) && isTest(row) && !row.model.includes(" and ")),
      {
        first: "measure",
        lineOf: ({ measure }) => measure,
        columnOf: ({ model, judged }) => `${model}, ${judged.replace("test set of ", "n ")}`,
        cell: coverageCell,
      },
    );
  return [
    introduction(cohorts, POPULATION),
    markdown(
      ["scenario", "cohorts"],
      SCENARIOS.map(({ name, description }) => [name, description]),
    ),
    verdict,
    tally(rows.filter((row) => isPrinted(row) && isTest(row))),
    held.abstract,
    heldOut("abstract"),
    held.nearOne,
    heldOut("near one"),
    internal.crossValidation,
    crossValidated(rows),
    internal.bias,
    biases(rows),
    internal.correction,
    corrections(rows),
    comparisons.text,
    differences(rows),
    comparisons.size,
    sizes(rows),
    missing,
    imputed(rows),
    others,
    otherIntervals(rows),
    lessons,
  ]
    .join("\n\n")
    .concat("\n");
}

/** How many intervals cover as they say, by measure; those at several thresholds count as one measure. */
function tally(rows: readonly Row[]): string {
  const measureOf = ({ measure }: Row) => measure.replace(/ at .*/, "");
  const measures = [...new Set(rows.map(measureOf))];
  return markdown(
    ["measure", "intervals", "in 93 to 97 %", "least covering, %", "most covering, %"],
    measures.map((measure) => {
      const own = rows.filter((row) => measureOf(row) === measure);
      const shares = own.map(({ interval }) => 100 * interval!.coverage);
      return [
        measure,
        String(own.length),
        String(own.filter((row) => covers(row) === true).length),
        Math.min(...shares).toFixed(1),
        Math.max(...shares).toFixed(1),
      ];
    }),
  );
}

function crossValidated(rows: readonly Row[]): string {
  const chosen = rows.filter(
    ({ judged, method, interval, model }) =>
      judged.startsWith("cross-validation") &&
      method === "as printed" &&
      interval !== null &&
      !model.includes(" and "),
  );
  return crossTable(chosen, {
    first: "measure",
    lineOf: ({ measure }) => measure,
    columnOf: ({ model, judged, estimand }) =>
      `${model}, ${judged.replace("cross-validation in", "n")}: ${estimand}`,
    cell: coverageCell,
  });
}

function biases(rows: readonly Row[]): string {
  const chosen = rows.filter(
    ({ estimand, measure, method, judged, model }) =>
      estimand === "final model" &&
      ["as printed", "library"].includes(method) &&
      !judged.startsWith("test set") &&
      !model.includes(" and ") &&
      ["AUC", "Brier score", "calibration slope"].includes(measure),
  );
  return crossTable(chosen, {
    first: "estimate",
    lineOf: ({ model, judged }) => `${model}, ${judged.replace(" in ", ", n ")}`,
    columnOf: ({ measure }) => measure,
    cell: (row) =>
      row.measure === "AUC" ? biasCell(row) : `${signed(row.bias)} ± ${row.biasError.toFixed(4)}`,
  });
}

function corrections(rows: readonly Row[]): string {
  const chosen = rows.filter(
    ({ judged, measure, interval }) =>
      judged.startsWith("optimism-corrected") && measure === "AUC" && interval !== null,
  );
  return intervalTable(chosen, ({ model, judged }) => `${model}, ${judged}`);
}

function differences(rows: readonly Row[]): string {
  const chosen = rows.filter(
    ({ model, interval, estimand }) =>
      model.includes(" and ") && interval !== null && estimand === "final model",
  );
  return markdown(
    [
      "difference",
      "scenario",
      "models",
      "judged on",
      "mean truth",
      "coverage (truth below / above), %",
      "bias",
    ],
    chosen.map((row) => [
      row.measure.replace("difference of ", ""),
      row.scenario,
      row.model,
      row.judged,
      signed(row.meanTruth),
      sidesCell(row),
      signed(row.bias),
    ]),
  );
}

function sizes(rows: readonly Row[]): string {
  const chosen = rows.filter(({ model, interval }) => model === "two equal scores" && interval !== null);
  return markdown(
    ["test", "rejects at 5 %, % of cohorts"],
    chosen.map(({ measure, interval }) => [measure, (100 * interval!.excludesZero).toFixed(1)]),
  );
}

function imputed(rows: readonly Row[]): string {
  const chosen = rows.filter(({ scenario, interval }) => scenario === "missing" && interval !== null);
  return intervalTable(chosen, ({ measure, estimand }) => `${measure}, about the ${estimand}`);
}

function otherIntervals(rows: readonly Row[]): string {
  const key = ({ scenario, model, judged, measure, estimand }: Row) =>
    [scenario, model, judged, measure, estimand].join("|");
  const compared = new Set(
    rows
      .filter(
        ({ method, interval, model }) =>
          !["as printed", "library"].includes(method) &&
          interval !== null &&
          !model.includes(" and ") &&
          model !== "two equal scores",
      )
      .map(key),
  );
  const isElsewhere = ({ scenario, judged }: Row) =>
    scenario === "missing" || judged.startsWith("optimism-corrected");
  const all = rows.filter((row) => compared.has(key(row)) && !isElsewhere(row));
  // Those of a measure beside each other.
  const chosen = [...new Set(all.map(({ measure }) => measure))].flatMap((measure) =>
    all.filter((row) => row.measure === measure),
  );
  return crossTable(chosen, {
    first: "interval",
    lineOf: ({ measure, method }) => `${measure}: ${method}`,
    columnOf: ({ scenario, model, judged }) => `${scenario}, ${model}, ${judged}`,
    cell: coverageCell,
  });
}

function intervalTable(rows: readonly Row[], lineOf: (row: Row) => string): string {
  return markdown(
    ["estimate", "interval", "coverage (truth below / above), %", "mean width", "bias"],
    rows.map((row) => [
      lineOf(row),
      row.method,
      sidesCell(row),
      row.interval!.meanWidth.toFixed(3),
      signed(row.bias),
    ]),
  );
}
