import { columnName } from "../models/design-value.ts";
import type { DesignColumn, FittedModel, InputColumn, LinearPredictor } from "../models/model.ts";
import { formatSignificant } from "./format.ts";
import type { PrintedTable } from "./table.ts";

/**
 * Every score inside a model as a table of its own: the columns that the penalty kept and the intercept.
 *
 * @returns One table a score, in the order of the names; none for scores of learners, which have no coefficients.
 */
export function scoreTables({ name, scores, inputs, imputer }: FittedModel): readonly PrintedTable[] {
  return Object.keys(scores)
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((score) => {
      const predictor = scores[score];
      if ("kind" in predictor) return [];
      const drawn = new Set(imputer?.columns.map((column) => column.name));
      return [scoreTable({ model: name, score, predictor, inputs, drawn })];
    });
}

/**
 * The intercept of a linear predictor for values as they are measured: that of centred and scaled columns, less what
 * the centring takes out.
 *
 * @example naturalIntercept({ intercept: 1, columns: [{ kind: "linear", column: "age", impute: 0, center: 50, scale: 10, coefficient: 0.2 }], regression: { method: "maximum-likelihood" }, lambda: null, standardErrors: null }) // => 0
 */
export function naturalIntercept({ intercept, columns }: LinearPredictor): number {
  return columns.reduce(
    (rest, { coefficient, center, scale }) => rest - (coefficient * center) / scale,
    intercept,
  );
}

function scoreTable(part: {
  readonly model: string;
  readonly score: string;
  readonly predictor: LinearPredictor;
  readonly inputs: readonly InputColumn[];
  /** Columns that chained equations impute. */
  readonly drawn: ReadonlySet<string>;
}): PrintedTable {
  const { model, score, predictor, inputs, drawn } = part;
  const labels = new Map(inputs.map((input) => [input.name, measuredLabel(input)]));
  const kept = predictor.columns.filter(({ coefficient }) => coefficient !== 0);
  return {
    id: `score-${model}-${score}`,
    title: `Score ${score} of model ${model} in full`,
    columns: ["Predictor", "Level or part", "Coefficient", "Missing values become"],
    words: [1],
    rows: [
      ...kept.map((column) => ({
        kind: "row" as const,
        cells: [
          column.kind === "score" ? column.name : (labels.get(column.column) ?? column.column),
          partWords(column),
          formatSignificant(column.coefficient / column.scale, 4),
          drawn.has(columnName(column)) ? "values drawn from the others" : imputeWords(column),
        ],
      })),
      { kind: "row", cells: ["Intercept", "", formatSignificant(naturalIntercept(predictor), 4), ""] },
    ],
    note: `The score is the intercept plus the sum of coefficient times value, each value as it is measured; columns with a coefficient of 0 are left out. The coefficient of the score is in the table of model ${model}.`,
  };
}

/** The label of an input with its unit, without which a coefficient means nothing. */
function measuredLabel(input: InputColumn): string {
  const hasUnit = input.kind === "numeric" && input.unit !== null && input.unit !== "1" && input.unit !== "";
  return hasUnit ? `${input.label} [${input.unit}]` : input.label;
}

function partWords(column: DesignColumn): string {
  switch (column.kind) {
    case "indicator":
      return column.level;
    case "rank":
      return "rank of the level";
    case "spline":
      return column.basis === 0
        ? "linear part of a spline"
        : `spline part ${column.basis}, knots ${column.knots.map((knot) => formatSignificant(knot, 3)).join(", ")}`;
    case "linear":
    case "score":
      return "";
  }
}

function imputeWords(column: DesignColumn): string {
  switch (column.kind) {
    case "indicator":
      return column.imputeLevel;
    case "rank":
      return column.levels[column.impute] ?? formatSignificant(column.impute, 3);
    case "linear":
    case "spline":
      return formatSignificant(column.impute, 4);
    case "score":
      return "";
  }
}
