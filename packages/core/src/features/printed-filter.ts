import type {
  GaborFilter,
  ImageFilter,
  LaplacianOfGaussianFilter,
  LawsFilter,
  RieszFilter,
  WaveletFilter,
} from "../image/filters/image-filter.ts";
import type { Length } from "../image/image.ts";

/**
 * A length with its unit, as names print it.
 *
 * @example printedLength({ mm: 1.5 }) // => "1.5mm"
 */
export function printedLength(length: Length): string {
  return "mm" in length ? `${length.mm}mm` : `${length.px}px`;
}

/**
 * A filter as the names of its features print it: what it is and every parameter that is not the usual one.
 *
 * @example printedFilter({ kind: "wavelet", wavelet: "coif1", level: 1, band: "LH", decimated: false, pooling: "none", dimensions: 2, boundary: "periodic" }) // => "wavelet-coif1-LH"
 * @example printedFilter({ kind: "laplacianOfGaussian", sigma: { mm: 2 }, truncateSigmas: 4, scaleNormalised: false, method: "truncated", dimensions: 2, boundary: "mirror" }) // => "log-2mm"
 */
export function printedFilter(filter: ImageFilter): string {
  switch (filter.kind) {
    case "none":
      return "original";
    case "mean":
      return `mean-${filter.supportPx}px`;
    case "laplacianOfGaussian":
      return printedLaplacian(filter);
    case "laws":
      return printedLaws(filter);
    case "gabor":
      return printedGabor(filter);
    case "wavelet":
      return printedWavelet(filter);
    case "simoncelli":
    case "shannon":
      return `${filter.kind}-level${filter.level}`;
    case "riesz":
      return printedRiesz(filter);
    case "localBinaryPattern":
      return `lbp-${filter.radiusPx}px-${filter.samples}`;
    default:
      return filter.kind;
  }
}

function printedLaplacian({ sigma, scaleNormalised, method }: LaplacianOfGaussianFilter): string {
  return joined(
    "log",
    printedLength(sigma),
    scaleNormalised && "normalised",
    method === "recursive" && method,
  );
}

function printedRiesz({ order, after }: RieszFilter): string {
  return joined("riesz", order.join(""), after !== null && printedFilter(after));
}

function printedLaws({ kernels, pooling, energyDistancePx }: LawsFilter): string {
  const energy = energyDistancePx !== null && `energy${energyDistancePx}px`;
  return joined("laws", kernels, pooling !== "none" && pooling, energy);
}

function printedGabor({ sigma, wavelength, aspectRatio, orientation, pooling, planes }: GaborFilter): string {
  const turned =
    "degrees" in orientation ? `${orientation.degrees}deg` : `${pooling}${orientation.everyDegrees}deg`;
  const sizes = [printedLength(sigma), printedLength(wavelength), `${aspectRatio}`];
  return joined("gabor", ...sizes, turned, planes === "orthogonal" && "planes");
}

function printedWavelet(filter: WaveletFilter): string {
  const { wavelet, level, band, pooling, decimated, scheme } = filter;
  const depth = level > 1 && `level${level}`;
  return joined(
    "wavelet",
    wavelet,
    depth,
    band,
    pooling !== "none" && pooling,
    decimated && "decimated",
    scheme ?? false,
  );
}

function joined(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false).join("-");
}
