import type { Evaluation } from "../validation/evaluation.ts";
import { roundTicks } from "./axis.ts";
import type { EvaluationGroup } from "./dataset-name.ts";
import type { DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { drawForest, type ForestRow } from "./forest.ts";
import { formatCount, formatEstimate, formatFixed, NOT_AVAILABLE } from "./format.ts";
import { INK, modelStyles } from "./palette.ts";
import type { ReportModel, ReportSubgroup } from "./report-model.ts";
import { FEW } from "./subgroup-table.ts";
import { counted, listed, lowered } from "./words.ts";

interface SubgroupLevel {
  readonly subgroup: ReportSubgroup | null;
  readonly heading: string;
  /** In the order of the models. */
  readonly evaluations: readonly Evaluation[];
}

/** AUC of all models in the subgroups of one data set as a forest plot; null where no subgroup was judged. */
export function subgroupFigure(
  model: ReportModel,
  group: EvaluationGroup,
  document: DrawingDocument,
): ReportFigure | null {
  const subgroups = model.subgroups.filter(({ within }) => within === group.dataset);
  const judged = subgroups
    .map((subgroup) => levelOf(model, group, subgroup))
    .filter(({ evaluations }) => evaluations.length > 0);
  if (judged.length === 0) return null;
  const styles = modelStyles(model.models.map(({ name }) => name));
  const whole = group.evaluations.filter((evaluation) => styles.has(evaluation.model));
  const levels = [{ subgroup: null, heading: "All patients", evaluations: whole }, ...judged];
  const rows = levels.flatMap((level) => rowsOf(level, (name) => styles.get(name)?.colour ?? INK));
  const least = rows.reduce((lowest, { lower, value }) => Math.min(lowest, lower ?? value ?? 1), 0.5);
  const from = Math.max(0, Math.floor(least * 10) / 10);
  const drawing = drawForest(
    rows,
    {
      axis: {
        label: "AUC (95% CI)",
        ticks: roundTicks(from, 1, 6),
        tickText: (value) => formatFixed(value, 1),
      },
      domain: [from, 1],
      reference: 0.5,
      columns: [
        { head: "patients", width: 62 },
        { head: "events", width: 56 },
      ],
      printedHead: "AUC (95% CI)",
      labelWidth: 262,
      width: 746,
      description: `Forest plot of AUC by subgroup. ${group.label}: ${judged.map(({ heading }) => heading).join("; ")}`,
    },
    document,
  );
  return {
    id: `subgroups-${group.dataset}-${group.method}`,
    title: `AUC in subgroups: ${lowered(group.label)}`,
    caption: captionOf(model, group, judged),
    panels: [{ name: "subgroups", drawing }],
    data: {
      columns: ["variable", "level", "model", "patients", "events", "AUC", "lower", "upper"],
      rows: levels.flatMap(({ subgroup, evaluations }) =>
        evaluations.map(({ model: name, patients, events, auc }) => [
          subgroup?.variable ?? "all",
          subgroup?.level ?? "all",
          name,
          patients,
          events,
          auc.value,
          auc.lower,
          auc.upper,
        ]),
      ),
    },
  };
}

function captionOf(model: ReportModel, group: EvaluationGroup, judged: readonly SubgroupLevel[]): string {
  const hasFew = judged.some(({ evaluations: [{ patients, events }] }) => isFew(patients, events));
  const methods = [
    ...new Set(
      judged.flatMap(({ evaluations }) =>
        evaluations.flatMap(({ auc }) => (auc.lower === null ? [] : [auc.method])),
      ),
    ),
  ];
  const isTested = (model.subgroupTests ?? []).some(({ within }) => within === group.dataset);
  return [
    "Predictions of the same models as for all patients; none was fitted on a subgroup. The dashed line is chance.",
    `Intervals: ${listed(methods)}; a subgroup with fewer than two patients of an outcome has no estimate.`,
    ...unknownWords(group, judged),
    ...(hasFew
      ? [`*Fewer than ${FEW} patients of an outcome: the estimate says little and its interval is too short.`]
      : []),
    `A look at one subgroup after another finds differences by chance: ${isTested ? "read them with the tests in the table below" : "none was tested"}.`,
  ].join(" ");
}

/** Patients who stand in no level of a variable, since their value is missing. */
function unknownWords({ evaluations }: EvaluationGroup, judged: readonly SubgroupLevel[]): readonly string[] {
  const known = new Map<string, number>();
  for (const {
    subgroup,
    evaluations: [{ patients }],
  } of judged)
    if (subgroup !== null) known.set(subgroup.variable, (known.get(subgroup.variable) ?? 0) + patients);
  const missing = [...known].flatMap(([variable, patients]) =>
    patients < evaluations[0].patients
      ? [`${variable} in ${counted(evaluations[0].patients - patients, "patient")}`]
      : [],
  );
  return missing.length === 0 ? [] : [`Missing, and in no subgroup: ${listed(missing)}.`];
}

function isFew(patients: number, events: number): boolean {
  const rarer = Math.min(events, patients - events);
  return rarer > 0 && rarer < FEW;
}

function levelOf(model: ReportModel, group: EvaluationGroup, subgroup: ReportSubgroup): SubgroupLevel {
  const order = model.models.map(({ name }) => name);
  const evaluations = model.evaluations
    .filter(({ dataset, method }) => dataset === subgroup.dataset && method === group.method)
    .sort((a, b) => order.indexOf(a.model) - order.indexOf(b.model));
  return { subgroup, heading: `${subgroup.variable}: ${subgroup.level}`, evaluations };
}

function rowsOf(
  { heading, evaluations }: SubgroupLevel,
  colourOf: (model: string) => string,
): readonly ForestRow[] {
  const { patients, events } = evaluations[0];
  const nothing = { value: null, lower: null, upper: null };
  const head = {
    label: `${heading}${isFew(patients, events) ? "*" : ""}`,
    isHeading: true,
    cells: [formatCount(patients), formatCount(events)],
    ...nothing,
    printed: "",
    colour: INK,
  };
  return [
    head,
    ...evaluations.map(({ model, auc }) => ({
      label: model,
      isHeading: false,
      cells: [],
      ...(Math.min(events, patients - events) < 2
        ? { ...nothing, printed: NOT_AVAILABLE }
        : { value: auc.value, lower: auc.lower, upper: auc.upper, printed: formatEstimate(auc, 2) }),
      colour: colourOf(model),
    })),
  ];
}
