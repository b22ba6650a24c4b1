import type { Discretisation } from "../../features/feature-source.ts";
import type { Normalisation, Resampling, Resegmentation } from "../../image/resampling.ts";
import type { RadiomicsSettings } from "../settings.ts";
import type { ParameterKeys } from "./parameter-schema.ts";
import { interpolators, isSet } from "./setting-keys.ts";

/** PyRadiomics' defaults of what a file leaves out. */
const defaults = { binWidth: 25, padDistance: 5 };

/** What a parameter file's `setting` says of steps before measuring, of energy and of directions. */
export function translateSetting(
  keys: ParameterKeys,
): Pick<
  RadiomicsSettings,
  | "aggregation"
  | "distanceWeighting"
  | "energyShift"
  | "normalise"
  | "resample"
  | "cropMarginPx"
  | "resegment"
> {
  const resample = resamplingOf(keys);
  const resegment = resegmentationOf(keys);
  const shift = keys.voxelArrayShift ?? 0;
  return {
    ...weightingOf(keys.weightingNorm),
    ...(shift === 0 ? {} : { energyShift: shift }),
    ...(keys.normalize === true ? { normalise: normalisationOf(keys) } : {}),
    ...(resample === null ? {} : { resample }),
    ...(resample === null && keys.preCrop === true
      ? { cropMarginPx: keys.padDistance ?? defaults.padDistance }
      : {}),
    ...(resegment === null ? {} : { resegment }),
  };
}

/**
 * The binning of a file, or of an image with keys of its own.
 *
 * @example translateBinning({ binWidth: 10 }) // => { "method": "fixed-bin-width", "width": 10, "lowerBound": "multiple" }
 * @example translateBinning({ binWidth: 10, binCount: 32 }) // => { "method": "fixed-bin-number", "bins": 32 }
 */
export function translateBinning({ binCount, binWidth }: ParameterKeys): Discretisation {
  if (isSet(binCount)) return { method: "fixed-bin-number", bins: binCount };
  return { method: "fixed-bin-width", width: binWidth ?? defaults.binWidth, lowerBound: "multiple" };
}

function weightingOf(
  norm: ParameterKeys["weightingNorm"],
): Pick<RadiomicsSettings, "aggregation" | "distanceWeighting"> {
  if (!isSet(norm)) return { aggregation: "averaged" };
  if (norm === "no_weighting") return { aggregation: "merged" };
  return { aggregation: "merged", distanceWeighting: norm === "infinity" ? "chebyshev" : norm };
}

function normalisationOf({ normalizeScale, removeOutliers }: ParameterKeys): Normalisation {
  return { method: "z-score", scale: normalizeScale ?? 1, outlierSigmas: removeOutliers ?? null };
}

/** Null without resampling, which needs both a spacing and an interpolator. */
function resamplingOf(keys: ParameterKeys): Resampling | null {
  const { resampledPixelSpacing: spacing, interpolator = "sitkBSpline", padDistance } = keys;
  if (!isSet(spacing) || interpolator === null) return null;
  const [x, y, z] = spacing.length === 2 ? [...spacing, 0] : spacing;
  return {
    // 0 stands for the spacing of the image.
    spacingMm: [x > 0 ? x : null, y > 0 ? y : null, z > 0 ? z : null],
    image: interpolators[String(interpolator) as keyof typeof interpolators],
    mask: "nearest",
    partialVolume: 0.5,
    roundIntensities: "as-stored",
    alignment: "corner",
    marginPx: padDistance ?? defaults.padDistance,
  };
}

function resegmentationOf({ resegmentRange, resegmentMode }: ParameterKeys): Resegmentation | null {
  if (!isSet(resegmentRange)) return null;
  const [lower, upper = null] = [...resegmentRange].sort((a, b) => a - b);
  if (resegmentMode === "sigma") return { outlierSigmas: Math.abs(lower) };
  return { range: [lower, upper] };
}
