import { z } from "zod";
import { reproducibility } from "./reproducibility-schema.ts";
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

/** Which radiomic features are computed, and how. */
export const radiomics = z.strictObject({
  families: z.array(family).min(1).default(["firstOrder", "shape2d", "glcm", "glrlm", "glszm", "ngtdm"]),
  discretisations: z
    .array(discretisation)
    .min(1)
    .default([{ method: "fixed-bin-number", bins: 32 }]),
  aggregation: z
    .enum(["averaged", "merged"])
    .default("averaged")
    .describe("Directional matrices: features averaged, or one merged matrix."),
  reproducibility: reproducibility.optional(),
});
