import type { FilterDimensions } from "../../image/filters/image-filter.ts";
import { type JudgedKey, accepted, passedOver, refused } from "./key-report.ts";
import type { ParameterKeys } from "./parameter-schema.ts";

type Key = keyof ParameterKeys;

/** Keys that hold as they are, and what they are here. */
const honoured: Readonly<Partial<Record<Key, string>>> = {
  additionalInfo: "changes no feature",
  binCount: "fixed bin number, which PyRadiomics prefers to a width too",
  enableCExtensions: "there is one implementation",
  interpolator: "of resampling",
  geometryTolerance: "changes no feature; image and mask need one grid",
  label: "value of the mask that is the region",
};

/** Keys that hold in other words, by the words. */
const translated: Readonly<Partial<Record<Key, string>>> = {
  binWidth: "discretisations, fixed bin width from multiples of it",
  force2D: "neighbourhood 2.5d for volumes",
  gradientUseSpacing: "perMm of the gradient",
  lbp2DRadius: "radiusPx of the local binary pattern",
  lbp2DSamples: "samples of the local binary pattern",
  level: "levels of the wavelet",
  normalize: "normalise, z-score",
  normalizeScale: "scale of normalise",
  padDistance: "margin in pixels around the region, with resampling or preCrop",
  preCrop: "cropMarginPx",
  removeOutliers: "outlierSigmas of normalise",
  resampledPixelSpacing: "resample, aligned by corners",
  resegmentRange: "resegment",
  sigma:
    "sigma of the Laplacian of Gaussian, in mm; of an image without spacing PyRadiomics takes a pixel to be 1 mm",
  voxelArrayShift: "energyShift",
  wavelet: "the wavelet",
  weightingNorm: "aggregation merged, with distanceWeighting",
};

type Judge = (keys: ParameterKeys, dimensions: FilterDimensions) => string | null;

/** Keys of which not every value has a counterpart: why not, or null. */
const refusals: Readonly<Partial<Record<Key, Judge>>> = {
  distances: ({ distances }) =>
    distances?.length === 1 && distances[0] === 1 ? null : "neighbours are those at distance 1",
  symmetricalGLCM: (keys) => (keys.symmetricalGLCM === true ? null : "pairs are counted in both orders"),
  gldm_a: (keys) => (keys.gldm_a === 0 ? null : "dependent neighbours have the same level, gldm_a 0"),
  label_channel: (keys) => (keys.label_channel === 0 ? null : "masks have one channel"),
  resegmentShape: ({ resegmentShape, resegmentRange }) =>
    resegmentShape === true && isSet(resegmentRange) ? "shape is that of the outline as it was drawn" : null,
  resegmentMode: ({ resegmentMode, resegmentRange }) =>
    resegmentMode === "relative" && isSet(resegmentRange) ? "a range is absolute, or in sigmas" : null,
  resegmentRange: ({ resegmentMode, resegmentRange }) =>
    resegmentMode === "sigma" && !isSymmetric(resegmentRange)
      ? "a range in sigmas reaches as far below the mean as above"
      : null,
  force2Ddimension: ({ force2D, force2Ddimension }, dimensions) =>
    force2D === true && force2Ddimension !== 0 && dimensions === 3
      ? "slices lie across z; turn the volume so that they do"
      : null,
  interpolator: ({ interpolator, resampledPixelSpacing }) =>
    isSet(resampledPixelSpacing) && !Object.hasOwn(interpolators, String(interpolator))
      ? "interpolators are sitkNearestNeighbor, sitkLinear and sitkBSpline"
      : null,
};

/** SimpleITK's interpolators by their name and number. */
export const interpolators = {
  sitkNearestNeighbor: "nearest",
  sitkLinear: "linear",
  sitkBSpline: "cubic-spline",
  "1": "nearest",
  "2": "linear",
  "3": "cubic-spline",
} as const;

/** Checks of masks that decide which regions are measured, not what is measured. */
const checks: Readonly<Partial<Record<Key, string>>> = {
  minimumROIDimensions:
    "regions of any size are measured; a feature that does not exist for one is empty, with the reason",
  minimumROISize:
    "regions of any size are measured; a feature that does not exist for one is empty, with the reason",
};

/** What becomes of every key of `setting`. */
export function judgeSetting(keys: ParameterKeys, dimensions: FilterDimensions): JudgedKey[] {
  return Object.keys(keys).map((name) => judgeKey(name as Key, keys, dimensions));
}

function judgeKey(name: Key, keys: ParameterKeys, dimensions: FilterDimensions): JudgedKey {
  const path = ["setting", name];
  if (!isSet(keys[name])) return accepted(path, "honoured", "as if it were absent");
  const reason = refusals[name]?.(keys, dimensions) ?? null;
  if (reason !== null) return refused(path, reason);
  if (checks[name] !== undefined) return passedOver(path, checks[name]);
  if (name === "correctMask" && keys.correctMask === true)
    return passedOver(path, "a mask on another grid is refused, not resampled");
  const words = translated[name];
  if (words !== undefined) return accepted(path, "translated", words);
  return accepted(path, "honoured", honoured[name] ?? "the value that is always used here");
}

function isSymmetric(range: readonly number[] | null | undefined): boolean {
  return isSet(range) && range.length === 2 && range[0] === -range[1] && range[0] !== 0;
}

/** Whether a key has a value: null is as if it were absent. */
export function isSet<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
