import { z } from "zod";
import { columnName } from "./variable-schema.ts";

const label = z.string().min(1).describe("What the report calls it; the key without it.");

const tenon = z
  .strictObject({
    score: z.literal("tenon"),
    size: columnName.describe("Numeric variable: size of the tumour by pathology, in mm."),
    macrometastasis: columnName.describe(
      "Binary variable, or size of the largest sentinel metastasis in mm (macrometastasis: above 2).",
    ),
    positive: columnName.describe("Number of positive sentinel nodes."),
    removed: columnName.describe("Number of sentinel nodes removed."),
  })
  .describe("The Tenon score, 0 to 7; its points are unverified.");

const judgement = z
  .strictObject({
    score: columnName.describe("Numeric or ordinal variable, e.g. the BI-RADS category of the reader."),
    higher: z
      .enum(["worse", "better"])
      .describe("Whether a higher value speaks for the event or against it."),
    label: label.optional(),
  })
  .describe(
    "A judgement or score in the table: ranked as it is; its risks by a logistic recalibration on development patients.",
  );

const imported = z
  .strictObject({
    probability: columnName.describe("Numeric variable: the risk that another tool gave."),
    scale: z.enum(["probability", "percent"]).default("probability"),
    label: label.optional(),
  })
  .describe(
    "Risks of another tool: ranked and calibration judged as they are; recalibrated in the large on development patients for the decision curve and the thresholds.",
  );

const sccNsln = z
  .strictObject({
    refit: z.literal("scc-nsln"),
    lvi: columnName.describe("Lymphovascular invasion."),
    positive: columnName.describe("Number of positive sentinel nodes."),
    negative: columnName.describe("Number of negative sentinel nodes."),
    metastasis: columnName.describe("Size of the sentinel metastasis."),
  })
  .describe(
    "The four predictors of Chen et al. 2015 (World J Surg 39:2919), refitted by maximum likelihood; its coefficients are not public.",
  );

const refit = z
  .strictObject({ refit: z.array(columnName).min(1), label })
  .describe("Predictors of a published model, refitted by maximum likelihood like any other model.");

/** What the models are compared with beside each other. */
export const comparator = z.union([tenon, judgement, imported, sccNsln, refit]);
