import type { Comparison } from "../validation/evaluation.ts";
import { evaluationGroups, setLabel } from "./dataset-name.ts";
import { formatCount, formatDifference, formatFixed, formatPValue } from "./format.ts";
import { AFTER_CROSS_VALIDATION } from "./performance-table.ts";
import type { ReportModel } from "./report-model.ts";
import { FEW } from "./subgroup-table.ts";
import type { PrintedRow, PrintedTable } from "./table.ts";

/** Differences of AUC between models on the same patients; null without comparisons. */
export function comparisonTable(model: ReportModel): PrintedTable | null {
  const { comparisons } = model;
  if (comparisons.length === 0) return null;
  const groups = evaluationGroups(model);
  const known = groups
    .map(({ dataset }) => dataset)
    .filter((dataset) => comparisons.some((own) => own.dataset === dataset));
  const datasets = [...new Set([...known, ...comparisons.map(({ dataset }) => dataset)])];
  const methodOf = (dataset: string) =>
    groups.find((group) => group.dataset === dataset)?.method ?? "held-out";
  const patientsOf = (dataset: string) =>
    groups.find((group) => group.dataset === dataset)?.evaluations[0].patients;
  // Models with each other, then with the comparators in the protocol's order.
  const comparatorPlace = ({ second }: Comparison) =>
    (model.comparators ?? []).findIndex(({ name }) => name === second);
  const tested = comparisons.filter(({ pValue }) => pValue !== null).length;
  return {
    id: "comparisons",
    title: "Differences of AUC",
    columns: ["Models", "Difference", "95% CI", "z", "p", "Test"],
    words: [5],
    rows: datasets.flatMap((dataset): PrintedRow[] => [
      { kind: "heading", cells: [setLabel(model, { dataset, method: methodOf(dataset) })] },
      ...comparisons
        .filter((comparison) => comparison.dataset === dataset)
        .sort((a, b) => comparatorPlace(a) - comparatorPlace(b))
        .map((comparison) => comparisonRow(comparison, patientsOf(dataset))),
    ]),
    note: [
      "AUC of the first model minus that of the second on the same patients.",
      ...(tested > 1
        ? [
            `The p-values of these ${tested} comparisons are not adjusted for their number: by chance alone one in twenty lies below 0.05. Read the intervals of the comparisons that were planned.`,
          ]
        : []),
      ...(groups.some(({ evaluations: [{ patients, events }] }) => Math.min(events, patients - events) < FEW)
        ? [
            `With fewer than ${FEW} patients of an outcome neither the intervals nor the tests can be trusted.`,
          ]
        : []),
      ...(datasets.some((dataset) => methodOf(dataset) === "cross-validation")
        ? [AFTER_CROSS_VALIDATION]
        : []),
    ].join(" "),
  };
}

/** The patients are named where they are fewer than `all`. */
function comparisonRow(comparison: Comparison, all: number | undefined): PrintedRow {
  const { first, second, patients, difference, lower, upper, z, pValue, test } = comparison;
  const printed = formatDifference({ difference, lower, upper }, 3);
  return {
    kind: "row",
    cells: [
      `${first} \u2212 ${second}`,
      printed.difference,
      printed.range,
      formatFixed(z, 2),
      formatPValue(pValue),
      patients === undefined || patients === all ? test : `${test}; ${formatCount(patients)} patients`,
    ],
  };
}
