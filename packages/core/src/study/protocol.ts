import { z } from "zod";
import { comparator } from "./comparator-schema.ts";
import { duplicates } from "./duplicate-schema.ts";
import { harmonisation } from "./harmonisation-schema.ts";
import { images, radiomics } from "./image-schema.ts";
import { imputation } from "./imputation-schema.ts";
import { block, model, regression } from "./model-schema.ts";
import { columnName, condition, knownAt, scalar, variable } from "./variable-schema.ts";

/**
 * The protocol of a study: one schema from which the file format, the editor's JSON Schema, the defaults and the
 * Methods paragraph come. Keys are those of `study.yaml`.
 */

const share = z.number().gt(0).lt(1);

const prospectivePhase = {
  prospectiveFrom: z.iso
    .date()
    .optional()
    .describe("First day of the prospective set; its patients stand in no other."),
  dateColumn: columnName.optional().describe("Date of enrolment, which `prospectiveFrom` is compared with."),
};

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
      prospectiveFrom: z.iso
        .date()
        .optional()
        .describe("First day of the prospective set, after that of the test set."),
    }),
    z.strictObject({
      method: z.literal("centre"),
      column: columnName,
      test: z.array(scalar).min(1),
      ...prospectivePhase,
    }),
    z.strictObject({
      method: z.literal("random"),
      testShare: share.default(0.3),
      stratifyBy: z.array(columnName).default([]).describe("Beside the outcome."),
      ...prospectivePhase,
    }),
  ])
  .describe("How test and prospective set are set apart; always whole patients.");

const validation = z.strictObject({
  folds: z.int().min(2).max(20).default(5),
  repeats: z.int().min(1).max(200).default(20),
  optimism: z
    .int()
    .min(20)
    .max(2000)
    .optional()
    .describe("Bootstrap samples that correct the apparent performance for optimism; none without it."),
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

const modelName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9+_.-]{0,30}$/,
    "a model's name becomes a file name: a letter, then letters, digits, + _ . -",
  );

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
    simulatedToday: z.iso
      .date()
      .optional()
      .describe(
        "Simulated studies alone: the day on which the study takes place, between its retrospective and its prospective patients.",
      ),
    seed: z.int().nonnegative().default(1).describe("All random numbers derive from it."),
    cohort: z.strictObject({
      table: z.string().min(1).describe("CSV or XLSX file relative to the data folder."),
      sheet: z.string().optional().describe("Sheet of a workbook; the first with data without it."),
      id: columnName.describe("Column that names the patient."),
      enrolment: columnName
        .optional()
        .describe(
          "Date on which a patient was enrolled; shows that a model is older than the prospective patients. Without it the only variable of role `date`.",
        ),
      group: columnName
        .optional()
        .describe(
          "Column with one value for all ids of one person; such ids stay together in split and folds.",
        ),
      missing: z
        .array(z.string())
        .default(["NA", "N/A", "not available", "unknown"])
        .describe("Cells that mean missing, beside empty ones."),
    }),
    duplicates: duplicates.optional(),
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
    models: z.record(modelName, model),
    comparators: z
      .record(modelName, comparator)
      .default({})
      .describe(
        "What every model is compared with: published scores, other tools' risks, readers' judgements.",
      ),
    regression: regression.default({ method: "ridge", folds: 10, rule: "minimum" }),
    harmonisation: harmonisation.optional(),
    imputation: imputation.default({ method: "simple" }),
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
