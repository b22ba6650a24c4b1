import type { FilterDimensions, WaveletName } from "../../image/filters/image-filter.ts";
import { lowPassCoefficients } from "../../image/filters/wavelet-coefficients.ts";
import type { FilteredImage } from "../settings.ts";
import { type JudgedKey, accepted, refused } from "./key-report.ts";
import type { ParameterDocument, ParameterKeys } from "./parameter-schema.ts";
import { isSet } from "./setting-keys.ts";
import { translateBinning } from "./translate-setting.ts";

/** Images of a parameter file with what became of their keys. */
export interface TranslatedImages {
  readonly filters: readonly FilteredImage[];
  readonly judged: readonly JudgedKey[];
}

/** The text of a part of the file, e.g. `1.0` for the number 1; null where it is not known. */
export type TextOf = (path: readonly (string | number)[]) => string | null;

/** An image type with the settings that hold for it. */
interface ImageType {
  readonly name: string;
  readonly keys: ParameterKeys;
  /** Where a key stands: at the image type, or in `setting`. */
  readonly pathOf: (key: keyof ParameterKeys) => readonly string[];
  readonly dimensions: FilterDimensions;
  readonly textOf: TextOf;
}

/** Filters of an image type, or why there are none. */
type Translation = readonly FilteredImage[] | string;

/**
 * The images that a parameter file asks for.
 *
 * @param dimensions Of the images: 2 for frames.
 */
export function translateImageTypes(
  { setting, imageType }: ParameterDocument,
  dimensions: FilterDimensions,
  textOf: TextOf,
): TranslatedImages {
  const all = setting ?? {};
  if (!isSet(imageType) || Object.keys(imageType).length === 0)
    return { filters: [{ kind: "none" }], judged: [] };
  const translated = Object.entries(imageType).map(([name, nullableOwn]): TranslatedImages => {
    const own = nullableOwn ?? {};
    const path = ["imageType", name];
    const filters = filtersOf({
      name,
      keys: { ...all, ...own },
      pathOf: (key) => (key in own ? [...path, key] : ["setting", key]),
      dimensions,
      textOf,
    });
    if (typeof filters === "string") return { filters: [], judged: [refused(path, filters)] };
    const discretisations =
      isSet(own.binWidth) || isSet(own.binCount)
        ? { discretisations: [translateBinning({ ...all, ...own })] }
        : {};
    const count = `${filters.length} image${filters.length === 1 ? "" : "s"}`;
    return {
      filters: filters.map((filter): FilteredImage => ({ ...filter, ...discretisations })),
      judged: [
        accepted(path, name === "Original" ? "honoured" : "translated", count),
        ...Object.keys(own).map((key) => judgeOwnKey(name, key as keyof ParameterKeys, own, all)),
      ],
    };
  });
  return {
    filters: translated.flatMap(({ filters }) => filters),
    judged: translated.flatMap(({ judged }) => judged),
  };
}

/** Keys that an image type may have of its own. */
const ownKeys: Readonly<Record<string, readonly string[]>> = {
  LoG: ["sigma"],
  Wavelet: ["wavelet", "level", "start_level"],
  Gradient: ["gradientUseSpacing"],
  LBP2D: ["lbp2DRadius", "lbp2DSamples", "lbp2DMethod"],
};

/** Keys of matrices and features, which PyRadiomics lets an image have of its own. */
const ofFeatures = new Set([
  "distances",
  "force2D",
  "force2Ddimension",
  "gldm_a",
  "symmetricalGLCM",
  "voxelArrayShift",
  "weightingNorm",
]);

function judgeOwnKey(
  name: string,
  key: keyof ParameterKeys,
  own: ParameterKeys,
  all: ParameterKeys,
): JudgedKey {
  const path = ["imageType", name, key];
  if (key === "binWidth" || key === "binCount")
    return accepted(path, "translated", "discretisations of the image");
  if (ownKeys[name]?.includes(key)) return accepted(path, "translated", "of the filter");
  if (!ofFeatures.has(key))
    return accepted(path, "honoured", "without effect on one image, as in PyRadiomics");
  return JSON.stringify(own[key]) === JSON.stringify(all[key])
    ? accepted(path, "honoured", "as in setting")
    : refused(path, "all images have one value of it; move it to setting");
}

function filtersOf(type: ImageType): Translation {
  const { dimensions, keys } = type;
  switch (type.name) {
    case "Original":
      return [{ kind: "none" }];
    case "LoG":
      return laplacians(type);
    case "Wavelet":
      return wavelets(type);
    case "Square":
      return [{ kind: "square" }];
    case "SquareRoot":
      return [{ kind: "squareRoot" }];
    case "Logarithm":
      return [{ kind: "logarithm" }];
    case "Exponential":
      return [{ kind: "exponential" }];
    case "Gradient":
      return [{ kind: "gradient", dimensions, perMm: keys.gradientUseSpacing !== false }];
    case "LBP2D":
      return patterns(type);
    default:
      return "there is no such image here";
  }
}

/** Always of the whole volume: PyRadiomics' filter does not know force2D. */
function laplacians({ keys: { sigma }, pathOf, dimensions, textOf }: ImageType): Translation {
  if (!isSet(sigma) || sigma.length === 0) return "sigma is needed, a list of lengths in mm";
  return sigma.map((mm, k): FilteredImage => {
    const written = textOf([...pathOf("sigma"), k]) ?? "";
    // Python prints a whole number that is written with a point or an exponent as 1.0.
    const isWholeFloat = Number.isInteger(mm) && /[.eE]/.test(written);
    return {
      kind: "laplacianOfGaussian",
      sigma: { mm },
      truncateSigmas: 4,
      method: "recursive",
      scaleNormalised: true,
      ...(isWholeFloat ? { sigmaAsWritten: `${mm}.0` } : {}),
      dimensions,
      boundary: "nearest",
    };
  });
}

/** All bands but the low-pass one of each level, and the low-pass one of the last. */
function wavelets({ keys, dimensions: ofImage }: ImageType): Translation {
  const name = keys.wavelet === "db1" ? "haar" : (keys.wavelet ?? "coif1");
  if (!Object.hasOwn(lowPassCoefficients, name))
    return `wavelets are ${Object.keys(lowPassCoefficients).join(", ")}`;
  const dimensions = keys.force2D === true ? 2 : ofImage;
  const [levels, first] = [keys.level ?? 1, keys.start_level ?? 0];
  const bands = Array.from({ length: 1 << dimensions }, (_, bits) =>
    Array.from({ length: dimensions }, (_unused, axis) => (((bits >> axis) & 1) === 1 ? "H" : "L")).join(""),
  );
  const [lowPass, ...others] = bands;
  return Array.from({ length: levels }, (_, k) => k).flatMap((k) =>
    [...others, ...(k + 1 === levels ? [lowPass] : [])].map((band): FilteredImage => ({
      kind: "wavelet",
      wavelet: name as WaveletName,
      level: first + k + 1,
      band,
      decimated: false,
      pooling: "none",
      scheme: "pyradiomics",
      dimensions,
      boundary: "periodic",
    })),
  );
}

/** scikit-image's patterns; more samples than these do not fit the code. */
const mostSamples = 24;

function patterns({ keys }: ImageType): Translation {
  const { lbp2DRadius, lbp2DSamples, lbp2DMethod } = keys;
  const samples = lbp2DSamples ?? 8;
  if ((lbp2DMethod ?? "uniform") !== "uniform") return "lbp2DMethod is uniform";
  if (samples < 3 || samples > mostSamples) return `lbp2DSamples is in 3 to ${mostSamples}`;
  return [{ kind: "localBinaryPattern", radiusPx: lbp2DRadius ?? 1, samples }];
}
