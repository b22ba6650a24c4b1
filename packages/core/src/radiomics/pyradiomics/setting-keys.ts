import { InputError } from "../../errors.ts";
import type { Discretisation } from "../../features/feature-source.ts";
import type { FilterDimensions } from "../../image/filters/image-filter.ts";
import type { Interpolation } from "../../image/resampling.ts";
import type { RadiomicsSettings } from "../settings.ts";

/** What became of a key of a parameter file. */
export interface KeyReport {
  readonly key: string;
  readonly verdict: "honoured" | "translated" | "refused";
  readonly note: string;
}

/** The `setting` part of a parameter file. */
export interface TranslatedSetting {
  readonly settings: Pick<
    RadiomicsSettings,
    "aggregation" | "distanceWeighting" | "energyShift" | "normalise" | "resample" | "resegment"
  >;
  /** Null where the file states none. */
  readonly label: number | null;
  readonly forcesSlices: boolean;
  readonly gradientUsesSpacing: boolean;
  readonly report: readonly KeyReport[];
  binningOf(own: Keys): Discretisation;
}

type Keys = Readonly<Record<string, unknown>>;

/** Keys that change no value here, and why. */
const withoutInfluence: Readonly<Record<string, string>> = {
  additionalInfo: "diagnostics are always kept",
  enableCExtensions: "there is one implementation",
  geometryTolerance: "image and mask need one grid",
  correctMask: "image and mask need one grid",
  preCrop: "as much is filtered around the region as responses need",
  label_channel: "masks have one channel",
  interpolator: "with resampledPixelSpacing",
  padDistance: "with resampledPixelSpacing",
  normalizeScale: "with normalize",
  removeOutliers: "with normalize",
  resegmentMode: "with resegmentRange",
  force2Ddimension: "with force2D",
  minimumROIDimensions: "small regions are measured, with reasons where a feature does not exist",
  gradientUseSpacing: "with imageType Gradient",
  binWidth: "bins from multiples of the width",
  binCount: "instead of binWidth",
  voxelArrayShift: "energyShift",
  label: "value of the mask that is the region",
  normalize: "normalise z-score",
  force2D: "neighbourhood 2.5d",
  weightingNorm: "distanceWeighting",
  resampledPixelSpacing: "resample",
  resegmentRange: "resegment",
};

/** Keys that are read only where they have the one value that is done here. */
const onlyValue: Readonly<Record<string, (value: unknown) => boolean>> = {
  distances: (value) => Array.isArray(value) && value.length === 1 && value[0] === 1,
  symmetricalGLCM: (value) => value === true,
  gldm_a: (value) => value === 0,
  minimumROISize: (value) => value === null,
  resegmentShape: (value) => value === false,
};

/** The settings of a parameter file, and a word on each key. */
export function translateSetting(keys: Keys, dimensions: FilterDimensions): TranslatedSetting {
  const report = Object.entries(keys).map(([name, value]): KeyReport => {
    const key = `setting.${name}`;
    if (Object.hasOwn(withoutInfluence, name))
      return {
        key,
        verdict: translatedKeys.has(name) ? "translated" : "honoured",
        note: withoutInfluence[name],
      };
    if (!Object.hasOwn(onlyValue, name))
      return { key, verdict: "refused", note: "no such parameter is known" };
    return onlyValue[name](value)
      ? { key, verdict: "honoured", note: "the value that is always used" }
      : { key, verdict: "refused", note: "only PyRadiomics' default is supported" };
  });
  const number = (name: string, otherwise: number) =>
    typeof keys[name] === "number" ? keys[name] : otherwise;
  return {
    settings: {
      ...weightingOf(keys["weightingNorm"]),
      ...(number("voxelArrayShift", 0) === 0 ? {} : { energyShift: number("voxelArrayShift", 0) }),
      ...(keys["normalize"] === true
        ? {
            normalise: {
              method: "z-score" as const,
              scale: number("normalizeScale", 1),
              outlierSigmas: typeof keys["removeOutliers"] === "number" ? keys["removeOutliers"] : null,
            },
          }
        : {}),
      ...resamplingOf(keys),
      ...resegmentationOf(keys),
    },
    label: typeof keys["label"] === "number" ? keys["label"] : null,
    forcesSlices: keys["force2D"] === true && dimensions === 3 && isAcrossSlices(keys),
    gradientUsesSpacing: keys["gradientUseSpacing"] !== false,
    report,
    binningOf: (own) => binningOf({ ...keys, ...own }),
  };
}

const translatedKeys = new Set([
  "binWidth",
  "binCount",
  "voxelArrayShift",
  "normalize",
  "force2D",
  "weightingNorm",
  "resampledPixelSpacing",
  "resegmentRange",
]);

function isAcrossSlices(keys: Keys): boolean {
  if ((keys["force2Ddimension"] ?? 0) === 0) return true;
  throw new InputError(
    "the PyRadiomics parameter force2Ddimension needs to be 0, slices across z; turn the volume so that they are",
  );
}

function binningOf({ binCount, binWidth }: Keys): Discretisation {
  if (typeof binCount === "number") return { method: "fixed-bin-number", bins: binCount };
  const width = typeof binWidth === "number" ? binWidth : 25;
  return { method: "fixed-bin-width", width, lowerBound: "multiple" };
}

function weightingOf(norm: unknown): Pick<RadiomicsSettings, "aggregation" | "distanceWeighting"> {
  switch (norm) {
    case undefined:
    case null:
      return { aggregation: "averaged" };
    case "no_weighting":
      return { aggregation: "merged" };
    case "manhattan":
    case "euclidean":
      return { aggregation: "merged", distanceWeighting: norm };
    case "infinity":
      return { aggregation: "merged", distanceWeighting: "chebyshev" };
    default:
      throw new InputError(
        "the PyRadiomics parameter weightingNorm needs to be manhattan, euclidean, infinity or no_weighting; got another norm",
      );
  }
}

const interpolators: Readonly<Record<string, Interpolation>> = {
  sitkBSpline: "cubic-spline",
  sitkLinear: "linear",
  sitkNearestNeighbor: "nearest",
};

function resamplingOf(keys: Keys): Pick<RadiomicsSettings, "resample"> {
  const spacing = keys["resampledPixelSpacing"];
  const interpolator = keys["interpolator"] === undefined ? "sitkBSpline" : keys["interpolator"];
  if (spacing === undefined || spacing === null || interpolator === null) return {};
  const [x, y, z] = spacing as readonly number[];
  const image = typeof interpolator === "string" ? interpolators[interpolator] : undefined;
  if (image === undefined || ![x, y, z].every((size) => size >= 0))
    throw new InputError(
      `PyRadiomics' resampling needs sizes of at least 0 and an interpolator of ${Object.keys(interpolators).join(", ")}; got others; correct resampledPixelSpacing or interpolator`,
    );
  const pad = keys["padDistance"];
  return {
    resample: {
      spacingMm: [x > 0 ? x : null, y > 0 ? y : null, z > 0 ? z : null],
      image,
      mask: "nearest",
      partialVolume: 0.5,
      roundIntensities: "as-stored",
      alignment: "corner",
      marginPx: typeof pad === "number" ? pad : 5,
    },
  };
}

function resegmentationOf(keys: Keys): Pick<RadiomicsSettings, "resegment"> {
  const range = keys["resegmentRange"];
  if (!Array.isArray(range)) return {};
  const [lower, upper] = range as readonly number[];
  const mode = keys["resegmentMode"] ?? "absolute";
  if (mode === "absolute") return { resegment: { range: [lower, upper ?? null] } };
  if (mode === "sigma" && upper === -lower) return { resegment: { outlierSigmas: upper } };
  throw new InputError(
    "PyRadiomics' re-segmentation needs mode absolute, or sigma with a range as far below the mean as above; got another; give the range in grey levels",
  );
}
