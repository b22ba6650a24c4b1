import { z } from "zod";

const folds = z
  .int()
  .min(3)
  .max(20)
  .default(5)
  .describe("Folds inside the training set that choose the settings of least deviance.");
const share = z.number().gt(0).max(1);

const boosting = z
  .strictObject({
    method: z.literal("boosting"),
    depths: z
      .array(z.int().min(1).max(10))
      .min(1)
      .default([1, 2, 3])
      .describe("Levels of splits to choose from; 1 has no interactions."),
    learningRate: z.number().gt(0).max(1).default(0.1),
    rounds: z
      .int()
      .min(1)
      .max(5000)
      .default(300)
      .describe("Most trees; fewer where held-out deviance rises."),
    minimumChildWeight: z.number().min(0).default(1),
    lambda: z.number().min(0).default(1).describe("L2 penalty of leaf values."),
    rowShare: share.default(1).describe("Share of the patients that each tree sees."),
    columnShare: share.default(1).describe("Share of the columns that each tree may use."),
    folds,
  })
  .describe("Boosted trees, as XGBoost's exact method; missing values go a way that every split learns.");

const forest = z
  .strictObject({
    method: z.literal("forest"),
    trees: z.int().min(50).max(5000).default(500),
    leafSizes: z
      .array(z.int().min(1).max(100))
      .min(1)
      .default([5, 10, 20])
      .describe("Nodes of at most so many patients stay unsplit; chosen by out-of-bag deviance."),
    candidates: z
      .array(z.enum(["root", "third"]))
      .min(1)
      .default(["root"])
      .describe("Columns drawn at a node: the square root of their number, or a third of it."),
  })
  .describe("A random forest of probabilities, calibrated on out-of-bag predictions.");

const supportVectors = z
  .strictObject({
    method: z.literal("svm"),
    kernel: z.enum(["linear", "radial"]).default("linear"),
    costs: z.array(z.number().gt(0)).min(1).default([0.01, 0.1, 1, 10]),
    gammas: z
      .array(z.number().gt(0))
      .min(1)
      .default([0.3, 1, 3])
      .describe("Of a radial kernel, in units of one over the number of columns."),
    folds,
  })
  .describe("A support vector machine, calibrated by Platt's method on held-out folds.");

/** A method that learns a risk without coefficients, in place of a regression. */
export const learner = z
  .discriminatedUnion("method", [boosting, forest, supportVectors])
  .describe("Learns the risk in place of the regression; settings are chosen inside each training set.");
