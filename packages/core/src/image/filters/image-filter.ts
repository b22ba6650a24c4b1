import type { Length } from "../image.ts";

/** What lies outside the grid: zeros, the nearest pixel, the image again, or its mirror about the outer edge of the last pixel. */
export type Boundary = "zero" | "nearest" | "periodic" | "mirror";

/**
 * How the responses of a directional filter to the image turned by right angles (4 in a plane, 24 in a volume) become
 * one: not at all, their mean, or their maximum.
 */
export type Pooling = "none" | "average" | "max";

/** Whether a filter works slice by slice or in the volume. */
export type FilterDimensions = 2 | 3;

interface Spatial {
  readonly dimensions: FilterDimensions;
  readonly boundary: Boundary;
}

/** Mean of a square or cube of pixels (IBSI-2 S60F). */
export interface MeanFilter extends Spatial {
  readonly kind: "mean";
  /** Side, an odd number of pixels. */
  readonly supportPx: number;
}

/** Laplacian of Gaussian, truncated (IBSI-2 L6PA). */
export interface LaplacianOfGaussianFilter extends Spatial {
  readonly kind: "laplacianOfGaussian";
  readonly sigma: Length;
  /** Where the kernel ends, in sigmas; the IBSI uses 4. */
  readonly truncateSigmas: number;
  /** The truncated kernel itself, or Deriche's recursive approximation to its Gaussians, as in ITK and PyRadiomics. */
  readonly method: "truncated" | "recursive";
  /** Whether each second derivative is multiplied by its sigma² in pixels, which makes responses of different sigmas comparable. */
  readonly scaleNormalised: boolean;
  /** The sigma as a PyRadiomics parameter file has it, e.g. 1.0, which shows in PyRadiomics' names. */
  readonly sigmaAsWritten?: string;
}

/** Laws' kernels, one a dimension (IBSI-2 JTXT). */
export interface LawsFilter extends Spatial {
  readonly kind: "laws";
  /** One of L3, L5, E3, E5, S3, S5, W5, R5 a dimension, x first, e.g. `L5E5` or `E5L5S5`. */
  readonly kernels: string;
  readonly pooling: Pooling;
  /** Chebyshev distance over which absolute responses are averaged to an energy; null: the response itself. */
  readonly energyDistancePx: number | null;
}

/** Modulus of the response to Gabor filters in slices (IBSI-2 Q88H). */
export interface GaborFilter {
  readonly kind: "gabor";
  readonly sigma: Length;
  readonly wavelength: Length;
  /** Ratio of the Gaussian's axes, gamma. */
  readonly aspectRatio: number;
  /** Orientation in degrees, clockwise; with `everyDegrees` responses are pooled over all multiples below 360. */
  readonly orientation: { readonly degrees: number } | { readonly everyDegrees: number };
  readonly pooling: Pooling;
  /** Slices of the volume along z, or along all three axes, pooled too. */
  readonly planes: "axial" | "orthogonal";
  readonly boundary: Boundary;
}

/** A band of a separable wavelet transform (IBSI-2 25BO). */
export interface WaveletFilter extends Spatial {
  readonly kind: "wavelet";
  readonly wavelet: WaveletName;
  /** From 1. */
  readonly level: number;
  /** L or H a dimension, x first, e.g. `LH` or `HHL`. */
  readonly band: string;
  /** Decimated: every second response, drawn on the grid of the image; else the stationary transform. */
  readonly decimated: boolean;
  readonly pooling: Pooling;
  /**
   * PyRadiomics' use of PyWavelets: later levels repeat the kernels instead of spreading them, and a periodic line of odd
   * length gets its first pixel once more at its end. Absent: the standard.
   */
  readonly scheme?: "pyradiomics";
}

/** Orthogonal wavelets: Haar, Daubechies by vanishing moments, Coiflets. */
export type WaveletName =
  | "haar"
  | "db2"
  | "db3"
  | "db4"
  | "db5"
  | "db6"
  | "db7"
  | "db8"
  | "db9"
  | "db10"
  | "coif1"
  | "coif2"
  | "coif3";

/** A band-pass wavelet that is the same in all directions, by the Fourier transform of the periodic image (IBSI-2 LODD). */
export interface IsotropicWaveletFilter {
  readonly kind: "simoncelli" | "shannon";
  readonly dimensions: FilterDimensions;
  /** From 1, the finest. */
  readonly level: number;
}

/** A component of a Riesz transform, of the image itself or after another filter (IBSI-2 AYRS). */
export interface RieszFilter {
  readonly kind: "riesz";
  /** Order along x, y (and z); the sum is the order of the transform. */
  readonly order: readonly number[];
  readonly after: LaplacianOfGaussianFilter | IsotropicWaveletFilter | null;
  readonly boundary: Boundary;
}

/** A transform of each intensity, scaled to the largest absolute one, as in PyRadiomics. */
export interface PointFilter {
  readonly kind: "square" | "squareRoot" | "logarithm" | "exponential";
}

/** Magnitude of the gradient by central differences, as in ITK. */
export interface GradientFilter {
  readonly kind: "gradient";
  readonly dimensions: FilterDimensions;
  /** Differences a mm, else a pixel. */
  readonly perMm: boolean;
}

/** Local binary patterns in slices, uniform and the same after turning (Ojala et al. 2002). */
export interface LocalBinaryPatternFilter {
  readonly kind: "localBinaryPattern";
  readonly radiusPx: number;
  readonly samples: number;
}

/** What is done to an image before features are measured; `none`: the image itself. Plain JSON. */
export type ImageFilter =
  | { readonly kind: "none" }
  | MeanFilter
  | LaplacianOfGaussianFilter
  | LawsFilter
  | GaborFilter
  | WaveletFilter
  | IsotropicWaveletFilter
  | RieszFilter
  | PointFilter
  | GradientFilter
  | LocalBinaryPatternFilter;
