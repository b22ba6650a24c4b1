import type { FeatureDefinition } from "../features/feature-definition.ts";
import type { LevelSizeStatistics } from "./level-size-statistics.ts";

/** A feature that is one of the statistics of a matrix of levels and sizes, under the name its family gives it. */
export function levelSizeFeature(
  name: string,
  ibsi: string,
  measure: keyof LevelSizeStatistics,
): FeatureDefinition<LevelSizeStatistics> {
  return {
    name,
    ibsi,
    unit: measure === "entropy" ? "bit" : "1",
    compute: (statistics) => statistics[measure],
  };
}
