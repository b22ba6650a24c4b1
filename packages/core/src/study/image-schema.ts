import { z } from "zod";
import { reproducibility } from "./reproducibility-schema.ts";
import { radiomicsSettings } from "../radiomics/settings-schema.ts";
import { columnName } from "./variable-schema.ts";

const spacing = z
  .union([
    z.strictObject({ column: columnName }),
    z.strictObject({ mm: z.number().positive() }),
    z.literal("none"),
  ])
  .describe("Size of a pixel: from a column (mm), the same for all images, or not known.");

/** Where the images of a study lie and what a pixel measures. */
export const images = z.strictObject({
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

/** Which radiomic features are computed, and how. */
export const radiomics = radiomicsSettings.extend({ reproducibility: reproducibility.optional() });
