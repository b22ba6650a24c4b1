import type { Evaluation } from "../validation/evaluation.ts";
import { allEvaluationGroups, type EvaluationGroup } from "./dataset-name.ts";
import { formatCount, formatEstimate, formatFixed } from "./format.ts";
import { comparatorNotes, markedName } from "./report-comparators.ts";
import type { ReportModel } from "./report-model.ts";
import type { PrintedRow, PrintedTable } from "./table.ts";
import { lowered } from "./words.ts";

/** What intervals after cross-validation leave out (Bengio and Grandvalet 2004, J Mach Learn Res 5:1089-1105). */
export const AFTER_CROSS_VALIDATION =
  "After cross-validation, intervals and tests take the out-of-fold predictions as given: they do not count that models learned from other patients would differ, and tend to be too short.";

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
        cells: [nameCell(model, evaluation, evaluations[0]), ...performanceCells(evaluation)],
      })),
    ]),
    note: [noteOf(groups), ...comparatorNotes(model)].join(" "),
  };
}

/** The name with a comparator's mark, and the patients where they are fewer than the heading says. */
function nameCell(model: ReportModel, own: Evaluation, first: Evaluation): string {
  const fewer = own.patients !== first.patients;
  return markedName(
    model,
    own.model,
    fewer ? [`${formatCount(own.patients)} patients, ${formatCount(own.events)} events`] : [],
  );
}

function noteOf(groups: readonly EvaluationGroup[]): string {
  const has = (method: Evaluation["method"]) => groups.some((group) => group.method === method);
  return [
    `Intervals of the AUC: ${methodsOf(groups)}; of calibration intercept and slope: Wald.`,
    "Perfect values: scaled Brier 1, calibration intercept (in the large) 0, calibration slope 1, ICI (integrated calibration index) 0.",
    ...(has("cross-validation") ? [AFTER_CROSS_VALIDATION] : []),
    ...(has("bootstrap") ? ["Bootstrap-corrected figures have no interval."] : []),
    ...(has("apparent")
      ? [
          "Apparent results are optimistic, since they judge the patients that the model learned from, and validate nothing; the apparent slope of a penalised model exceeds 1, since the penalty draws its risks together.",
        ]
      : []),
  ].join(" ");
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

/** How the intervals were made, each way with the sets that it concerns. */
function methodsOf(groups: readonly EvaluationGroup[]): string {
  const sets = new Map<string, Set<string>>();
  for (const { label, evaluations } of groups)
    for (const { auc } of evaluations)
      if (auc.lower !== null) sets.set(auc.method, (sets.get(auc.method) ?? new Set()).add(lowered(label)));
  return [...sets].map(([method, labels]) => `${method} (${[...labels].join("; ")})`).join("; ");
}
