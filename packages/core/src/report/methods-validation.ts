import { codeBook } from "../study/protocol-variables.ts";
import type { Protocol } from "../study/protocol.ts";
import { formatPercent } from "./format.ts";
import { ruleWords } from "./threshold-words.ts";
import { counted, listed } from "./words.ts";

/** The paragraphs on validation, on measures, and on subgroups where there are any. */
export function validationParagraphs(protocol: Protocol): readonly string[] {
  const { validation } = protocol;
  return [
    `Validation. ${splitWords(protocol)} ${validation.patients === "all" ? "All models were judged on all patients, those of the test set included, by" : "In the development set all models were judged by"} ${validation.folds}-fold cross-validation repeated ${counted(validation.repeats, "time")}, with the same folds for all models, whole patients in a fold, and the entire fit repeated in each. The cross-validated AUC is the mean over repeats of the AUC of the pooled out-of-fold predictions of a repeat; its interval uses the mean of the repeats' DeLong variances, so that repeats do not narrow it. Other measures are computed in each repeat on its pooled out-of-fold predictions and averaged in the same way; the variance of the calibration slope is doubled, since the true slope of a model varies with its training patients as well.`,
    ...optimismParagraph(protocol),
    measuresParagraph(protocol),
    ...subgroupParagraph(protocol),
  ];
}

function optimismParagraph({ validation: { optimism } }: Protocol): readonly string[] {
  if (optimism === undefined) return [];
  return [
    `Optimism. The apparent AUC, Brier score and calibration slope were also corrected for optimism (Harrell et al. 1996): each model was fitted anew, with everything that it learns, on ${optimism} bootstrap samples of the development set, copies of a patient sharing the inner folds; the mean difference between its performance in its sample and in all development patients was taken off. Corrected figures have no interval.`,
  ];
}

function splitWords(protocol: Protocol): string {
  const { split } = protocol;
  const label = (column: string) => protocol.variables[column]?.label ?? column;
  const untouched =
    "The models that the test judges, and their thresholds, used none of the patients set apart.";
  switch (split.method) {
    case "none":
      return "No test set was set apart: the study has internal validation only.";
    case "column":
      return `The test set${split.prospective === undefined ? "" : " and the prospective set"} was set apart by the variable ${label(split.column)}. ${untouched}`;
    case "temporal":
      return split.prospectiveFrom === undefined
        ? `The test set holds the patients from ${split.testFrom} on (${label(split.column)}). ${untouched}`
        : `The test set holds the patients from ${split.testFrom} on, the prospective set those from ${split.prospectiveFrom} on (${label(split.column)}). ${untouched}`;
    case "centre":
      return `The test set holds the patients of other centres (${label(split.column)}: ${listed(split.test.map((code) => levelLabel(protocol, split.column, code)))}). ${prospectiveWords(protocol)}${untouched}`;
    case "random": {
      const strata = ["the outcome", ...split.stratifyBy.map(label)];
      const pool = split.prospectiveFrom === undefined ? "the patients" : "the earlier patients";
      return `${prospectiveWords(protocol)}A random ${formatPercent(split.testShare, 0)} of ${pool}, stratified by ${listed(strata)}, form the test set. ${untouched}`;
    }
  }
}

/** Who is in a prospective phase that begins on a day; empty without one. */
function prospectiveWords({ split, variables }: Protocol): string {
  if (!("dateColumn" in split) || split.dateColumn === undefined) return "";
  const label = variables[split.dateColumn]?.label ?? split.dateColumn;
  return `The prospective set holds the patients from ${split.prospectiveFrom} on (${label}). `;
}

function levelLabel({ variables }: Protocol, column: string, code: string | number): string {
  const level = codeBook(variables[column]?.levels).find((candidate) => candidate.code === String(code));
  return level?.label ?? String(code);
}

/** What is computed of predictions and outcomes. */
export function measuresParagraph({ thresholds }: Protocol): string {
  const { from, to } = thresholds.decisionCurve;
  return `Measures. Discrimination is the area under the ROC curve (AUC) with DeLong's 95% interval, made on the logit scale where it would pass 1 and Newcombe's where the AUC is 1; models are compared on the same patients by DeLong's paired test, two-sided and without adjustment for the number of comparisons. Overall accuracy is the Brier score, also scaled by that of a prediction equal to the prevalence. Calibration is judged by the intercept (in the large) and the slope with Wald's 95% intervals, a loess curve (span 0.75, degree 2) with a pointwise 95% band, and the integrated calibration index. Clinical usefulness is the net benefit at thresholds from ${formatPercent(from, 0)} to ${formatPercent(to, 0)}, with pointwise 95% bootstrap intervals. ${operatingWords(thresholds.rules)}`;
}

function operatingWords(rules: readonly string[]): string {
  if (rules.length === 0) return "No operating point was asked for.";
  const [fixed, chosen] = [
    rules.filter((rule) => rule.startsWith("p>=")),
    rules.filter((rule) => !rule.startsWith("p>=")),
  ];
  const parts = [
    ...(chosen.length > 0
      ? [
          `${listed(chosen.map(ruleWords))} ${chosen.length > 1 ? "were" : "was"} sought on out-of-fold predictions of training patients`,
        ]
      : []),
    ...(fixed.length > 0
      ? [`${listed(fixed.map(ruleWords))} ${fixed.length > 1 ? "were" : "was"} fixed beforehand`]
      : []),
  ];
  return `Operating points: ${parts.join(", and ")}; all were then applied unchanged, with Wilson's 95% intervals of shares.`;
}

function subgroupParagraph({ subgroups, variables }: Protocol): readonly string[] {
  if (subgroups.length === 0) return [];
  const named = subgroups.map(({ variable, cuts }) => {
    const label = variables[variable]?.label ?? variable;
    const unit = variables[variable]?.unit;
    return cuts === undefined
      ? label
      : `${label} (cut at ${listed(cuts.map(String))}${unit === undefined || unit === "1" ? "" : ` ${unit}`})`;
  });
  return [
    `Subgroups. The AUC of each model was also computed in subgroups named in the protocol: ${listed(named)}; patients without a value of the variable stand in none. No model was fitted on a subgroup. Whether the AUC differs between the levels was tested by Cochran's Q with DeLong's variances, without adjustment for the number of tests.`,
  ];
}
