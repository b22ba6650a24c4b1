import { z } from "zod";

/** How columns of a radiomic block are chosen by their relation to the outcome. */
export const selection = z
  .discriminatedUnion("method", [
    z
      .strictObject({
        method: z.literal("mrmr"),
        count: z.int().min(1).max(500).default(10).describe("Features to choose."),
        measure: z
          .enum(["gaussian", "f-correlation"])
          .default("gaussian")
          .describe("Mutual information of normal variables, or F by outcome and correlations."),
        scheme: z
          .enum(["difference", "quotient"])
          .default("difference")
          .describe("Relevance minus the mean redundancy with those chosen before, or divided by it."),
      })
      .describe("Minimum redundancy, maximum relevance."),
    z
      .strictObject({
        method: z.literal("stability"),
        perHalf: z
          .int()
          .min(1)
          .max(500)
          .default(10)
          .describe("Most features that half of the patients choose."),
        threshold: z
          .number()
          .gt(0.5)
          .max(1)
          .default(0.75)
          .describe("Least share of the halves that must choose a feature."),
        pairs: z.int().min(1).max(500).default(50).describe("Complementary pairs of halves."),
      })
      .describe("Features that enter LASSO paths first in many random halves of the training patients."),
    z
      .strictObject({
        method: z.literal("boruta"),
        runs: z.int().min(1).max(1000).default(50).describe("Most forests."),
        trees: z.int().min(10).max(5000).default(200).describe("Trees a forest."),
        level: z.number().gt(0).lt(1).default(0.01),
      })
      .describe(
        "Features that beat shuffled copies in random forests; takes long, since every fold repeats it.",
      ),
  ])
  .describe(
    "A choice that sees the outcome: made inside each fit from its training patients alone, and anew in every fold.",
  );
