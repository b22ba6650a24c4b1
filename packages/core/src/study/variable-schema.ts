import { z } from "zod";

/** When a value exists, in the order of a patient's way through treatment. */
export const knownAt = z
  .enum(["before-surgery", "after-sentinel-biopsy", "final-pathology", "never"])
  .describe("When the value exists. `never`: it may not predict (labels, comparators, facts about files).");

/** Header of a column. */
export const columnName = z.string().min(1).describe("Header of a column of the cohort table.");

/** A code as the table and the protocol write it. */
export const scalar = z.union([z.string(), z.number()]);

const levels = z
  .union([
    z.array(z.union([scalar, z.record(z.string(), z.string())])).min(1),
    z.record(z.string(), z.string()),
  ])
  .describe(
    "Code-book: a list of codes or of `code: label` pairs, ascending for ordinal variables; or a map of code to label.",
  );

/** One entry of `variables`: how a column is read and what it may be used for. */
export const variable = z.strictObject({
  type: z.enum(["numeric", "binary", "categorical", "ordinal", "date"]).describe("How values are read."),
  label: z.string().optional().describe("What tables and figures print; the column's name without it."),
  unit: z.string().optional().describe("Unit of a numeric variable, e.g. mm."),
  range: z
    .tuple([z.number(), z.number()])
    .optional()
    .describe("Plausible range; values outside are refused."),
  levels: levels.optional(),
  reference: z
    .union([z.string(), z.number()])
    .optional()
    .describe("Level that others are compared with; the first without it."),
  known: knownAt.default("before-surgery"),
  role: z
    .enum(["predictor", "outcome", "description", "comparator", "spacing", "split", "centre", "date"])
    .default("predictor")
    .describe("What the study uses the variable for; only a predictor may stand in a block."),
  acknowledged: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Why a column may predict although its name, or what it predicts alone, says that it follows the outcome; the audit prints it.",
    ),
  reason: z.string().optional().describe("Why the variable may not predict; printed when a block names it."),
});

/** What an eligibility rule asks of a patient. */
export const condition = z
  .strictObject({
    variable: columnName,
    equals: scalar.optional(),
    oneOf: z.array(scalar).optional(),
    below: z.number().optional(),
    above: z.number().optional(),
    missing: z.literal(true).optional(),
  })
  .describe("True for a patient whose value equals, is one of, lies below or above, or is missing.");
