import type { Evaluation } from "../validation/evaluation.ts";
import { evaluationGroups } from "./dataset-name.ts";
import { formatCount, formatFixed, formatPercent, formatRange, NOT_AVAILABLE } from "./format.ts";
import { comparatorNotes } from "./report-comparators.ts";
import type { ReportModel } from "./report-model.ts";
import type { PrintedRow, PrintedTable } from "./table.ts";
import { ruleLabel } from "./threshold-words.ts";

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
    note: [noteOf(model), ...comparatorNotes(model)].join(" "),
  };
}

function noteOf(model: ReportModel): string {
  const judged = evaluationGroups(model).filter(({ evaluations }) =>
    evaluations.some(({ thresholds }) => thresholds.length > 0),
  );
  const points = judged.flatMap(({ evaluations }) => evaluations.flatMap(({ thresholds }) => thresholds));
  const uses = (start: string) => points.some(({ name }) => name.startsWith(start));
  const isNowhere = points.some(({ ppv, npv }) => ppv.value === null || npv.value === null);
  return [
    "A patient is called positive where the predicted risk reaches the threshold. TP, FN, TN, FP: true and false positives and negatives. FNR, false negative rate: share of the patients with the event that is missed, FN / (TP + FN). FOR, false omission rate: share of the patients called negative that has the event, FN / (TN + FN). The two are often confused; both are printed. PPV, NPV and FOR hold for the share of events among these patients. Intervals are 95% (Wilson). Spared per 100: patients called negative.",
    ...(uses("fnr")
      ? [
          "FNR \u2264: the largest threshold that keeps the FNR of out-of-fold predictions of training patients at or below the limit; in other patients the FNR may exceed it.",
        ]
      : []),
    ...(uses("youden")
      ? [
          "Youden: the threshold with the largest sensitivity + specificity \u2212 1 on out-of-fold predictions of training patients.",
        ]
      : []),
    ...(uses("p>=") ? ["Risk \u2265: fixed beforehand."] : []),
    ...(uses("score>")
      ? ["Score >: the published cut-off, as the recalibrated risk between the scores beside it."]
      : []),
    ...(judged.some(({ method }) => method === "cross-validation")
      ? [
          "In cross-validation every training set chooses its own thresholds: the threshold printed is their mean, counts are means over the repeats, and shares are those of the mean counts.",
        ]
      : []),
    ...(isNowhere ? ["n/a: nobody, or on average less than one patient, is in the denominator."] : []),
  ].join(" ");
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
