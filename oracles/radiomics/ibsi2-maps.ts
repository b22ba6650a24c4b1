/** Response maps of IBSI-2 phase 1: what a folder's configuration file asks for, as filters, and how far ours are away. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filterImage } from "../../packages/core/src/image/filters/filter-box.ts";
import {
  type Boundary,
  type FilterDimensions,
  type ImageFilter,
  type Pooling,
  type WaveletName,
} from "../../packages/core/src/image/filters/image-filter.ts";
import { decodeNifti } from "../../packages/node/src/codecs/decode-nifti.ts";

interface MapConfiguration {
  readonly id: string;
  readonly phantom: string;
  readonly filter: string;
  readonly dim: string;
  readonly boundary: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly reference: string;
}

/** A map with its largest difference from the reference. */
export interface MapResult {
  readonly id: string;
  readonly filter: string;
  /** Largest difference of a voxel as a share of the reference's range, in percent. */
  readonly worstPercent: number;
}

/** The configurations of a folder whose reference map is there. */
export function mapConfigurations(folder: string): MapConfiguration[] {
  const file = join(folder, "ibsi2_phase1_configs.json");
  if (!existsSync(file)) return [];
  const { tests } = JSON.parse(readFileSync(file, "utf8")) as { tests: MapConfiguration[] };
  return tests.filter(({ reference }) => existsSync(join(folder, reference)));
}

/** The response to a configuration against its reference map. */
export function compareMap(folder: string, configuration: MapConfiguration): MapResult {
  const read = (path: string) => decodeNifti(readFileSync(join(folder, path)), path);
  const image = read(`phantoms/ibsi2_${configuration.phantom}.nii.gz`);
  const reference = read(configuration.reference);
  const response = filterImage(image, filterOf(configuration));
  let [least, largest, worst] = [Infinity, -Infinity, 0];
  reference.values.forEach((value, k) => {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
    worst = Math.max(worst, Math.abs(value - response.values[k]!));
  });
  const { id, filter } = configuration;
  return { id, filter, worstPercent: (100 * worst) / (largest - least) };
}

/** The filter that a configuration describes. */
export function filterOf({ filter, dim, boundary: edge, params }: MapConfiguration): ImageFilter {
  const dimensions: FilterDimensions = dim.startsWith("2D") ? 2 : 3;
  const boundary = edge.split(" ")[0] as Boundary;
  const number = (key: string) => params[key] as number;
  const pooling = poolingOf(params["rotation_invariance"]);
  const mm = (key: string) => ({ mm: number(key) });
  const laplacian = {
    kind: "laplacianOfGaussian",
    sigma: mm("sigma_mm"),
    truncateSigmas: number("truncate_sigma"),
    method: "truncated",
    scaleNormalised: false,
    dimensions,
    boundary,
  } as const;
  const simoncelli = { kind: "simoncelli", level: number("level"), dimensions } as const;
  const kind = filter.split(" ")[0];
  switch (kind) {
    case "mean":
      return { kind: "mean", supportPx: number("support"), dimensions, boundary };
    case "LoG":
      return laplacian;
    case "Laws": {
      const distance = /delta (\d+)/.exec(String(params["energy"]))?.[1];
      const energyDistancePx = distance === undefined ? null : Number(distance);
      return {
        kind: "laws",
        kernels: String(params["kernel"]),
        pooling,
        energyDistancePx,
        dimensions,
        boundary,
      };
    }
    case "Gabor":
      return {
        kind: "gabor",
        sigma: mm("sigma_mm"),
        wavelength: mm("lambda_mm"),
        aspectRatio: number("gamma"),
        orientation:
          "theta_deg" in params
            ? { degrees: number("theta_deg") }
            : { everyDegrees: number("theta_step_deg") },
        pooling: pooling === "none" ? "average" : pooling,
        planes: dim.includes("orthogonal") ? "orthogonal" : "axial",
        boundary,
      };
    case "separable":
      return {
        kind: "wavelet",
        wavelet: params["wavelet"] as WaveletName,
        level: number("level"),
        band: String(params["map"]),
        decimated: false,
        pooling,
        dimensions,
        boundary,
      };
    case "Simoncelli":
      return simoncelli;
    case "Riesz-LoG":
    case "Riesz-Simoncelli":
      return {
        kind: "riesz",
        order: params["order"] as number[],
        after: kind === "Riesz-LoG" ? laplacian : simoncelli,
        boundary,
      };
    default:
      throw new Error(`a filter that this test does not know: ${filter}`);
  }
}

function poolingOf(invariance: unknown): Pooling {
  if (typeof invariance !== "string") return "none";
  return invariance.startsWith("max") ? "max" : "average";
}
