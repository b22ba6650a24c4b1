import { codeBook } from "../study/protocol-variables.ts";
import type { Protocol, ProtocolBlock, ProtocolRegression } from "../study/protocol.ts";
import { formatPercent } from "./format.ts";
import { plannedLearner } from "./methods-learner.ts";
import { comparatorParagraph } from "./methods-comparators.ts";
import { listed, counted } from "./words.ts";
import { harmonisationSentences } from "./methods-harmonisation.ts";
import { imputationSentences } from "./methods-imputation.ts";
import { selectionWords } from "./methods-selection.ts";
import { radiomicsParagraph } from "./methods-radiomics.ts";
import { validationParagraphs } from "./methods-validation.ts";

const TIMES: Readonly<Record<Protocol["decision"], string>> = {
  "before-surgery": "before surgery",
  "after-sentinel-biopsy": "after the sentinel biopsy",
  "final-pathology": "at final pathology",
};

/**
 * The Methods section of a study: what the protocol says, in sentences. Nothing in it depends on the data.
 *
 * @param protocol A protocol with every default written out.
 * @returns One paragraph each on participants, predictors, images, models, preparation, validation, measures and design.
 */
export function methodsParagraphs(protocol: Protocol): readonly string[] {
  return [
    participantsParagraph(protocol),
    predictors(protocol),
    ...radiomicsParagraph(protocol),
    models(protocol),
    ...comparatorParagraph(protocol),
    preparation(protocol),
    ...validationParagraphs(protocol),
    design(protocol),
  ];
}

/** Who takes part and what is predicted. */
export function participantsParagraph({ eligibility, outcome, decision, cohort }: Protocol): string {
  const reasons = eligibility.map(({ reason }) => reason);
  const excluded =
    reasons.length === 0
      ? "No patient was excluded by a rule."
      : `Patients were excluded, in this order, for: ${reasons.join("; ")}.`;
  return `Participants and outcome. Every row of the cohort table belongs to a patient named by ${cohort.id}; a patient counts once, however many images there are. ${excluded} The outcome is ${outcome.label} (column ${outcome.variable}). Predictions are meant for use ${TIMES[decision]}: a predictor that is known later, a comparator, or a fact about files was refused before anything was fitted.`;
}

function predictors(protocol: Protocol): string {
  const blocks = Object.entries(protocol.blocks).map(
    ([name, block]) => `Block ${name}: ${blockWords(protocol, block)}.`,
  );
  return `Predictors. Predictors enter in blocks. ${blocks.join(" ")}`;
}

function blockWords(protocol: Protocol, block: ProtocolBlock): string {
  if (Array.isArray(block)) return listed(block.map((term) => termWords(protocol, term)));
  const score =
    block.entersAs === "score"
      ? `, condensed to one score by ${block.scoreLearner === undefined ? regressionWords(block.scoreRegression) : plannedLearner(block.scoreLearner)}; the score of a training patient comes from fits that did not see that patient`
      : "";
  if ("predictors" in block)
    return `${listed(block.predictors.map((term) => termWords(protocol, term)))}${score}`;
  const which =
    block.radiomics === "all"
      ? "all radiomic features"
      : `the radiomic features whose names start with ${listed(block.radiomics)}`;
  const { maximumMissing, maximumCorrelation } = block.filter;
  return `${which}, without those missing in more than ${formatPercent(maximumMissing, 0)} of the training patients${protocol.radiomics.reproducibility === undefined ? "" : ", without those that are not reproducible"} and, of two with an absolute Spearman correlation above ${maximumCorrelation}, without the later one${block.selection === undefined ? "" : `, of which ${selectionWords(block.selection)}`}${score}`;
}

type Term = Extract<ProtocolBlock, readonly unknown[]>[number];

function termWords({ variables }: Protocol, term: Term): string {
  const { column, spline, ordinal } = typeof term === "string" ? { column: term } : term;
  const variable = variables[column];
  const label = variable?.label ?? column;
  const measured = variable?.unit === undefined ? label : `${label} (${variable.unit})`;
  if (spline !== undefined) return `${measured} as a restricted cubic spline with ${spline} knots`;
  if (variable?.type !== "ordinal" || codeBook(variable.levels).length < 3) return measured;
  return ordinal === "indicators" ? `${measured} by level` : `${measured} by rank`;
}

function models(protocol: Protocol): string {
  const sentences = Object.entries(protocol.models).map(([name, model]) => {
    const blocks = Array.isArray(model) ? model : model.blocks;
    const own = Array.isArray(model) ? undefined : model;
    const method =
      own?.learner !== undefined
        ? plannedLearner(own.learner)
        : own?.regression === undefined
          ? null
          : regressionWords(own.regression);
    return `Model ${name}: ${blocks.length === 1 ? "block" : "blocks"} ${listed(blocks)}${method === null ? "" : `, by ${method}`}.`;
  });
  return `Models. Where no other method is named, a model is a logistic regression fitted by ${regressionWords(protocol.regression)}. ${sentences.join(" ")}`;
}

function regressionWords(regression: ProtocolRegression): string {
  if (regression.method === "maximum-likelihood") return "maximum likelihood";
  if (regression.method === "firth")
    return "Firth's penalised likelihood with intercept correction (Puhr et al. 2017)";
  const kind =
    regression.method === "elastic-net"
      ? `an elastic net (alpha ${regression.alpha})`
      : regression.method === "lasso"
        ? "the LASSO"
        : "ridge regression";
  const rule =
    regression.rule === "minimum"
      ? "of least deviance"
      : "largest within one standard error of the least deviance";
  return `${kind} with the penalty ${rule} in ${counted(regression.folds, "fold")} of cross-validation inside the training patients`;
}

function preparation(protocol: Protocol): string {
  const { images, imputation } = protocol;
  const simple =
    imputation.method === "simple"
      ? "missing numbers are replaced by the median and missing levels by the most frequent level, "
      : "";
  const several =
    images === undefined
      ? ""
      : ` Several images of a patient become one value a feature: ${images.several === "first" ? "that of the first image" : `their ${images.several}`}.`;
  return `Preparation. Everything learned from data is learned inside each fit, from the training patients of that fit alone: ${simple}columns are centred and scaled, constant columns are dropped, and correlated features are filtered without a look at the outcome.${harmonisationSentences(protocol)}${imputationSentences(protocol)}${several}`;
}

function design({ seed }: Protocol): string {
  return `Design and reproducibility. The study implements the design described in the abstract of Future Oncology 2026;22:45-57 (clinical, then axillary ultrasound, then radiomic predictors); it is not that paper's model and uses none of its coefficients. All random numbers derive from the seed ${seed}; equal data, protocol and software give equal results, bit for bit, whatever the number of workers.`;
}
