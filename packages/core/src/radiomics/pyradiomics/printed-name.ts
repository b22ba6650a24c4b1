import type { RadiomicSource } from "../../features/feature-source.ts";
import type { ImageFilter, LaplacianOfGaussianFilter } from "../../image/filters/image-filter.ts";
import { pyradiomicsClasses, pyradiomicsNames } from "./names.ts";

/**
 * The name that PyRadiomics prints for a feature.
 *
 * @returns Null where PyRadiomics has no such feature or image.
 * @example pyradiomicsName({ kind: "radiomic", family: "glcm", feature: "contrast", ibsi: "ACUI", unit: "1", discretisation: null }) // => "original_glcm_Contrast"
 */
export function pyradiomicsName({ family, feature, filter, ring }: RadiomicSource): string | null {
  const names: Readonly<Record<string, Readonly<Record<string, string>>>> = pyradiomicsNames;
  const own = Object.hasOwn(names, family) ? names[family][feature] : undefined;
  const classes: Readonly<Record<string, string | undefined>> = pyradiomicsClasses;
  const className = classes[family];
  // Features of the profile have PyRadiomics' names as their keys.
  const name = own ?? (/^(\d|[A-Z])/.test(feature) ? feature : undefined);
  const image = printedImage(filter ?? { kind: "none" });
  if (name === undefined || className === undefined || image === null || ring !== undefined) return null;
  return `${image}_${className}_${name}`;
}

function printedImage(filter: ImageFilter): string | null {
  switch (filter.kind) {
    case "none":
      return "original";
    case "laplacianOfGaussian":
      return `log-sigma-${sigmaOf(filter)}-mm-3D`;
    case "wavelet":
      return filter.level === 1 ? `wavelet-${filter.band}` : `wavelet${filter.level}-${filter.band}`;
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
function sigmaOf({ sigma, sigmaAsWritten }: LaplacianOfGaussianFilter): string {
  const value = "mm" in sigma ? sigma.mm : sigma.px;
  return (sigmaAsWritten ?? String(value)).replace(".", "-");
}
