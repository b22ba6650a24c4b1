import { z } from "zod";

const positive = z.number().positive();
const notNegative = z.int().min(0);
const flag = z.boolean();

/**
 * Every key of a setting, with the values that PyRadiomics takes; null is as if the key were absent.
 *
 * @source PyRadiomics 3, radiomics/schemas/paramSchema.yaml and docs/customization.rst.
 */
const keys = {
  additionalInfo: flag,
  binCount: z.int().min(2),
  binWidth: positive,
  correctMask: flag,
  distances: z.array(z.int().positive()).min(1),
  enableCExtensions: flag,
  force2D: flag,
  force2Ddimension: z.int().min(0).max(2),
  geometryTolerance: positive,
  gldm_a: z.number().min(0),
  gradientUseSpacing: flag,
  interpolator: z.union([z.string(), z.int().min(1).max(10)]),
  label: z.int().positive(),
  label_channel: notNegative,
  lbp2DMethod: z.enum(["default", "ror", "uniform", "var"]),
  lbp2DRadius: positive,
  lbp2DSamples: z.int().positive(),
  lbp3DIcosphereRadius: positive,
  lbp3DIcosphereSubdivision: notNegative,
  lbp3DLevels: z.int().positive(),
  level: z.int().positive(),
  minimumROIDimensions: z.int().min(1).max(3),
  minimumROISize: z.int().positive(),
  normalize: flag,
  normalizeScale: positive,
  padDistance: notNegative,
  preCrop: flag,
  removeOutliers: positive,
  resampledPixelSpacing: z.union([
    z.tuple([z.number().min(0), z.number().min(0)]),
    z.tuple([z.number().min(0), z.number().min(0), z.number().min(0)]),
  ]),
  resegmentMode: z.enum(["absolute", "relative", "sigma"]),
  resegmentRange: z.array(z.number()).min(1).max(2),
  resegmentShape: flag,
  sigma: z.array(positive),
  start_level: notNegative,
  symmetricalGLCM: flag,
  voxelArrayShift: z.number(),
  wavelet: z.string(),
  weightingNorm: z.enum(["manhattan", "euclidean", "infinity", "no_weighting"]),
};

type KeyShape = typeof keys;

const nullish = Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, value.nullish()])) as {
  [Key in keyof KeyShape]: z.ZodOptional<z.ZodNullable<KeyShape[Key]>>;
};

const setting = z.strictObject(nullish, {
  error: (issue) =>
    issue.code === "unrecognized_keys"
      ? `PyRadiomics has no parameter ${issue.keys.join(", ")}; correct the spelling or remove it`
      : undefined,
});

/** A PyRadiomics parameter file. */
export const parameterFile = z.strictObject({
  setting: setting.nullish(),
  /** Images by their name, with settings of their own. */
  imageType: z.record(z.string(), setting.nullable()).nullish(),
  /** Features by class; null or none: all of the class. */
  featureClass: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
  voxelSetting: z.unknown().optional(),
});

/** Keys of a setting with their values. */
export type ParameterKeys = z.output<typeof setting>;

/** The content of a PyRadiomics parameter file. */
export type ParameterDocument = z.output<typeof parameterFile>;
