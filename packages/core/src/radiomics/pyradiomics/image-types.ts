import type { Discretisation } from "../../features/feature-source.ts";
import type { FilterDimensions, WaveletName } from "../../image/filters/image-filter.ts";
import { lowPassCoefficients } from "../../image/filters/wavelet-coefficients.ts";
import type { FilteredImage } from "../settings.ts";
import type { KeyReport } from "./setting-keys.ts";

/** What image types need of the rest of the file. */
export interface ImageTypeContext {
  readonly dimensions: FilterDimensions;
  readonly gradientUsesSpacing: boolean;
  /** The binning, with keys that an image type has of its own. */
  binningOf(own: Readonly<Record<string, unknown>>): Discretisation;
}

type Arguments = Readonly<Record<string, unknown>>;

interface TranslatedImage {
  readonly filters: readonly FilteredImage[];
  readonly report: KeyReport;
}

interface TranslatedImages {
  readonly filters: readonly FilteredImage[];
  readonly report: readonly KeyReport[];
}

/** The image types of a parameter file as filters, each with the report of its key. */
export function translateImageTypes(
  imageTypes: Readonly<Record<string, Arguments | null>>,
  context: ImageTypeContext,
): TranslatedImages {
  const translated = Object.entries(imageTypes).map(([name, own]): TranslatedImage => {
    const filters = filtersOf(name, own ?? {}, context);
    const key = `imageType.${name}`;
    if (filters === null)
      return { filters: [], report: { key, verdict: "refused", note: "no such image here" } };
    const hasOwnBins = own !== null && ("binWidth" in own || "binCount" in own);
    const discretisations = hasOwnBins ? { discretisations: [context.binningOf(own)] } : {};
    return {
      filters: filters.map((filter): FilteredImage => ({ ...filter, ...discretisations })),
      report: {
        key,
        verdict: name === "Original" ? "honoured" : "translated",
        note: `${filters.length} image${filters.length === 1 ? "" : "s"}`,
      },
    };
  });
  return {
    filters: translated.flatMap(({ filters }) => filters),
    report: translated.map(({ report }) => report),
  };
}

function filtersOf(name: string, own: Arguments, context: ImageTypeContext): FilteredImage[] | null {
  const { dimensions } = context;
  switch (name) {
    case "Original":
      return [{ kind: "none" }];
    case "LoG":
      return laplacians(own, dimensions);
    case "Wavelet":
      return wavelets(own, dimensions);
    case "Square":
      return [{ kind: "square" }];
    case "SquareRoot":
      return [{ kind: "squareRoot" }];
    case "Logarithm":
      return [{ kind: "logarithm" }];
    case "Exponential":
      return [{ kind: "exponential" }];
    case "Gradient":
      return [{ kind: "gradient", dimensions, perMm: context.gradientUsesSpacing }];
    case "LBP2D":
      return patterns(own);
    default:
      return null;
  }
}

function laplacians({ sigma }: Arguments, dimensions: FilterDimensions): FilteredImage[] | null {
  if (!Array.isArray(sigma) || !sigma.every((one) => typeof one === "number" && one > 0)) return null;
  return (sigma as readonly number[]).map((mm) => ({
    kind: "laplacianOfGaussian",
    sigma: { mm },
    truncateSigmas: 4,
    method: "recursive",
    scaleNormalised: true,
    dimensions,
    boundary: "nearest",
  }));
}

/** All bands but the low-pass one of each level, and the low-pass one of the last. */
function wavelets(own: Arguments, dimensions: FilterDimensions): FilteredImage[] | null {
  const { wavelet = "coif1", level: levels = 1, start_level: first = 0 } = own;
  if (typeof wavelet !== "string" || !Object.hasOwn(lowPassCoefficients, wavelet)) return null;
  if (typeof levels !== "number" || typeof first !== "number") return null;
  const bands = Array.from({ length: 1 << dimensions }, (_, bits) =>
    Array.from({ length: dimensions }, (_unused, axis) => (((bits >> axis) & 1) === 1 ? "H" : "L")).join(""),
  );
  const [lowPass, ...others] = bands;
  return Array.from({ length: levels }, (_, k) => first + k + 1).flatMap((level, k) =>
    [...others, ...(k + 1 === levels ? [lowPass] : [])].map((band): FilteredImage => ({
      kind: "wavelet",
      wavelet: wavelet as WaveletName,
      level,
      band,
      decimated: false,
      pooling: "none",
      dimensions,
      boundary: "periodic",
    })),
  );
}

function patterns(own: Arguments): FilteredImage[] | null {
  const { lbp2DRadius: radiusPx = 1, lbp2DSamples: samples = 8, lbp2DMethod: method = "uniform" } = own;
  if (typeof radiusPx !== "number" || typeof samples !== "number" || method !== "uniform") return null;
  return [{ kind: "localBinaryPattern", radiusPx, samples }];
}
