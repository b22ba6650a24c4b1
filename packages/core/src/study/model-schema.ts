import { z } from "zod";
import { learner } from "./learner-schema.ts";
import { selection } from "./selection-schema.ts";
import { columnName } from "./variable-schema.ts";

const penalised = {
  folds: z
    .int()
    .min(3)
    .max(20)
    .default(10)
    .describe("Folds that choose the penalty inside the training set."),
  rule: z.enum(["minimum", "one-standard-error"]).default("minimum"),
};

/** How coefficients are estimated. */
export const regression = z
  .discriminatedUnion("method", [
    z.strictObject({ method: z.literal("maximum-likelihood") }),
    z
      .strictObject({ method: z.literal("firth") })
      .describe(
        "Firth's penalised likelihood with intercept correction (FLIC): for few events or rare levels; finite under separation.",
      ),
    z.strictObject({ method: z.literal("ridge"), ...penalised }),
    z.strictObject({ method: z.literal("lasso"), ...penalised }),
    z.strictObject({
      method: z.literal("elastic-net"),
      alpha: z.number().gt(0).lt(1).default(0.5),
      ...penalised,
    }),
  ])
  .describe("How coefficients are estimated.");

const term = z.union([
  columnName,
  z.strictObject({
    column: columnName,
    spline: z.literal([3, 4, 5]).optional().describe("Knots of a restricted cubic spline."),
    ordinal: z
      .enum(["rank", "indicators"])
      .optional()
      .describe("How an ordinal variable enters; by rank without it."),
  }),
]);

const filter = z.strictObject({
  maximumMissing: z.number().min(0).max(1).default(0.2),
  maximumCorrelation: z
    .number()
    .gt(0)
    .max(1)
    .default(0.9)
    .describe("Of two features with a larger absolute Spearman correlation the later is dropped."),
});

const entersAs = z
  .enum(["features", "score"])
  .default("features")
  .describe("As its features, or as one score cross-fitted on the training patients.");
const scoreRegression = regression
  .default({ method: "elastic-net", alpha: 0.5, folds: 10, rule: "minimum" })
  .describe("Regression behind the score.");
const scoreLearner = learner.optional().describe("Learner behind the score, in place of the regression.");

/** A group of predictors and the way it enters models: terms, terms with a score, or radiomic features. */
export const block = z.union([
  z.array(term).min(1),
  z.strictObject({ predictors: z.array(term).min(1), entersAs, scoreRegression, scoreLearner }),
  z.strictObject({
    radiomics: z
      .union([z.literal("all"), z.array(z.string().min(1)).min(1)])
      .describe("All radiomic features, or name prefixes such as `glcm.` or `shape2d.solidity`."),
    filter: filter.default({ maximumMissing: 0.2, maximumCorrelation: 0.9 }),
    selection: selection.optional(),
    entersAs,
    scoreRegression,
    scoreLearner,
  }),
]);

/** The blocks of a model, with its own regression where it differs from the study's, or a learner. */
export const model = z.union([
  z.array(z.string().min(1)).min(1),
  z.strictObject({
    blocks: z.array(z.string().min(1)).min(1),
    regression: regression.optional(),
    learner: learner.optional(),
  }),
]);
