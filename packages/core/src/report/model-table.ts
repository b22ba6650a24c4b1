import type { CoefficientRow } from "../models/coefficient-table.ts";
import type { LinearPredictor } from "../models/model.ts";
import {
  formatCount,
  formatPercent,
  formatRange,
  formatRatio,
  formatSignificant,
  NOT_AVAILABLE,
} from "./format.ts";
import type { ReportModelEntry } from "./report-model.ts";
import { naturalIntercept } from "./score-table.ts";
import type { PrintedTable } from "./table.ts";

/** The coefficients of a regression with all that a reader needs to compute a risk; no table for a learner. */
export function modelTable({ name, coefficients, fitted }: ReportModelEntry): readonly PrintedTable[] {
  return fitted.kind === "logistic" ? [coefficientTable(name, coefficients, fitted.predictor)] : [];
}

/** A column that not every table has. */
interface OptionalColumn {
  readonly title: string;
  readonly cell: (row: CoefficientRow) => string;
}

function coefficientTable(
  name: string,
  coefficients: readonly CoefficientRow[],
  predictor: LinearPredictor,
): PrintedTable {
  const hasIntervals = coefficients.some(({ lower }) => lower !== null);
  const pooling = poolingColumn(predictor);
  const optional: readonly OptionalColumn[] = [
    ...(hasIntervals ? [{ title: "95% CI", cell: intervalWords }] : []),
    ...(pooling === null ? [] : [{ title: pooling.title, cell: pooledShare }]),
  ];
  const columns = ["Predictor", "Level or part", "Coefficient", "Odds ratio per", "Odds ratio"];
  return {
    id: `coefficients-${name}`,
    title: `Model ${name} in full`,
    columns: [...columns, ...optional.map(({ title }) => title)],
    words: [1, 3],
    rows: [
      ...coefficients.map((row) => ({
        kind: "row" as const,
        cells: [
          row.label,
          row.detail,
          formatSignificant(row.coefficient, 4),
          row.per,
          formatRatio(row.oddsRatio),
          ...optional.map(({ cell }) => cell(row)),
        ],
      })),
      {
        kind: "row",
        cells: [
          "Intercept",
          "",
          formatSignificant(naturalIntercept(predictor), 4),
          "",
          "",
          ...optional.map(() => ""),
        ],
      },
    ],
    note: [
      "Coefficients are log odds per unit of the predictor as it is measured; risk = 1 / (1 + exp(-(intercept + sum of coefficient times value))).",
      ...encodingWords(coefficients, predictor),
      intervalNote(predictor, hasIntervals),
      ...(pooling === null ? [] : [pooling.note]),
      "The model file of the run holds every number in full precision, and what missing values become.",
    ].join(" "),
  };
}

/** How values that are not plain numbers enter, so that the table suffices to compute a risk. */
function encodingWords(
  coefficients: readonly CoefficientRow[],
  { columns }: LinearPredictor,
): readonly string[] {
  const splines = columns.flatMap((column, i) =>
    column.kind === "spline" && column.basis === 0
      ? [
          `of ${coefficients[i]?.label ?? column.column} ${column.knots.map((knot) => formatSignificant(knot, 4)).join(", ")}`,
        ]
      : [],
  );
  const kinds = new Set(columns.map(({ kind }) => kind));
  return [
    ...(kinds.has("linear") || kinds.has("score")
      ? ["SD: standard deviation in the training patients, after imputation."]
      : []),
    ...(kinds.has("indicator") ? ["A level counts 1 in patients who have it and 0 in others."] : []),
    ...(kinds.has("rank") ? ["A rank is 0 for the first level, 1 for the second, and so on."] : []),
    ...(splines.length === 0
      ? []
      : [
          `Splines are restricted cubic with knots k1, k2, ..., kp, kq (${splines.join("; ")}): part 1 is the value x itself, part j + 1 is [(x \u2212 kj)\u00b3 \u2212 (x \u2212 kp)\u00b3 (kq \u2212 kj) / (kq \u2212 kp) + (x \u2212 kq)\u00b3 (kp \u2212 kj) / (kq \u2212 kp)] / (kq \u2212 k1)\u00b2, a cube counting only where its base is positive; a spline has no single odds ratio.`,
        ]),
  ];
}

function intervalNote({ regression }: LinearPredictor, hasIntervals: boolean): string {
  switch (regression.method) {
    case "penalised":
      return "The penalty shrinks coefficients and leaves no valid standard errors: there are no intervals and no p-values.";
    case "firth":
      return hasIntervals
        ? "Intervals are Wald's, which are approximate with Firth's regression; profile limits, which the library computes, are better with few events."
        : "Where predictors separate the outcomes Wald's intervals would mislead: there are none.";
    case "maximum-likelihood":
      return "Intervals are Wald's.";
  }
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

function pooledShare({ missingInformation, selected }: CoefficientRow): string {
  return formatPercent(missingInformation ?? selected ?? null, 0);
}

function intervalWords({ lower, upper }: CoefficientRow): string {
  if (lower === null || upper === null) return NOT_AVAILABLE;
  return lower >= 0.005 && upper < 10
    ? formatRange(lower, upper, 2)
    : `${formatRatio(lower)}\u2013${formatRatio(upper)}`;
}
