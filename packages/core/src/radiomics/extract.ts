import { type Discretisation } from "../features/feature-source.ts";
import { type FeatureValue } from "../features/feature-definition.ts";
import { type LevelGrid, fixedBinNumber, fixedBinWidth, intensitiesAsLevels } from "../image/discretise.ts";
import { type Image, type Mask } from "../image/image.ts";
import { type Region, gatherRegion } from "../image/region.ts";
import { type FeatureColumn, columnsOf, familyRequests } from "./feature-columns.ts";
import { type MeasuredRegion, measureFamily } from "./measure-family.ts";
import { type RadiomicsSettings, checkSettings } from "./settings.ts";
import { countTextureMatrices, planTexture } from "./texture.ts";

/** A measured feature. */
export interface RadiomicFeature extends FeatureColumn {
  readonly value: FeatureValue;
}

/**
 * The radiomic features of a region of an image.
 *
 * @param mask On the grid of the image; see `checkRegion` for what a person should know about it first.
 * @returns One feature a column of `featureColumns(settings)`, in that order; each is finite, or null with the reason.
 *   Of averaged matrices, those for which a feature does not exist are left out of its mean.
 * @throws {InputError} The settings are not valid, image and mask differ in size, the mask is empty, an intensity
 *   inside it is not finite, or the binning does not fit the intensities.
 */
export function extractRadiomics(image: Image, mask: Mask, settings: RadiomicsSettings): RadiomicFeature[] {
  checkSettings(settings);
  const measured = measureWhenAsked(gatherRegion(image, mask, settings.neighbourhood === "3d"), settings);
  return familyRequests(settings).flatMap((request) => {
    const values = measureFamily(request, measured);
    return columnsOf(request).map((column, k) => ({ ...column, value: values[k] }));
  });
}

function measureWhenAsked(region: Region, settings: RadiomicsSettings): MeasuredRegion {
  const { aggregation, neighbourhood = "2d", families } = settings;
  const plan = once(() =>
    planTexture(region, { merged: aggregation === "merged", neighbourhood }, families.includes("gldzm")),
  );
  const binnings = new Map(
    settings.discretisations.map((discretisation) => {
      const levels = once(() => discretise(region, discretisation));
      return [discretisation, { levels, textures: once(() => countTextureMatrices(levels(), plan())) }];
    }),
  );
  return {
    region,
    levels: (discretisation) => binnings.get(discretisation)!.levels(),
    textures: (discretisation) => binnings.get(discretisation)!.textures(),
  };
}

function once<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => (result ??= { value: compute() }).value;
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
