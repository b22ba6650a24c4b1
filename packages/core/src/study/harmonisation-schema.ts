import { z } from "zod";
import { columnName, scalar } from "./variable-schema.ts";

/** How radiomic features of several centres are brought to one scale. */
export const harmonisation = z
  .strictObject({
    by: columnName.describe("Categorical variable that names the centre or the scanner."),
    covariates: z
      .array(columnName)
      .default([])
      .describe(
        "Variables whose relation to the features is kept where centres differ in them; never the outcome.",
      ),
    priors: z
      .enum(["parametric", "empirical"])
      .default("parametric")
      .describe("Normal and inverse gamma, or the distribution of the other features' effects."),
    meanOnly: z.boolean().default(false).describe("Centres differ in means only, not in spreads."),
    reference: scalar
      .optional()
      .describe("Code of the centre that the others are brought to; the mean of all without it."),
  })
  .describe("ComBat on the radiomic features, learned inside each fit from its training patients.");
