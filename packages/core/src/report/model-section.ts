import type { BlockScore, FilteredBlock, FittedModel, LinearPredictor } from "../models/model.ts";
import { coefficientFigure } from "./coefficient-figure.ts";
import { contributionFigure } from "./contribution-figure.ts";
import type { DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { modelTable } from "./model-table.ts";
import { formatCount, formatSignificant } from "./format.ts";
import { element, type Html } from "./html.ts";
import { importanceTable } from "./importance-table.ts";
import { learnerWords } from "./learner-words.ts";
import { nomogramFigure } from "./nomogram-figure.ts";
import type { Numbering } from "./numbering.ts";
import { partialEffectFigure } from "./partial-effect-figure.ts";
import type { ReportModel, ReportModelEntry } from "./report-model.ts";
import { scoreTables } from "./score-table.ts";
import { counted, listed } from "./words.ts";

/** A longer table is folded up on the screen, and open in print. */
const LONG_TABLE = 24;

/** Every model in full: how it was fitted, its odds ratios drawn, and all that a reader needs to compute a risk. */
export function modelSection(
  model: ReportModel,
  numbering: Numbering,
  document: DrawingDocument,
): readonly (Html | null)[] {
  const importance = numbering.table(importanceTable(model.importance ?? []));
  const refitted = (model.comparators ?? []).flatMap(({ entry, label }) =>
    entry === null ? [] : [{ entry, heading: `Comparator ${entry.name}: ${label}` }],
  );
  const shown = [...model.models.map((entry) => ({ entry, heading: `Model ${entry.name}` })), ...refitted];
  const sections = shown.map(({ entry, heading }) => {
    const figures = [
      entryFigure(entry, document),
      partialEffectFigure(entry, document),
      nomogramFigure(entry),
    ].map((figure) => numbering.figure(figure));
    const tables = [...modelTable(entry), ...scoreTables(entry.fitted)].map((table) => {
      const printed = numbering.table(table);
      if (table.rows.length <= LONG_TABLE) return printed;
      return element`<details class="model">
<summary>${table.title}: ${counted(table.rows.length, "row")}</summary>
${printed}</details>
`;
    });
    return element`<h3>${heading}</h3>
<p>${modelWords(entry)}</p>
${figures}${tables}`;
  });
  return [importance, ...sections];
}

function modelWords({ blocks, fitted }: ReportModelEntry): string {
  const { training, predictor, scores } = fitted;
  const names = Object.keys(scores);
  const score =
    names.length === 0
      ? ""
      : ` ${names.map((name) => scoreWords(name, scores[name], candidatesOf(fitted, name))).join(" ")}`;
  return `${blocks.length === 1 ? "Block" : "Blocks"} ${listed(blocks)}; ${methodWords(predictor)}; learned from ${counted(training.patients, "patient")} with ${counted(training.events, "event")}.${(training.filtered ?? []).map(filterWords).join("")}${score}`;
}

function filterWords({
  block,
  candidates,
  missing,
  constant,
  unstable,
  redundant,
  kept,
  selected,
}: FilteredBlock): string {
  const reasons = [
    [missing, "for missing values"],
    [constant, "as constant"],
    [unstable, "as not reproducible"],
    [redundant, "as redundant with an earlier one"],
  ] as const;
  const left = reasons.filter(([count]) => count > 0).map(([count, why]) => `${formatCount(count)} ${why}`);
  const chosen =
    selected === undefined
      ? ""
      : ` The selection of block ${block} chose ${formatCount(selected)} of ${counted(kept, "candidate")}.`;
  if (left.length === 0) return chosen;
  return ` Of ${counted(candidates, "candidate")} of block ${block} filters left out ${listed(left)}; ${formatCount(kept)} remained.${chosen}`;
}

function methodWords(predictor: BlockScore): string {
  return "kind" in predictor ? learnerWords(predictor) : regressionWords(predictor);
}

/** The columns that the fit of a score chose from: those that filters and selection left; null where it has none. */
function candidatesOf({ training }: FittedModel, score: string): number | null {
  const filtered = training.filtered?.find(({ block }) => block === score);
  return filtered?.selected ?? filtered?.kept ?? null;
}

function scoreWords(name: string, score: BlockScore, candidates: number | null): string {
  if ("kind" in score)
    return `Score ${name}: ${learnerWords(score)}, from ${counted(score.columns.length, "column")}.`;
  const kept = score.columns.filter(({ coefficient }) => coefficient !== 0).length;
  const among =
    candidates === null
      ? counted(kept, "column")
      : `${formatCount(kept)} of ${counted(candidates, "column")}`;
  return `Score ${name}: ${regressionWords(score)}, ${among} with a coefficient other than 0.`;
}

function regressionWords({ regression, lambda }: LinearPredictor): string {
  if (regression.method === "maximum-likelihood") return "logistic regression by maximum likelihood";
  if (regression.method === "firth")
    return "logistic regression by Firth's penalised likelihood with intercept correction";
  const kind =
    regression.alpha === 0
      ? "ridge"
      : regression.alpha === 1
        ? "LASSO"
        : `elastic net, alpha ${regression.alpha}`;
  return `penalised logistic regression (${kind}), penalty lambda ${formatSignificant(lambda, 3)}`;
}

/** The odds ratios of a regression, or what moves the answer of a learner. */
function entryFigure(entry: ReportModelEntry, document: DrawingDocument): ReportFigure | null {
  if (entry.fitted.kind === "logistic") return coefficientFigure(entry, document);
  const { contributions = null } = entry;
  return contributions === null ? null : contributionFigure(entry.name, contributions, document);
}
