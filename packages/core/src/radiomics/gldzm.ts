import { levelSizeFeature } from "./level-size-feature.ts";

/** Grey level distance zone features: connected zones of one level and their distance from the region's edge (IBSI 3.9, VMDZ). */
export const gldzmFeatures = {
  smallDistanceEmphasis: levelSizeFeature("small distance emphasis", "0GBI", "smallEmphasis"),
  largeDistanceEmphasis: levelSizeFeature("large distance emphasis", "MB4I", "largeEmphasis"),
  lowGreyLevelZoneEmphasis: levelSizeFeature("low grey level zone emphasis", "S1RA", "lowLevelEmphasis"),
  highGreyLevelZoneEmphasis: levelSizeFeature("high grey level zone emphasis", "K26C", "highLevelEmphasis"),
  smallDistanceLowGreyLevelEmphasis: levelSizeFeature(
    "small distance low grey level emphasis",
    "RUVG",
    "smallLowEmphasis",
  ),
  smallDistanceHighGreyLevelEmphasis: levelSizeFeature(
    "small distance high grey level emphasis",
    "DKNJ",
    "smallHighEmphasis",
  ),
  largeDistanceLowGreyLevelEmphasis: levelSizeFeature(
    "large distance low grey level emphasis",
    "A7WM",
    "largeLowEmphasis",
  ),
  largeDistanceHighGreyLevelEmphasis: levelSizeFeature(
    "large distance high grey level emphasis",
    "KLTH",
    "largeHighEmphasis",
  ),
  greyLevelNonUniformity: levelSizeFeature("grey level non-uniformity", "VFT7", "levelNonUniformity"),
  normalisedGreyLevelNonUniformity: levelSizeFeature(
    "normalised grey level non-uniformity",
    "7HP3",
    "normalisedLevelNonUniformity",
  ),
  zoneDistanceNonUniformity: levelSizeFeature("zone distance non-uniformity", "V294", "sizeNonUniformity"),
  normalisedZoneDistanceNonUniformity: levelSizeFeature(
    "normalised zone distance non-uniformity",
    "IATH",
    "normalisedSizeNonUniformity",
  ),
  zonePercentage: levelSizeFeature("zone percentage", "VIWW", "percentage"),
  greyLevelVariance: levelSizeFeature("grey level variance", "QK93", "levelVariance"),
  zoneDistanceVariance: levelSizeFeature("zone distance variance", "7WT1", "sizeVariance"),
  zoneDistanceEntropy: levelSizeFeature("zone distance entropy", "GBDU", "entropy"),
};
