import { z } from "zod";
import { columnName } from "./variable-schema.ts";

const derivation = z.strictObject({
  operation: z.enum(["ratio", "difference", "product", "sum"]),
  of: z.tuple([columnName, columnName]).describe("Two numeric predictors, in the order of the operation."),
});

/** What becomes of missing values of predictors. Radiomic features of blocks with a filter keep their median. */
export const imputation = z
  .discriminatedUnion("method", [
    z.strictObject({ method: z.literal("simple") }),
    z.strictObject({
      method: z.literal("chained-equations"),
      imputations: z
        .int()
        .min(2)
        .max(200)
        .default(20)
        .describe("Completed tables; at least as many as the percentage of incomplete patients."),
      iterations: z.int().min(1).max(100).default(10).describe("Rounds of each imputation."),
      derived: z
        .record(z.string(), derivation)
        .default({})
        .describe("Predictors that others determine, e.g. the ratio of two counts."),
    }),
  ])
  .describe(
    "Missing values of predictors: the median or the most frequent level, or multiple imputation by chained equations inside every training set.",
  );
