import {
  comparatorColumns,
  type ComparatorKind,
  describeComparator,
  type ProtocolComparator,
} from "../study/comparator.ts";
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
  const kinds = new Set(comparators.map(([name, own]) => describeComparator(name, own).kind));
  return [
    [
      "Comparators.",
      ...sentences,
      EVERY_MODEL,
      ...RULES.flatMap(({ of, words }) => (of.some((kind) => kinds.has(kind)) ? [words] : [])),
    ].join(" "),
  ];
}

const EVERY_MODEL =
  "Every model was compared with every comparator on the same patients, in whole sets only.";

/** How the kinds of comparators were judged. */
const RULES: readonly { readonly of: readonly ComparatorKind[]; readonly words: string }[] = [
  {
    of: ["published", "judgement"],
    words:
      "Scores and judgements were ranked as they are; their risks come from a logistic regression on the score alone, learned from the training patients that have it (in cross-validation anew in every fold), and their thresholds were chosen on the same patients.",
  },
  {
    of: ["imported"],
    words:
      "AUC, Brier score and calibration of an imported risk are those of the risk as it was stated; for net benefit and operating points its intercept alone was estimated anew on the training patients (recalibration in the large).",
  },
  {
    of: ["refitted"],
    words:
      "Refitted predictors were learned by maximum likelihood in the same folds as the models; no published coefficient was used.",
  },
  {
    of: ["published", "judgement", "imported"],
    words:
      "A patient without the inputs of a score, a judgement or an imported risk was left out of its evaluation and of the comparisons with it; nothing of it was imputed.",
  },
];

function comparatorWords(protocol: Protocol, name: string, comparator: ProtocolComparator): string {
  const { kind, label } = describeComparator(name, comparator);
  const columns = comparatorColumns(comparator).map(({ column }) => column);
  const labels = listed(columns.map((column) => protocol.variables[column]?.label ?? column));
  switch (kind) {
    case "published":
      return `the Tenon score (Barranger et al. 2005, doi 10.1007/s10549-004-5781-z; its points are unverified) of ${labels}`;
    case "judgement": {
      const direction = "higher" in comparator && comparator.higher === "better" ? "lower" : "higher";
      return `${label} (column ${listed(columns)}), of which a ${direction} value speaks for the event`;
    }
    case "imported":
      return `${label}, a risk that another tool gave (column ${listed(columns)})`;
    case "refitted":
      return `${label} (${labels}${citation(comparator)})`;
  }
}

function citation(comparator: ProtocolComparator): string {
  return "refit" in comparator && comparator.refit === "scc-nsln"
    ? "; Chen et al. 2015, World J Surg 39:2919"
    : "";
}
