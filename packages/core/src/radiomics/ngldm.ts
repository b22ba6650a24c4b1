import { levelSizeFeature } from "./level-size-feature.ts";

/** Neighbouring grey level dependence features: how many neighbours share the level of a pixel (IBSI 3.11, REK0). */
export const ngldmFeatures = {
  lowDependenceEmphasis: levelSizeFeature("low dependence emphasis", "SODN", "smallEmphasis"),
  highDependenceEmphasis: levelSizeFeature("high dependence emphasis", "IMOQ", "largeEmphasis"),
  lowGreyLevelCountEmphasis: levelSizeFeature("low grey level count emphasis", "TL9H", "lowLevelEmphasis"),
  highGreyLevelCountEmphasis: levelSizeFeature("high grey level count emphasis", "OAE7", "highLevelEmphasis"),
  lowDependenceLowGreyLevelEmphasis: levelSizeFeature(
    "low dependence low grey level emphasis",
    "EQ3F",
    "smallLowEmphasis",
  ),
  lowDependenceHighGreyLevelEmphasis: levelSizeFeature(
    "low dependence high grey level emphasis",
    "JA6D",
    "smallHighEmphasis",
  ),
  highDependenceLowGreyLevelEmphasis: levelSizeFeature(
    "high dependence low grey level emphasis",
    "NBZI",
    "largeLowEmphasis",
  ),
  highDependenceHighGreyLevelEmphasis: levelSizeFeature(
    "high dependence high grey level emphasis",
    "9QMG",
    "largeHighEmphasis",
  ),
  greyLevelNonUniformity: levelSizeFeature("grey level non-uniformity", "FP8K", "levelNonUniformity"),
  normalisedGreyLevelNonUniformity: levelSizeFeature(
    "normalised grey level non-uniformity",
    "5SPA",
    "normalisedLevelNonUniformity",
  ),
  dependenceCountNonUniformity: levelSizeFeature(
    "dependence count non-uniformity",
    "Z87G",
    "sizeNonUniformity",
  ),
  normalisedDependenceCountNonUniformity: levelSizeFeature(
    "normalised dependence count non-uniformity",
    "OKJI",
    "normalisedSizeNonUniformity",
  ),
  dependenceCountPercentage: levelSizeFeature("dependence count percentage", "6XV8", "percentage"),
  greyLevelVariance: levelSizeFeature("grey level variance", "1PFV", "levelVariance"),
  dependenceCountVariance: levelSizeFeature("dependence count variance", "DNX2", "sizeVariance"),
  dependenceCountEntropy: levelSizeFeature("dependence count entropy", "FCBV", "entropy"),
  dependenceCountEnergy: levelSizeFeature("dependence count energy", "CAS9", "energy"),
};
