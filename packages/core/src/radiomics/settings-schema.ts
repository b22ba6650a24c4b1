import { z } from "zod";
import { discretisation, length } from "./discretisation-schema.ts";
import { filteredImage } from "./filter-schema.ts";

/** A family of the catalogue. */
export const family = z
  .enum([
    "firstOrder",
    "histogram",
    "intensityVolumeHistogram",
    "localIntensity",
    "morphology",
    "shape2d",
    "shape2dPixels",
    "ultrasound",
    "glcm",
    "glrlm",
    "glszm",
    "gldzm",
    "ngtdm",
    "ngldm",
  ])
  .describe(
    "shape2d and morphology are in mm and need the size of a pixel; shape2dPixels does not. Morphology is of volumes.",
  );

const percentile = z.number().min(0).max(100);

const normalise = z
  .union([
    z.strictObject({
      method: z.literal("z-score"),
      scale: z.number().positive().default(1),
      outlierSigmas: z.number().positive().nullable().default(null),
    }),
    z.strictObject({
      method: z.literal("gain"),
      lowerPercentile: percentile.default(1),
      upperPercentile: percentile.default(99),
    }),
    z.strictObject({ method: z.literal("depth"), smoothing: z.number().positive().max(1).default(0.1) }),
  ])
  .describe("Makes grey levels of machines and settings comparable before anything is measured.");

const interpolation = z.enum(["nearest", "linear", "cubic-spline"]);

const size = z.number().positive().nullable();

const resample = z
  .strictObject({
    spacingMm: z
      .tuple([size, size, size])
      .describe("Size of the new pixels along x, y, z; null: as before along that axis."),
    image: interpolation.default("linear"),
    mask: interpolation.default("linear"),
    partialVolume: z.number().min(0).max(1).default(0.5),
    roundIntensities: z.union([z.boolean(), z.literal("as-stored")]).default(false),
    alignment: z.enum(["centre", "corner"]).default("centre"),
    marginPx: z.number().min(0).exactOptional(),
  })
  .describe("IBSI 2.4.");

const resegment = z
  .strictObject({
    range: z.tuple([z.number().nullable(), z.number().nullable()]).exactOptional(),
    outlierSigmas: z.number().positive().exactOptional(),
  })
  .describe("IBSI 2.6: which pixels of the region take part in intensity features.");

/** Which radiomic features are computed, and how: what a settings file and a protocol hold. */
export const radiomicsSettings = z.strictObject({
  profile: z
    .enum(["ibsi", "pyradiomics"])
    .exactOptional()
    .describe("Whose definitions hold where PyRadiomics and the IBSI differ."),
  families: z.array(family).min(1).default(["firstOrder", "shape2d", "glcm", "glrlm", "glszm", "ngtdm"]),
  features: z
    .partialRecord(family, z.array(z.string()).min(1))
    .exactOptional()
    .describe("Features of a family by key; families that are not named have all of them."),
  discretisations: z.array(discretisation).default([{ method: "fixed-bin-number", bins: 32 }]),
  aggregation: z
    .enum(["averaged", "merged"])
    .default("averaged")
    .describe("Directional matrices: features averaged, or one merged matrix."),
  neighbourhood: z
    .enum(["2d", "2.5d", "3d"])
    .exactOptional()
    .describe("Slices averaged (2d, the default), slices merged, or the volume."),
  distanceWeighting: z.enum(["manhattan", "euclidean", "chebyshev"]).exactOptional(),
  normalise: normalise.exactOptional(),
  resample: resample.exactOptional(),
  cropMarginPx: z
    .int()
    .min(0)
    .exactOptional()
    .describe("Pixels around the region beyond which the image is cut off before it is filtered."),
  resegment: resegment.exactOptional(),
  filters: z
    .array(filteredImage)
    .min(1)
    .exactOptional()
    .describe("Images to measure; kind none is the image itself, which is measured alone without this list."),
  rings: z.array(length).exactOptional().describe("Widths of rings around the lesion that are measured too."),
  energyShift: z.number().exactOptional().describe("PyRadiomics' voxelArrayShift, for energy."),
  intensityVolumeHistogram: discretisation.exactOptional(),
});
