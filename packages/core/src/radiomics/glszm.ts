import { levelSizeFeature } from "./level-size-feature.ts";

/** Grey level size zone features: connected zones of one level and their sizes (IBSI 3.8, 9SAK). */
export const glszmFeatures = {
  smallZoneEmphasis: levelSizeFeature("small zone emphasis", "5QRC", "smallEmphasis"),
  largeZoneEmphasis: levelSizeFeature("large zone emphasis", "48P8", "largeEmphasis"),
  lowGreyLevelZoneEmphasis: levelSizeFeature("low grey level zone emphasis", "XMSY", "lowLevelEmphasis"),
  highGreyLevelZoneEmphasis: levelSizeFeature("high grey level zone emphasis", "5GN9", "highLevelEmphasis"),
  smallZoneLowGreyLevelEmphasis: levelSizeFeature(
    "small zone low grey level emphasis",
    "5RAI",
    "smallLowEmphasis",
  ),
  smallZoneHighGreyLevelEmphasis: levelSizeFeature(
    "small zone high grey level emphasis",
    "HW1V",
    "smallHighEmphasis",
  ),
  largeZoneLowGreyLevelEmphasis: levelSizeFeature(
    "large zone low grey level emphasis",
    "YH51",
    "largeLowEmphasis",
  ),
  largeZoneHighGreyLevelEmphasis: levelSizeFeature(
    "large zone high grey level emphasis",
    "J17V",
    "largeHighEmphasis",
  ),
  greyLevelNonUniformity: levelSizeFeature("grey level non-uniformity", "JNSA", "levelNonUniformity"),
  normalisedGreyLevelNonUniformity: levelSizeFeature(
    "normalised grey level non-uniformity",
    "Y1RO",
    "normalisedLevelNonUniformity",
  ),
  zoneSizeNonUniformity: levelSizeFeature("zone size non-uniformity", "4JP3", "sizeNonUniformity"),
  normalisedZoneSizeNonUniformity: levelSizeFeature(
    "normalised zone size non-uniformity",
    "VB3A",
    "normalisedSizeNonUniformity",
  ),
  zonePercentage: levelSizeFeature("zone percentage", "P30P", "percentage"),
  greyLevelVariance: levelSizeFeature("grey level variance", "BYLV", "levelVariance"),
  zoneSizeVariance: levelSizeFeature("zone size variance", "3NSA", "sizeVariance"),
  zoneSizeEntropy: levelSizeFeature("zone size entropy", "GU8N", "entropy"),
};
