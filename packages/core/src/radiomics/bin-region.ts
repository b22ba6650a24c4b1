import type { Discretisation } from "../features/feature-source.ts";
import { type LevelGrid, fixedBinNumber, fixedBinWidth, intensitiesAsLevels } from "../image/discretise.ts";
import type { Region } from "../image/region.ts";

/**
 * The grey levels of a region in the bins that settings ask for.
 *
 * @throws {InputError} The binning does not fit the intensities.
 */
export function binRegion(region: Region, discretisation: Discretisation): LevelGrid {
  switch (discretisation.method) {
    case "fixed-bin-number":
      return fixedBinNumber(region, discretisation.bins);
    case "fixed-bin-width":
      return fixedBinWidth(region, discretisation.width, discretisation.lowerBound);
    case "none":
      return intensitiesAsLevels(region);
  }
}
