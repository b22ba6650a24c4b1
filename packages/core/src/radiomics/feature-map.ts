import { InputError } from "../errors.ts";
import type { FeatureDefinition } from "../features/feature-definition.ts";
import type { Discretisation } from "../features/feature-source.ts";
import type { LevelGrid } from "../image/discretise.ts";
import type { Image, Mask } from "../image/image.ts";
import { gatherRegion } from "../image/region.ts";
import { binRegion } from "./bin-region.ts";
import { catalogue } from "./catalogue.ts";
import { evaluate } from "./evaluate.ts";
import {
  type CountedMatrices,
  cooccurrences,
  countTextureMatrices,
  levelSizes,
  planTexture,
  runLengths,
  toneDifferences,
} from "./texture.ts";

/** Families that can be mapped. */
export type MappedFamily = "glcm" | "glrlm" | "glszm" | "ngtdm" | "ngldm";

/** What is mapped, and how far around each pixel is looked. */
export interface FeatureMapSettings {
  readonly family: MappedFamily;
  /** Key within the family. */
  readonly feature: string;
  readonly discretisation: Discretisation;
  /** The window around a pixel reaches so many pixels to each side, within the region. */
  readonly radiusPx: number;
}

/**
 * A texture feature around each pixel of a region: the region is binned once, and the feature measured in a window that
 * the region clips.
 *
 * @returns On the grid of the image; NaN outside the region and where the feature does not exist in the window.
 * @throws {InputError} The region spans several slices, or the feature or radius is none.
 */
export function featureMap(image: Image, mask: Mask, settings: FeatureMapSettings): Image {
  const { family, feature, radiusPx } = settings;
  if (!Object.hasOwn(catalogue[family].features, feature))
    throw new InputError(
      `a map of ${family} needs a feature of ${Object.keys(catalogue[family].features).join(", ")}; got ${feature}; correct the spelling`,
    );
  if (!Number.isInteger(radiusPx) || radiusPx < 1)
    throw new InputError(`a map needs a radius of at least 1 whole pixel; got ${radiusPx}`);
  const region = gatherRegion(image, mask, false);
  if (region.box.depth > 1)
    throw new InputError("a map needs a region of one slice; this one spans several; map a slice");
  const grid = binRegion(region, settings.discretisation);
  const values = new Float64Array(image.values.length).fill(NaN);
  const { box, padded, positions } = region;
  const size = 2 * radiusPx + 1;
  for (let k = 0; k < positions.length; k++) {
    const x = positions[k] % padded.width;
    const y = Math.floor(positions[k] / padded.width);
    const window = windowOf(grid, { x: x - radiusPx, y: y - radiusPx, size });
    const value = measureWindow(window, settings);
    const at = (box.z * image.dimensions[1] + box.y + y - 1) * image.dimensions[0] + box.x + x - 1;
    if (value !== null) values[at] = value;
  }
  return { ...image, values };
}

interface Window {
  /** Left and upper corner in the padded crop, which it may leave. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** The levels in a window, padded by one. */
function windowOf({ padded, values, levels }: LevelGrid, { x, y, size }: Window): LevelGrid {
  const width = size + 2;
  const inside = new Uint16Array(width * width);
  const positions: number[] = [];
  for (let row = Math.max(0, -y); row < size && y + row < padded.height; row++)
    for (let column = Math.max(0, -x); column < size && x + column < padded.width; column++) {
      const level = values[(y + row) * padded.width + x + column];
      if (level === 0) continue;
      const at = (row + 1) * width + column + 1;
      inside[at] = level;
      positions.push(at);
    }
  return {
    padded: { width, height: width, depth: 1 },
    levels,
    values: inside,
    positions: Int32Array.from(positions),
    sliceStarts: Int32Array.of(0, positions.length),
  };
}

function measureWindow(window: LevelGrid, { family, feature }: FeatureMapSettings): number | null {
  const plan = planTexture({ ...window, spacingMm: null }, { merged: false, neighbourhood: "2d" }, null);
  return measured[family](countTextureMatrices(window, plan), feature);
}

/** A feature of a family from the matrices of a window; null where it does not exist. */
const measured: Readonly<
  Record<MappedFamily, (matrices: readonly CountedMatrices[], feature: string) => number | null>
> = {
  glcm: (matrices, feature) => valueOf(catalogue.glcm.features, feature, cooccurrences(matrices)),
  glrlm: (matrices, feature) => valueOf(catalogue.glrlm.features, feature, runLengths(matrices)),
  glszm: (matrices, feature) => valueOf(catalogue.glszm.features, feature, levelSizes(matrices, "zones")),
  ngtdm: (matrices, feature) => valueOf(catalogue.ngtdm.features, feature, toneDifferences(matrices)),
  ngldm: (matrices, feature) =>
    valueOf(catalogue.ngldm.features, feature, levelSizes(matrices, "dependences")),
};

function valueOf<Input>(
  features: Readonly<Record<string, FeatureDefinition<Input>>>,
  feature: string,
  inputs: readonly Input[],
): number | null {
  return evaluate({ [feature]: features[feature] }, inputs, "")[0].value;
}
