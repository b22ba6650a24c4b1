import type { RadiomicSource } from "../../features/feature-source.ts";
import type {
  ImageFilter,
  LaplacianOfGaussianFilter,
  WaveletFilter,
} from "../../image/filters/image-filter.ts";
import type { FamilyName } from "../catalogue.ts";
import { otherDefinitions, pyradiomicsClasses, pyradiomicsNames } from "./names.ts";

/**
 * The name that PyRadiomics prints for a feature.
 *
 * @returns Null where PyRadiomics has no such feature or image, or defines it otherwise.
 * @example pyradiomicsName({ kind: "radiomic", family: "glcm", feature: "contrast", ibsi: "ACUI", unit: "1", discretisation: null }) // => "original_glcm_Contrast"
 * @example pyradiomicsName({ kind: "radiomic", family: "firstOrder", feature: "excessKurtosis", ibsi: "IPH6", unit: "1", discretisation: null }) // => null
 */
export function pyradiomicsName({ family, feature, filter, ring }: RadiomicSource): string | null {
  const name = nameWithinClass(family as FamilyName, feature);
  const className = pyradiomicsClasses[family as FamilyName];
  const image = printedImage(filter ?? { kind: "none" });
  if (name === null || className === undefined || image === null || ring !== undefined) return null;
  return `${image}_${className}_${name}`;
}

function nameWithinClass(family: FamilyName, feature: string): string | null {
  // Features of the profile have PyRadiomics' names as their keys.
  if (/^(\d|[A-Z])/.test(feature)) return feature;
  if (otherDefinitions[family]?.[feature] !== undefined) return null;
  const names: Partial<Record<FamilyName, Readonly<Record<string, string>>>> = pyradiomicsNames;
  return names[family]?.[feature] ?? null;
}

function printedImage(filter: ImageFilter): string | null {
  switch (filter.kind) {
    case "none":
      return "original";
    case "laplacianOfGaussian":
      return printedLaplacian(filter);
    case "wavelet":
      return printedWavelet(filter);
    case "squareRoot":
      return "squareroot";
    case "square":
    case "logarithm":
    case "exponential":
    case "gradient":
      return filter.kind;
    case "localBinaryPattern":
      return "lbp-2D";
    default:
      return null;
  }
}

/** PyRadiomics writes a sigma of 2.5 as 2-5, and one of 2.0 in a parameter file as 2-0. */
function printedLaplacian(filter: LaplacianOfGaussianFilter): string | null {
  const { sigma, sigmaAsWritten, method, scaleNormalised } = filter;
  if (method !== "recursive" || !scaleNormalised || !("mm" in sigma)) return null;
  return `log-sigma-${(sigmaAsWritten ?? String(sigma.mm)).replace(".", "-")}-mm-3D`;
}

function printedWavelet({ level, band, decimated, pooling, boundary }: WaveletFilter): string | null {
  if (decimated || pooling !== "none" || boundary !== "periodic") return null;
  return level === 1 ? `wavelet-${band}` : `wavelet${level}-${band}`;
}
