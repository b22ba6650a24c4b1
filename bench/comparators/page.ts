/** The page on comparators, with the figures of a run. */
import type { StudyResults } from "../../packages/core/src/study/results.ts";

export type RunResults = Pick<StudyResults, "comparators" | "evaluations" | "comparisons">;

type Measured = {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
};

/** The text of docs/comparators.md. */
export function comparatorsPage(results: RunResults): string {
  const sets = [
    ["all 252 lesions, cross-validated", "development", "cross-validation"],
    ["75 test lesions", "test", "held-out"],
  ] as const;
  const tables = sets.map(([title, dataset, method]) => setTable(results, { title, dataset, method }));
  return `${HOW}\n${tables.join("\n\n")}\n\n${READING}`;
}

interface JudgedSet {
  readonly title: string;
  readonly dataset: string;
  readonly method: string;
}

function setTable({ evaluations, comparisons, comparators }: RunResults, set: JudgedSet): string {
  const marks = new Map(comparators.map(({ name, mark }) => [name, mark]));
  const rows = evaluations
    .filter(({ dataset, method }) => dataset === set.dataset && method === set.method)
    .map(({ model, auc, brier, thresholds, decisionCurve }) => {
      const against = comparisons.find(
        ({ first, second, dataset }) => first === model && marks.has(second) && dataset === set.dataset,
      );
      const atTenth = decisionCurve.find(({ threshold }) => Math.abs(threshold - 0.1) < 1e-9);
      const point = thresholds.find(({ name }) => name === "fnr<=0.05");
      return [
        marks.has(model) ? `${model} (${marks.get(model)!})` : model,
        interval(auc, 3),
        against === undefined ? "" : interval({ ...against, value: against.difference }, 3),
        fixed(brier.value, 3),
        fixed(atTenth?.netBenefit ?? null, 3),
        `${percent(point?.sensitivity.value)} / ${percent(point?.specificity.value)}`,
      ];
    });
  const head = [
    set.title,
    "AUC (95 % CI)",
    "minus that of BI-RADS",
    "Brier",
    "net benefit at 10 %",
    "sensitivity / specificity at FNR ≤ 0.05",
  ];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function interval({ value, lower, upper }: Measured, decimals: number): string {
  return `${fixed(value, decimals)} (${fixed(lower, decimals)} to ${fixed(upper, decimals)})`;
}

function fixed(value: number | null, decimals: number): string {
  return value === null ? "n/a" : value.toFixed(decimals).replace("-", "\u2212");
}

function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? "n/a" : `${(100 * share).toFixed(1)} %`;
}

const HOW = `# What models are compared with

A new model matters where it does better than what is at hand: a published score, another tool, the reader. \`comparators\` in the
protocol names them:

\`\`\`yaml
comparators:
  Tenon: { score: tenon, size: tumour_size_mm, macrometastasis: macrometastasis, positive: sln_pos, removed: sln_removed }
  MSKCC: { probability: mskcc_percent, scale: percent } # what the web page said, entered by hand
  BI-RADS: { score: birads_reader, higher: worse } # a judgement: numeric, ordinal or binary
  SCC-NSLN: { refit: scc-nsln, lvi: lvi, positive: sln_pos, negative: sln_neg, metastasis: sln_met_mm }
  Old: { refit: [tumour_size_mm, lvi], label: "Two known predictors, refitted" }
\`\`\`

| kind | ranks patients by | risks for calibration and Brier score | risks for net benefit and thresholds |
| --- | --- | --- | --- |
| published score, judgement | the score as it is | logistic regression on the score alone | the same |
| imported risk | the risk as it was stated | the risk as it was stated | its intercept estimated anew (recalibration in the large) |
| refitted predictors | the model fitted here | the model fitted here | the model fitted here |

- A recalibration is learned from the training patients of each fit, in cross-validation anew in every fold; outcomes under seal are
  never seen. Thresholds are chosen on the same patients' recalibrated risks: nothing of the order of the patients was learned
  from them, and a threshold is then the risk of one score.
- Every model is compared with every comparator by DeLong's paired test on the patients of whom both say something. Nobody's score
  is imputed; a finding counts who is left out. Refitted predictors are a model like any other, imputation included.
- A variable with the role \`comparator\` may stand here and nowhere else. The outcome, ids, files and the columns of the split may not.
- The points of the Tenon score are **unverified**: from background knowledge, their sum and range consistent with
  [doi 10.1007/s10549-004-5781-z](https://doi.org/10.1007/s10549-004-5781-z) and the cut-off of 3.5 with
  [doi 10.1007/s12094-016-1487-z](https://doi.org/10.1007/s12094-016-1487-z). The coefficients of MSKCC and SCC-NSLN are not public:
  the former's answers are entered by hand, the latter's predictors are refitted.
- Beside the protocol's thresholds the Tenon score is judged at that published cut-off.
- \`predictions.csv\` holds two columns a comparator: the risk whose calibration is judged, and beside it the score (\`NAME score\`) or
  the recalibrated risk (\`NAME recalibrated\`).

Recalibrations, AUCs and comparisons agree with R's \`glm\` and pROC (\`npm run test:data -- oracles\`, case file
[oracles/comparators](../oracles/comparators)).

## The reader on 252 breast lesions

\`examples/breast-usg\` (BrEaST-Lesions-USG, outcome malignancy) declares the BI-RADS category of the reader. Figures of
\`npx sentinode run examples/breast-usg/study.yaml --data DATA --out RUN\`, written here by \`node bench/comparators.ts RUN\`:
`;

const READING = `These lesions do not tell the category that the reader wrote down apart from the fullest model: the interval of the difference
includes 0 in both sets. The model's descriptors (shape, margin, echogenicity and so on) are the same reader's, so that this is a
result about a reader and a formula for what the reader saw, not about a machine that needs no reader: the images alone (R) rank
worse. Two things flatter the reader. The category decides who has a biopsy and whom follow-up verifies, and all lesions verified by
follow-up are benign here. And the models are judged by predictions of many folds put together, which costs them a little, while a
score is the same in every fold.
`;
