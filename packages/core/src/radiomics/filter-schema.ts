import { z } from "zod";
import { discretisation, length } from "./discretisation-schema.ts";

const dimensions = z
  .union([z.literal(2), z.literal(3)])
  .default(2)
  .describe("Slice by slice, or in the volume.");

const boundary = z
  .enum(["zero", "nearest", "periodic", "mirror"])
  .default("mirror")
  .describe("What lies outside the image.");

const pooling = z
  .enum(["none", "average", "max"])
  .default("none")
  .describe("How responses to the image turned by right angles become one.");

const level = z.int().min(1).max(8).default(1);

const spatial = { dimensions, boundary };

const discretisations = z
  .array(discretisation)
  .min(1)
  .exactOptional()
  .describe("Binnings of this image's own.");

const laplacianOfGaussian = {
  kind: z.literal("laplacianOfGaussian"),
  sigma: length,
  truncateSigmas: z.number().positive().default(4),
  method: z.enum(["truncated", "recursive"]).default("truncated"),
  scaleNormalised: z.boolean().default(false),
  sigmaAsWritten: z.string().exactOptional(),
  ...spatial,
};

const isotropicWavelet = { kind: z.enum(["simoncelli", "shannon"]), dimensions, level };

const laws = {
  kind: z.literal("laws"),
  kernels: z
    .string()
    .regex(/^([LES][35]|[WR]5){2,3}$/)
    .describe("One kernel a dimension, x first, e.g. L5E5."),
  pooling,
  energyDistancePx: z.int().positive().nullable().default(null),
  ...spatial,
};

const gabor = {
  kind: z.literal("gabor"),
  sigma: length,
  wavelength: length,
  aspectRatio: z.number().positive().default(1),
  orientation: z.union([
    z.strictObject({ degrees: z.number() }),
    z.strictObject({ everyDegrees: z.number().positive().max(180) }),
  ]),
  pooling: pooling.unwrap().default("average"),
  planes: z.enum(["axial", "orthogonal"]).default("axial"),
  boundary,
};

const wavelet = {
  kind: z.literal("wavelet"),
  wavelet: z.enum([
    "haar",
    "db2",
    "db3",
    "db4",
    "db5",
    "db6",
    "db7",
    "db8",
    "db9",
    "db10",
    "coif1",
    "coif2",
    "coif3",
  ]),
  level,
  band: z
    .string()
    .regex(/^[LH]{2,3}$/)
    .describe("L or H a dimension, x first."),
  decimated: z.boolean().default(false),
  pooling,
  scheme: z
    .literal("pyradiomics")
    .exactOptional()
    .describe("Later levels and lines of odd length as in PyRadiomics."),
  dimensions,
  boundary: boundary.unwrap().default("periodic"),
};

const riesz = {
  kind: z.literal("riesz"),
  order: z.array(z.int().min(0)).min(2).max(3),
  after: z
    .union([z.strictObject(laplacianOfGaussian), z.strictObject(isotropicWavelet)])
    .nullable()
    .default(null),
  boundary,
};

const localBinaryPattern = {
  kind: z.literal("localBinaryPattern"),
  radiusPx: z.number().positive().default(1),
  samples: z.int().min(3).max(24).default(8),
};

/** An image to measure: a filter with its usual parameters filled in (`ImageFilter`), and binnings of its own if any. */
export const filteredImage = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none"), discretisations }),
  z.strictObject({
    kind: z.literal("mean"),
    supportPx: z.int().positive().multipleOf(1),
    ...spatial,
    discretisations,
  }),
  z.strictObject({ ...laplacianOfGaussian, discretisations }),
  z.strictObject({ ...laws, discretisations }),
  z.strictObject({ ...gabor, discretisations }),
  z.strictObject({ ...wavelet, discretisations }),
  z.strictObject({ ...isotropicWavelet, discretisations }),
  z.strictObject({ ...riesz, discretisations }),
  z.strictObject({ kind: z.enum(["square", "squareRoot", "logarithm", "exponential"]), discretisations }),
  z.strictObject({
    kind: z.literal("gradient"),
    dimensions,
    perMm: z.boolean().default(false),
    discretisations,
  }),
  z.strictObject({ ...localBinaryPattern, discretisations }),
]);
