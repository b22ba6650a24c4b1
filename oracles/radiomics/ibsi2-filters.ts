/** The filters of IBSI-2 in the words of its configuration files. */
import type {
  Boundary,
  FilterDimensions,
  ImageFilter,
  IsotropicWaveletFilter,
  LaplacianOfGaussianFilter,
  Pooling,
  RieszFilter,
  WaveletName,
} from "../../packages/core/src/image/filters/image-filter.ts";

/** A filter of a phantom, and the file of its consensus map. */
export interface MapConfiguration {
  readonly id: string;
  readonly phantom: string;
  readonly filter: string;
  readonly dim: string;
  readonly boundary: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly reference: string;
}

/** The filter that a configuration describes. */
export function filterOf(configuration: MapConfiguration): ImageFilter {
  switch (configuration.filter.split(" ")[0]) {
    case "mean":
      return {
        kind: "mean",
        supportPx: configuration.params["support"] as number,
        ...spaceOf(configuration),
      };
    case "LoG":
      return laplacianOf(configuration);
    case "Laws":
      return lawsOf(configuration);
    case "Gabor":
      return gaborOf(configuration);
    case "separable":
      return waveletOf(configuration);
    case "Simoncelli":
      return simoncelliOf(configuration);
    case "Riesz-LoG":
      return rieszOf(configuration, laplacianOf(configuration));
    case "Riesz-Simoncelli":
      return rieszOf(configuration, simoncelliOf(configuration));
    default:
      throw new Error(`a filter that this test does not know: ${configuration.filter}`);
  }
}

interface FilterSpace {
  readonly dimensions: FilterDimensions;
  readonly boundary: Boundary;
}

function spaceOf({ dim, boundary }: MapConfiguration): FilterSpace {
  return { dimensions: dim.startsWith("2D") ? 2 : 3, boundary: boundary.split(" ")[0] as Boundary };
}

function laplacianOf(configuration: MapConfiguration): LaplacianOfGaussianFilter {
  return {
    kind: "laplacianOfGaussian",
    sigma: { mm: configuration.params["sigma_mm"] as number },
    truncateSigmas: configuration.params["truncate_sigma"] as number,
    method: "truncated",
    scaleNormalised: false,
    ...spaceOf(configuration),
  };
}

function lawsOf(configuration: MapConfiguration): ImageFilter {
  const { kernel, energy, rotation_invariance: invariance } = configuration.params;
  const distance = /delta (\d+)/.exec(String(energy))?.[1];
  return {
    kind: "laws",
    kernels: String(kernel),
    pooling: poolingOf(invariance),
    energyDistancePx: distance === undefined ? null : Number(distance),
    ...spaceOf(configuration),
  };
}

function gaborOf(configuration: MapConfiguration): ImageFilter {
  const { params, dim } = configuration;
  const pooling = poolingOf(params["rotation_invariance"]);
  return {
    kind: "gabor",
    sigma: { mm: params["sigma_mm"] as number },
    wavelength: { mm: params["lambda_mm"] as number },
    aspectRatio: params["gamma"] as number,
    orientation:
      "theta_deg" in params
        ? { degrees: params["theta_deg"] as number }
        : { everyDegrees: params["theta_step_deg"] as number },
    pooling: pooling === "none" ? "average" : pooling,
    planes: dim.includes("orthogonal") ? "orthogonal" : "axial",
    boundary: spaceOf(configuration).boundary,
  };
}

function waveletOf(configuration: MapConfiguration): ImageFilter {
  const { wavelet, level, map, rotation_invariance: invariance } = configuration.params;
  return {
    kind: "wavelet",
    wavelet: wavelet as WaveletName,
    level: level as number,
    band: String(map),
    decimated: false,
    pooling: poolingOf(invariance),
    ...spaceOf(configuration),
  };
}

function simoncelliOf(configuration: MapConfiguration): IsotropicWaveletFilter {
  const level = configuration.params["level"] as number;
  return { kind: "simoncelli", level, dimensions: spaceOf(configuration).dimensions };
}

function rieszOf(configuration: MapConfiguration, after: RieszFilter["after"]): ImageFilter {
  const order = configuration.params["order"] as number[];
  return { kind: "riesz", order, after, boundary: spaceOf(configuration).boundary };
}

function poolingOf(invariance: unknown): Pooling {
  if (typeof invariance !== "string") return "none";
  return invariance.startsWith("max") ? "max" : "average";
}
