import { z } from "zod";

const bins = z.int().min(2).max(65_535);

/** How grey levels are binned (IBSI 2.7). */
export const discretisation = z
  .union([
    z.strictObject({ method: z.literal("fixed-bin-number"), bins }),
    z.strictObject({
      method: z.literal("fixed-bin-width"),
      width: z.number().positive(),
      lowerBound: z
        .union([z.number(), z.null(), z.literal("multiple")])
        .default(0)
        .describe(
          "Where level 1 starts; null: at the region's minimum; multiple: at the multiple of the width below it, as in PyRadiomics.",
        ),
    }),
    z.strictObject({ method: z.literal("none") }),
  ])
  .describe("IBSI 2.7.");

/** A length on an image. */
export const length = z
  .union([z.strictObject({ mm: z.number().positive() }), z.strictObject({ px: z.number().positive() })])
  .describe("In mm, where images state the size of a pixel, or in pixels.");
