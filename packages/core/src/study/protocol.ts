import { z } from "zod";

/**
 * The protocol of a study: one schema from which the file format, the editor's JSON Schema, the defaults and the
 * Methods paragraph come. Keys are those of `study.yaml`.
 */

const knownAt = z
  .enum(["before-surgery", "after-sentinel-biopsy", "final-pathology", "never"])
  .describe("When the value exists. `never`: it may not predict (labels, comparators, facts about files).");

const columnName = z.string().min(1).describe("Header of a column of the cohort table.");

const scalar = z.union([z.string(), z.number()]);

const levels = z
  .union([
    z.array(z.union([scalar, z.record(z.string(), z.string())])).min(1),
    z.record(z.string(), z.string()),
  ])
  .describe(
    "Code-book: a list of codes or of `code: label` pairs, ascending for ordinal variables; or a map of code to label.",
  );

const variable = z.strictObject({
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
    .enum(["predictor", "description", "comparator", "spacing", "split", "centre", "date"])
    .default("predictor")
    .describe("What the study uses the variable for; only a predictor may stand in a block."),
  reason: z.string().optional().describe("Why the variable may not predict; printed when a block names it."),
});

const condition = z
  .strictObject({
    variable: columnName,
    equals: scalar.optional(),
    oneOf: z.array(scalar).optional(),
    below: z.number().optional(),
    above: z.number().optional(),
    missing: z.literal(true).optional(),
  })
  .describe("True for a patient whose value equals, is one of, lies below or above, or is missing.");

const spacing = z
  .union([
    z.strictObject({ column: columnName }),
    z.strictObject({ mm: z.number().positive() }),
    z.literal("none"),
  ])
  .describe("Size of a pixel: from a column (mm), the same for all images, or not known.");

const images = z.strictObject({
  image: z
    .string()
    .min(1)
    .describe("Path of an image relative to the data folder; {column} stands for the row's cell."),
  mask: z.string().min(1).describe("Path of its mask, in the same form."),
  spacing: spacing.default("none"),
  maskThreshold: z
    .number()
    .positive()
    .optional()
    .describe("Grey level from which a mask pixel is inside; half of the maximum without it."),
  several: z
    .enum(["mean", "median", "first"])
    .default("mean")
    .describe("How several images of a patient become one value a feature."),
});

const discretisation = z
  .union([
    z.strictObject({ method: z.literal("fixed-bin-number"), bins: z.int().min(2).max(1024) }),
    z.strictObject({
      method: z.literal("fixed-bin-width"),
      width: z.number().positive(),
      lowerBound: z
        .number()
        .nullable()
        .default(0)
        .describe("Where level 1 starts; null: at the region's minimum."),
    }),
  ])
  .describe("IBSI 2.7.");

const family = z
  .enum([
    "firstOrder",
    "histogram",
    "shape2d",
    "shape2dPixels",
    "glcm",
    "glrlm",
    "glszm",
    "gldzm",
    "ngtdm",
    "ngldm",
  ])
  .describe("shape2d is in mm and needs the size of a pixel; shape2dPixels does not.");

const radiomics = z.strictObject({
  families: z.array(family).min(1).default(["firstOrder", "shape2d", "glcm", "glrlm", "glszm", "ngtdm"]),
  discretisations: z
    .array(discretisation)
    .min(1)
    .default([{ method: "fixed-bin-number", bins: 32 }]),
  aggregation: z
    .enum(["averaged", "merged"])
    .default("averaged")
    .describe("Directional matrices: features averaged, or one merged matrix."),
});

const penalised = {
  folds: z
    .int()
    .min(3)
    .max(20)
    .default(10)
    .describe("Folds that choose the penalty inside the training set."),
  rule: z.enum(["minimum", "one-standard-error"]).default("minimum"),
};

const regression = z
  .discriminatedUnion("method", [
    z.strictObject({ method: z.literal("maximum-likelihood") }),
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

const block = z.union([
  z.array(term).min(1),
  z.strictObject({ predictors: z.array(term).min(1), entersAs, scoreRegression }),
  z.strictObject({
    radiomics: z
      .union([z.literal("all"), z.array(z.string().min(1)).min(1)])
      .describe("All radiomic features, or name prefixes such as `glcm.` or `shape2d.solidity`."),
    filter: filter.default({ maximumMissing: 0.2, maximumCorrelation: 0.9 }),
    entersAs,
    scoreRegression,
  }),
]);

const model = z.union([
  z.array(z.string().min(1)).min(1),
  z.strictObject({ blocks: z.array(z.string().min(1)).min(1), regression: regression.optional() }),
]);

const share = z.number().gt(0).lt(1);

const split = z
  .discriminatedUnion("method", [
    z.strictObject({ method: z.literal("none") }),
    z.strictObject({
      method: z.literal("column"),
      column: columnName,
      development: scalar,
      test: scalar,
      prospective: scalar.optional(),
    }),
    z.strictObject({
      method: z.literal("temporal"),
      column: columnName,
      testFrom: z.iso.date().describe("First day of the test set."),
    }),
    z.strictObject({ method: z.literal("centre"), column: columnName, test: z.array(scalar).min(1) }),
    z.strictObject({
      method: z.literal("random"),
      testShare: share.default(0.3),
      stratifyBy: z.array(columnName).default([]).describe("Beside the outcome."),
    }),
  ])
  .describe("How the test set is set apart; always whole patients.");

const validation = z.strictObject({
  folds: z.int().min(2).max(20).default(5),
  repeats: z.int().min(1).max(200).default(20),
  patients: z
    .enum(["development", "all"])
    .default("development")
    .describe(
      "Who is cross-validated. `all` adds the test patients: a second look at them, which the report says.",
    ),
});

const subgroup = z.strictObject({
  variable: columnName,
  cuts: z
    .array(z.number())
    .optional()
    .describe("Cut points of a numeric variable; each starts the next group."),
});

const thresholds = z.strictObject({
  rules: z
    .array(z.string().regex(/^(fnr<=0?\.\d+|youden|p>=0?\.\d+)$/, "expected fnr<=0.05, youden or p>=0.10"))
    .default(["fnr<=0.05", "fnr<=0.10", "p>=0.10"])
    .describe("Chosen on out-of-fold predictions of training patients, or fixed beforehand."),
  decisionCurve: z
    .strictObject({ from: share.default(0.05), to: share.default(0.4), step: share.default(0.01) })
    .default({ from: 0.05, to: 0.4, step: 0.01 }),
});

/** The schema of `study.yaml`. */
export const protocolSchema = z
  .strictObject({
    schema: z.literal("sentinode/study@1"),
    name: z.string().min(1).describe("Title of the study."),
    description: z
      .string()
      .default("")
      .describe("One paragraph for the report: source of the data, licence, purpose."),
    simulated: z
      .boolean()
      .default(false)
      .describe("True for made-up patients; everything written then says so."),
    seed: z.int().nonnegative().default(1).describe("All random numbers derive from it."),
    cohort: z.strictObject({
      table: z.string().min(1).describe("CSV or XLSX file relative to the data folder."),
      sheet: z.string().optional().describe("Sheet of a workbook; the first with data without it."),
      id: columnName.describe("Column that names the patient."),
      missing: z
        .array(z.string())
        .default(["NA", "N/A", "not available", "unknown"])
        .describe("Cells that mean missing, beside empty ones."),
    }),
    outcome: z.strictObject({
      variable: columnName,
      positive: scalar.describe("Code of the event."),
      negative: scalar.optional().describe("Code of no event; any other value is then refused."),
      label: z.string().min(1).describe("What the event is called."),
    }),
    decision: knownAt
      .exclude(["never"])
      .default("final-pathology")
      .describe("Time of use; predictors known later are refused."),
    variables: z.record(z.string(), variable),
    eligibility: z.array(z.strictObject({ reason: z.string().min(1), exclude: condition })).default([]),
    images: images.optional(),
    radiomics: radiomics.default(radiomics.parse({})),
    blocks: z.record(z.string().min(1), block),
    models: z.record(
      z
        .string()
        .regex(
          /^[A-Za-z0-9][A-Za-z0-9+_.-]{0,30}$/,
          "a model's name becomes a file name: letters, digits, + _ . -",
        ),
      model,
    ),
    regression: regression.default({ method: "ridge", folds: 10, rule: "minimum" }),
    split: split.default({ method: "none" }),
    validation: validation.default({ folds: 5, repeats: 20, patients: "development" }),
    subgroups: z.array(subgroup).default([]),
    thresholds: thresholds.default(thresholds.parse({})),
  })
  .describe("Protocol of a Sentinode study");

/** A protocol with every default written out. */
export type Protocol = z.output<typeof protocolSchema>;

/** One entry of `variables`. */
export type ProtocolVariable = Protocol["variables"][string];

/** One entry of `blocks`. */
export type ProtocolBlock = Protocol["blocks"][string];

/** A regression as the protocol writes it. */
export type ProtocolRegression = Protocol["regression"];
