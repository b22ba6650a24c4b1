import type { JudgedPredictions } from "../study/judged-predictions.ts";
import { comparatorStyles, modelStyles, type ModelStyle } from "./palette.ts";
import type { ReportComparator, ReportModel, ReportPredictions } from "./report-model.ts";
import { listed } from "./words.ts";

/**
 * The predictions of the comparators of a set, as figures draw them.
 *
 * @returns The risk whose calibration is judged, and the score that ranks the patients.
 */
export function comparatorPredictionsOf({
  dataset,
  method,
  outcome,
  comparators = [],
}: JudgedPredictions): readonly ReportPredictions[] {
  return comparators.map(({ comparator, rows, repeats }) => {
    const [{ score, stated }] = repeats;
    return {
      model: comparator.name,
      dataset,
      method,
      outcome: rows.map((row) => outcome[row]),
      probabilities: stated === undefined ? repeats.map(({ probability }) => probability) : [stated],
      ...(score === undefined ? {} : { ranking: [score] }),
    };
  });
}

/** The comparator of a name; null for a model. */
export function comparatorNamed({ comparators = [] }: ReportModel, name: string): ReportComparator | null {
  return comparators.find((own) => own.name === name) ?? null;
}

/**
 * A model's name, a comparator's with its mark.
 *
 * @param more Words to follow in the brackets of a comparator's mark.
 */
export function markedName(model: ReportModel, name: string, more: readonly string[] = []): string {
  const comparator = comparatorNamed(model, name);
  return comparator === null ? name : `${name} (${[comparator.mark, ...more].join("; ")})`;
}

/** Models, then comparators, in the protocol's order. */
export function judgedNames({ models, comparators = [] }: ReportModel): readonly string[] {
  return [...models, ...comparators].map(({ name }) => name);
}

/** The looks of models and comparators, by name. */
export function judgedStyles({ models, comparators = [] }: ReportModel): ReadonlyMap<string, ModelStyle> {
  const namesOf = (entries: readonly { readonly name: string }[]) => entries.map(({ name }) => name);
  return new Map([...modelStyles(namesOf(models)), ...comparatorStyles(namesOf(comparators))]);
}

/** How the comparators of a report are to be read, for the note of a table; none without comparators. */
export function comparatorNotes({ comparators = [] }: ReportModel): readonly string[] {
  const ofKind = (kind: ReportComparator["kind"]) =>
    comparators.filter((own) => own.kind === kind).map(({ name }) => name);
  const [scores, imported, refitted] = [
    [...ofKind("published"), ...ofKind("judgement")],
    ofKind("imported"),
    ofKind("refitted"),
  ];
  return [
    ...(scores.length === 0
      ? []
      : [
          `${listed(scores)}: the AUC is that of the score as it is; risks, with their calibration, net benefit and operating points, are those of a logistic recalibration on the training patients.`,
        ]),
    ...(imported.length === 0
      ? []
      : [
          `${listed(imported)}: AUC, Brier score and calibration are those of the risk as it was stated; net benefit and operating points are those of the risk recalibrated in the large on the training patients.`,
        ]),
    ...(refitted.length === 0
      ? []
      : [`${listed(refitted)}: predictors of a published model, fitted anew here.`]),
  ];
}
