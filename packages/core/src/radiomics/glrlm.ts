import { levelSizeFeature } from "./level-size-feature.ts";

/** Grey level run length features: runs of pixels of one level along a direction (IBSI 3.7, TP0I). */
export const glrlmFeatures = {
  shortRunEmphasis: levelSizeFeature("short runs emphasis", "22OV", "smallEmphasis"),
  longRunEmphasis: levelSizeFeature("long runs emphasis", "W4KF", "largeEmphasis"),
  lowGreyLevelRunEmphasis: levelSizeFeature("low grey level run emphasis", "V3SW", "lowLevelEmphasis"),
  highGreyLevelRunEmphasis: levelSizeFeature("high grey level run emphasis", "G3QZ", "highLevelEmphasis"),
  shortRunLowGreyLevelEmphasis: levelSizeFeature(
    "short run low grey level emphasis",
    "HTZT",
    "smallLowEmphasis",
  ),
  shortRunHighGreyLevelEmphasis: levelSizeFeature(
    "short run high grey level emphasis",
    "GD3A",
    "smallHighEmphasis",
  ),
  longRunLowGreyLevelEmphasis: levelSizeFeature(
    "long run low grey level emphasis",
    "IVPO",
    "largeLowEmphasis",
  ),
  longRunHighGreyLevelEmphasis: levelSizeFeature(
    "long run high grey level emphasis",
    "3KUM",
    "largeHighEmphasis",
  ),
  greyLevelNonUniformity: levelSizeFeature("grey level non-uniformity", "R5YN", "levelNonUniformity"),
  normalisedGreyLevelNonUniformity: levelSizeFeature(
    "normalised grey level non-uniformity",
    "OVBL",
    "normalisedLevelNonUniformity",
  ),
  runLengthNonUniformity: levelSizeFeature("run length non-uniformity", "W92Y", "sizeNonUniformity"),
  normalisedRunLengthNonUniformity: levelSizeFeature(
    "normalised run length non-uniformity",
    "IC23",
    "normalisedSizeNonUniformity",
  ),
  runPercentage: levelSizeFeature("run percentage", "9ZK5", "percentage"),
  greyLevelVariance: levelSizeFeature("grey level variance", "8CE5", "levelVariance"),
  runLengthVariance: levelSizeFeature("run length variance", "SXLW", "sizeVariance"),
  runEntropy: levelSizeFeature("run entropy", "HJ9O", "entropy"),
};
