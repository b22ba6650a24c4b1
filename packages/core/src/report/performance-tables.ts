import type { Comparison, Evaluation } from "../validation/evaluation.ts";
import { allEvaluationGroups, datasetLabel, evaluationGroups } from "./dataset-name.ts";
import {
  formatCount,
  formatEstimate,
  formatFixed,
  formatPercent,
  formatPValue,
  formatRange,
  formatSigned,
  NOT_AVAILABLE,
} from "./format.ts";
import type { ReportModel } from "./report-model.ts";
import type { PrintedRow, PrintedTable } from "./table.ts";
import { ruleLabel } from "./threshold-words.ts";
import { capitalised, lowered } from "./words.ts";

/** Discrimination, overall accuracy and calibration of every model on every data set. */
export function performanceTable(model: ReportModel): PrintedTable {
  const groups = allEvaluationGroups(model);
  return {
    id: "performance",
    title: "Performance of the models",
    columns: [
      "Model",
      "AUC (95% CI)",
      "Brier score",
      "Scaled Brier",
      "Calibration intercept (95% CI)",
      "Calibration slope (95% CI)",
      "ICI",
    ],
    rows: groups.flatMap(({ label, evaluations }): PrintedRow[] => [
      {
        kind: "heading",
        cells: [
          `${label}: ${formatCount(evaluations[0].patients)} patients, ${formatCount(evaluations[0].events)} events`,
        ],
      },
      ...evaluations.map((evaluation): PrintedRow => ({
        kind: "row",
        cells: [evaluation.model, ...performanceCells(evaluation)],
      })),
    ]),
    note: `Intervals of the AUC: ${methodsOf(groups.flatMap(({ evaluations }) => evaluations))}. Perfect values: scaled Brier 1, calibration intercept (in the large) 0, calibration slope 1, ICI (integrated calibration index) 0. Apparent results are optimistic: they judge the patients that the model learned from.`,
  };
}

function performanceCells({ auc, brier, scaledBrier, calibration }: Evaluation): readonly string[] {
  return [
    formatEstimate(auc, 3),
    formatFixed(brier.value, 3),
    formatFixed(scaledBrier.value, 3),
    formatEstimate(calibration.intercept, 2),
    formatEstimate(calibration.slope, 2),
    formatFixed(calibration.ici.value, 3),
  ];
}

function methodsOf(evaluations: readonly Evaluation[]): string {
  return [
    ...new Set(
      evaluations
        .filter(({ auc }) => auc.value !== null)
        .map((evaluation) => `${lowered(datasetLabel(evaluation))}, ${evaluation.auc.method}`),
    ),
  ].join("; ");
}

/** Differences of AUC between models on the same patients; null without comparisons. */
export function comparisonTable(model: ReportModel): PrintedTable | null {
  if (model.comparisons.length === 0) return null;
  const datasets = [...new Set(model.comparisons.map(({ dataset }) => dataset))];
  const printed = (comparison: Comparison): PrintedRow => ({
    kind: "row",
    cells: [
      `${comparison.first} \u2212 ${comparison.second}`,
      formatSigned(comparison.difference, 3),
      formatRange(comparison.lower, comparison.upper, 3),
      formatFixed(comparison.z, 2),
      formatPValue(comparison.pValue),
      comparison.test,
    ],
  });
  return {
    id: "comparisons",
    title: "Differences of AUC",
    columns: ["Models", "Difference", "95% CI", "z", "p", "Test"],
    words: [5],
    rows: datasets.flatMap((dataset): PrintedRow[] => [
      { kind: "heading", cells: [`${capitalised(dataset.replace(/^external:/, "external: "))} set`] },
      ...model.comparisons.filter((comparison) => comparison.dataset === dataset).map(printed),
    ]),
    note: "AUC of the first model minus that of the second on the same patients. p-values are not adjusted for the number of comparisons.",
  };
}

/** What each threshold means in patients; null where no threshold was judged. */
export function thresholdTable(model: ReportModel): PrintedTable | null {
  const rows = evaluationGroups(model).flatMap(({ label, evaluations }): PrintedRow[] => {
    const judged = evaluations.filter(({ thresholds }) => thresholds.length > 0);
    return judged.length === 0 ? [] : [{ kind: "heading", cells: [label] }, ...judged.flatMap(thresholdRows)];
  });
  if (rows.length === 0) return null;
  return {
    id: "thresholds",
    title: "Operating points",
    columns: [
      "Model, rule",
      "Threshold",
      "TP / FN\nTN / FP",
      "Sensitivity",
      "Specificity",
      "PPV",
      "NPV",
      "FNR",
      "FOR",
      "Spared per 100",
    ],
    rows,
    note: "A patient is called positive where the predicted risk reaches the threshold. TP, FN, TN, FP: true and false positives and negatives. FNR, false negative rate: share of the patients with the event that is missed, FN / (TP + FN). FOR, false omission rate: share of the patients called negative that has the event, FN / (TN + FN). The two are often confused; both are printed. Intervals are 95% (Wilson). Spared per 100: patients called negative. Rules: FNR \u2264 is the largest threshold that keeps the FNR of out-of-fold predictions of training patients at or below the limit; risk \u2265 is fixed beforehand.",
  };
}

function thresholdRows({ model, thresholds }: Evaluation): readonly PrintedRow[] {
  return thresholds.map((point): PrintedRow => {
    const share = ({
      value,
      lower,
      upper,
    }: {
      readonly value: number | null;
      readonly lower: number | null;
      readonly upper: number | null;
    }) =>
      value === null
        ? NOT_AVAILABLE
        : `${formatPercent(value, 1)}\n(${formatRange(lower === null ? null : 100 * lower, upper === null ? null : 100 * upper, 1)})`;
    return {
      kind: "row",
      cells: [
        `${model}, ${ruleLabel(point.name)}`,
        formatFixed(point.threshold, 3),
        countWords(point),
        share(point.sensitivity),
        share(point.specificity),
        share(point.ppv),
        share(point.npv),
        share(point.falseNegativeRate),
        share(point.falseOmissionRate),
        formatFixed(point.sparedPer100, 1),
      ],
    };
  });
}

/** Counts of a 2 x 2 table, one class a line; means over repeats have a decimal. */
function countWords({ counts }: Evaluation["thresholds"][number]): string {
  const { truePositives, falseNegatives, trueNegatives, falsePositives } = counts;
  const isWhole = [truePositives, falseNegatives, trueNegatives, falsePositives].every(Number.isInteger);
  const word = (count: number) => (isWhole ? formatCount(count) : formatFixed(count, 1));
  return `${word(truePositives)} / ${word(falseNegatives)}\n${word(trueNegatives)} / ${word(falsePositives)}`;
}
