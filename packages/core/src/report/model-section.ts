import type { BlockScore, FilteredBlock, LinearPredictor } from "../models/model.ts";
import { coefficientFigure } from "./coefficient-figure.ts";
import { contributionFigure } from "./contribution-figure.ts";
import type { DrawingDocument } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import {
  formatCount,
  formatPercent,
  formatRange,
  formatRatio,
  formatSignificant,
  NOT_AVAILABLE,
} from "./format.ts";
import { element, type Html } from "./html.ts";
import { learnerWords } from "./learner-words.ts";
import type { Numbering } from "./numbering.ts";
import type { CoefficientRow } from "../models/coefficient-table.ts";
import type { ReportModel, ReportModelEntry } from "./report-model.ts";
import { naturalIntercept, scoreTables } from "./score-table.ts";
import type { PrintedTable } from "./table.ts";
import { counted, listed } from "./words.ts";

/** A longer table is folded up on the screen, and open in print. */
const LONG_TABLE = 24;

/** Every model in full: how it was fitted, its odds ratios drawn, and all that a reader needs to compute a risk. */
export function modelSection(
  model: ReportModel,
  numbering: Numbering,
  document: DrawingDocument,
): readonly Html[] {
  return model.models.map((entry) => {
    const figure = numbering.figure(entryFigure(entry, document));
    const tables = [...coefficientTables(entry), ...scoreTables(entry.fitted)].map((table) => {
      const printed = numbering.table(table);
      if (table.rows.length <= LONG_TABLE) return printed;
      return element`<details class="model">
<summary>${table.title}: ${counted(table.rows.length, "row")}</summary>
${printed}</details>
`;
    });
    return element`<h3>Model ${entry.name}</h3>
<p>${modelWords(entry)}</p>
${figure}${tables}`;
  });
}

function modelWords({ blocks, fitted }: ReportModelEntry): string {
  const { training, predictor, scores } = fitted;
  const names = Object.keys(scores);
  const score = names.length === 0 ? "" : ` ${names.map((name) => scoreWords(name, scores[name])).join(" ")}`;
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
}: FilteredBlock): string {
  const reasons = [
    [missing, "for missing values"],
    [constant, "as constant"],
    [unstable, "as not reproducible"],
    [redundant, "as redundant with an earlier one"],
  ] as const;
  const left = reasons.filter(([count]) => count > 0).map(([count, why]) => `${formatCount(count)} ${why}`);
  if (left.length === 0) return "";
  return ` Of ${counted(candidates, "candidate")} of block ${block} filters left out ${listed(left)}; ${formatCount(kept)} remained.`;
}

function methodWords(predictor: BlockScore): string {
  return "kind" in predictor ? learnerWords(predictor) : regressionWords(predictor);
}

function scoreWords(name: string, score: BlockScore): string {
  if ("kind" in score)
    return `Score ${name}: ${learnerWords(score)}, from ${counted(score.columns.length, "column")}.`;
  const kept = score.columns.filter(({ coefficient }) => coefficient !== 0).length;
  return `Score ${name}: ${regressionWords(score)}, ${formatCount(kept)} of ${counted(score.columns.length, "column")} with a coefficient other than 0.`;
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

function coefficientTables({ name, coefficients, fitted }: ReportModelEntry): readonly PrintedTable[] {
  return fitted.kind === "logistic" ? [coefficientTable(name, coefficients, fitted.predictor)] : [];
}

function coefficientTable(
  name: string,
  coefficients: readonly CoefficientRow[],
  predictor: LinearPredictor,
): PrintedTable {
  const pooling = poolingColumn(predictor);
  const row = (coefficient: CoefficientRow) => ({
    kind: "row" as const,
    cells: [
      coefficient.label,
      coefficient.detail,
      formatSignificant(coefficient.coefficient, 4),
      coefficient.per,
      formatRatio(coefficient.oddsRatio),
      intervalWords(coefficient),
      ...(pooling === null
        ? []
        : [formatPercent(coefficient.missingInformation ?? coefficient.selected ?? null, 0)]),
    ],
  });
  const intercept = ["Intercept", "", formatSignificant(naturalIntercept(predictor), 4), "", "", ""];
  return {
    id: `coefficients-${name}`,
    title: `Model ${name} in full`,
    columns: [
      "Predictor",
      "Level or part",
      "Coefficient",
      "Odds ratio per",
      "Odds ratio",
      "95% CI",
      ...(pooling === null ? [] : [pooling.title]),
    ],
    words: [1, 3],
    rows: [
      ...coefficients.map(row),
      { kind: "row", cells: pooling === null ? intercept : [...intercept, ""] },
    ],
    note: `Coefficients are log odds per unit of the predictor as it is measured; risk = 1 / (1 + exp(-(intercept + sum of coefficient times value))). Intervals are Wald's; penalised regressions have none, nor has Firth's where predictors separate the outcomes.${pooling === null ? "" : ` ${pooling.note}`} The model file of the run holds every number in full precision.`,
  };
}

/** What a table of pooled coefficients says besides; null where nothing was pooled. */
function poolingColumn({
  pooled,
}: LinearPredictor): { readonly title: string; readonly note: string } | null {
  if (pooled === undefined) return null;
  const means = `Coefficients are means over ${formatCount(pooled.imputations)} imputations.`;
  return pooled.missingInformation === null
    ? {
        title: "Kept in imputations",
        note: `${means} The last column is the share of imputations in which the coefficient is not 0.`,
      }
    : {
        title: "Missing information",
        note: `${means} Standard errors are by Rubin's rules, intervals by Student's t with Barnard and Rubin's degrees of freedom; the last column is the fraction of information about a coefficient that missing values took.`,
      };
}

function intervalWords({ lower, upper }: CoefficientRow): string {
  if (lower === null || upper === null) return NOT_AVAILABLE;
  return lower >= 0.005 && upper < 10
    ? formatRange(lower, upper, 2)
    : `${formatRatio(lower)}\u2013${formatRatio(upper)}`;
}
