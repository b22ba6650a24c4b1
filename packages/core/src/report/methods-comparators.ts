import { comparatorColumns, describeComparator, type ProtocolComparator } from "../study/comparator.ts";
import type { Protocol } from "../study/protocol.ts";
import { listed } from "./words.ts";

/**
 * The paragraph on what the models are compared with.
 *
 * @returns Empty for a study without comparators.
 */
export function comparatorParagraph(protocol: Protocol): readonly string[] {
  const comparators = Object.entries(protocol.comparators);
  if (comparators.length === 0) return [];
  const sentences = comparators.map(([name, own]) => `${name}: ${comparatorWords(protocol, name, own)}.`);
  const scored = comparators.some(([, own]) => !("refit" in own));
  const complete = scored
    ? " A patient without the inputs of a score, a judgement or an imported risk is left out of its evaluation and of the comparisons with it; nothing of it is imputed."
    : "";
  return [
    `Comparators. ${sentences.join(" ")} Every model was compared with every comparator on the same patients, in whole sets only.${complete}`,
  ];
}

function comparatorWords(protocol: Protocol, name: string, comparator: ProtocolComparator): string {
  const { kind, label } = describeComparator(name, comparator);
  const columns = listed(comparatorColumns(comparator).map(({ column }) => labelOf(protocol, column)));
  switch (kind) {
    case "published":
      return `the Tenon score of ${columns} (Barranger et al. 2005, doi 10.1007/s10549-004-5781-z; its points are unverified), ${RECALIBRATED}`;
    case "judgement":
      return `${label} (${columns}; ${"higher" in comparator && comparator.higher === "better" ? "a lower" : "a higher"} value speaks for the event), ${RECALIBRATED}`;
    case "imported":
      return `${label}, the risk that another tool gave (${columns}); AUC, Brier score and calibration are those of the risk as it was stated; for net benefit and operating points its intercept alone was estimated anew (recalibration in the large) on the training patients`;
    case "refitted":
      return `${label} (${columns}${citation(comparator)}): the predictors of a published model, whose coefficients were not used, fitted anew by maximum likelihood in the same folds as the models`;
  }
}

const RECALIBRATED =
  "ranked as it is; its risks come from a logistic regression on it alone, learned from the training patients with a value, in cross-validation anew in every fold, and its thresholds are chosen on these patients";

function citation(comparator: ProtocolComparator): string {
  return "refit" in comparator && comparator.refit === "scc-nsln"
    ? "; Chen et al. 2015, World J Surg 39:2919"
    : "";
}

function labelOf({ variables }: Protocol, column: string): string {
  return variables[column]?.label ?? column;
}
