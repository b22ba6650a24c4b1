import { type Discretisation } from "../features/feature-source.ts";
import { type LevelGrid, fixedBinNumber, fixedBinWidth, intensitiesAsLevels } from "../image/discretise.ts";
import { type Region, type RegionPixels } from "../image/region.ts";
import { type PreparedRegion } from "./prepare-region.ts";
import { type RadiomicsSettings } from "./settings.ts";
import { type CountedMatrices, type TexturePlan, countTextureMatrices, planTexture } from "./texture.ts";

/** One image of an area, with what its families share; each part is made when it is first asked for. */
export interface MeasuredImage {
  readonly region: Region;
  readonly prepared: PreparedRegion;
  readonly histogramBinning: Discretisation;
  levels(discretisation: Discretisation): LevelGrid;
  textures(discretisation: Discretisation): readonly CountedMatrices[];
}

/**
 * Makes the images of an area measurable; steps to neighbours, distances and memory are those of the area, made once.
 */
export function createMeasuredArea(
  prepared: PreparedRegion,
  pixels: RegionPixels,
  settings: RadiomicsSettings,
): (region: Region) => MeasuredImage {
  const {
    aggregation,
    neighbourhood = "2d",
    families,
    distanceWeighting,
    intensityVolumeHistogram,
  } = settings;
  const weighting = distanceWeighting === undefined ? {} : { weighting: distanceWeighting };
  const plan = once((): TexturePlan => {
    const merged = aggregation === "merged" || distanceWeighting !== undefined;
    const located = { ...pixels, spacingMm: prepared.image.spacingMm };
    return planTexture(located, { merged, neighbourhood, ...weighting }, families.includes("gldzm"));
  });
  return (region) => {
    const grids = new Map<Discretisation, LevelGrid>();
    const matrices = new Map<Discretisation, readonly CountedMatrices[]>();
    const levels = (discretisation: Discretisation) =>
      remembered(grids, discretisation, () => discretise(region, discretisation));
    return {
      region,
      prepared,
      histogramBinning: intensityVolumeHistogram ?? { method: "none" },
      levels,
      textures: (discretisation) =>
        remembered(matrices, discretisation, () => countTextureMatrices(levels(discretisation), plan())),
    };
  };
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

function discretise(region: Region, discretisation: Discretisation): LevelGrid {
  switch (discretisation.method) {
    case "fixed-bin-number":
      return fixedBinNumber(region, discretisation.bins);
    case "fixed-bin-width":
      return fixedBinWidth(region, discretisation.width, discretisation.lowerBound);
    case "none":
      return intensitiesAsLevels(region);
  }
}
