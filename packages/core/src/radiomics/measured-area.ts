import type { Discretisation } from "../features/feature-source.ts";
import type { LevelGrid } from "../image/discretise.ts";
import { borderDistance } from "../image/border-distance.ts";
import type { Mask } from "../image/image.ts";
import { type Region, type RegionPixels, locateRegion } from "../image/region.ts";
import { binRegion } from "./bin-region.ts";
import type { IntensityRange } from "./intensity-volume-histogram.ts";
import type { MeshRule } from "./marching-cubes.ts";
import type { PreparedRegion } from "./prepare-region.ts";
import type { RadiomicsSettings } from "./settings.ts";
import { type CountedMatrices, type TexturePlan, countTextureMatrices, planTexture } from "./texture.ts";

/** One image of an area, with what its families share; each part is made when it is first asked for. */
export interface MeasuredImage {
  readonly region: Region;
  readonly prepared: PreparedRegion;
  readonly histogramBinning: Discretisation;
  /** Bounds of re-segmentation: intensities that the region may have. */
  readonly intensityRange: IntensityRange;
  readonly energyShift: number;
  readonly meshRule: MeshRule;
  levels(discretisation: Discretisation): LevelGrid;
  textures(discretisation: Discretisation): readonly CountedMatrices[];
}

/** The pixels of an area, and the mask whose edge they lie in: re-segmentation takes pixels away, not the edge. */
export interface MeasuredPixels {
  readonly pixels: RegionPixels;
  readonly outline: Mask;
}

/**
 * Makes the images of an area measurable; steps to neighbours, distances and memory are those of the area, made once.
 */
export function createMeasuredArea(
  prepared: PreparedRegion,
  { pixels, outline }: MeasuredPixels,
  settings: RadiomicsSettings,
): (region: Region) => MeasuredImage {
  const {
    aggregation,
    neighbourhood = "2d",
    families,
    distanceWeighting,
    intensityVolumeHistogram,
  } = settings;
  const runsByDistance = settings.profile === "pyradiomics";
  const weighting = distanceWeighting === undefined ? {} : { weighting: distanceWeighting, runsByDistance };
  // PyRadiomics has no neighbours along an axis along which the region is one pixel thick.
  const isFlat = settings.profile === "pyradiomics" && pixels.box.depth === 1;
  const plan = once((): TexturePlan => {
    const merged = aggregation === "merged" || distanceWeighting !== undefined;
    const located = { ...pixels, spacingMm: prepared.image.spacingMm };
    const distance = families.includes("gldzm")
      ? edgeDistance(pixels, outline, neighbourhood !== "3d")
      : null;
    return planTexture(
      located,
      { merged, neighbourhood: isFlat ? "2d" : neighbourhood, ...weighting },
      distance,
    );
  });
  return (region) => {
    const grids = new Map<Discretisation, LevelGrid>();
    const matrices = new Map<Discretisation, readonly CountedMatrices[]>();
    const levels = (discretisation: Discretisation) =>
      remembered(grids, discretisation, () => binRegion(region, discretisation));
    return {
      region,
      prepared,
      histogramBinning: intensityVolumeHistogram ?? { method: "none" },
      intensityRange: settings.resegment?.range ?? [null, null],
      energyShift: settings.energyShift ?? 0,
      meshRule: settings.profile === "pyradiomics" ? "pyradiomics" : "closed",
      levels,
      textures: (discretisation) =>
        remembered(matrices, discretisation, () => countTextureMatrices(levels(discretisation), plan())),
    };
  };
}

/** Distance of the pixels of an area from the edge of its outline, in the area's padded crop (IBSI 3.9). */
function edgeDistance(pixels: RegionPixels, outline: Mask, withinSlices: boolean): Int32Array {
  const { padded, positions, box } = pixels;
  const whole = locateRegion(outline, !withinSlices);
  const wholeDistance = borderDistance(whole.padded, whole.positions, withinSlices);
  if (whole.positions.length === positions.length) return wholeDistance;
  const distance = new Int32Array(padded.width * padded.height * padded.depth);
  const shift = [box.x - whole.box.x, box.y - whole.box.y, box.z - whole.box.z];
  for (let k = 0; k < positions.length; k++) {
    const row = Math.floor(positions[k] / padded.width);
    const x = positions[k] - row * padded.width;
    const z = Math.floor(row / padded.height);
    const y = row - z * padded.height;
    const wholeRow = (z + shift[2]) * whole.padded.height + y + shift[1];
    distance[positions[k]] = wholeDistance[wholeRow * whole.padded.width + x + shift[0]];
  }
  return distance;
}

function once<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => (result ??= { value: compute() }).value;
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, compute: () => Value): Value {
  const value = known.get(key) ?? compute();
  known.set(key, value);
  return value;
}
