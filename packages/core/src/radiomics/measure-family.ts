import { type Discretisation } from "../features/feature-source.ts";
import { type FeatureValue } from "../features/feature-definition.ts";
import { type LevelGrid } from "../image/discretise.ts";
import { type Region } from "../image/region.ts";
import { describeDistribution } from "./distribution.ts";
import { evaluate } from "./evaluate.ts";
import { type FamilyRequest } from "./feature-columns.ts";
import { firstOrderFeatures } from "./first-order.ts";
import { glcmFeatures } from "./glcm.ts";
import { gldzmFeatures } from "./gldzm.ts";
import { glrlmFeatures } from "./glrlm.ts";
import { glszmFeatures } from "./glszm.ts";
import { describeHistogram, intensityHistogramFeatures } from "./intensity-histogram.ts";
import { ngldmFeatures } from "./ngldm.ts";
import { ngtdmFeatures } from "./ngtdm.ts";
import { describeShape2d, shape2dFeatures, shape2dPixelFeatures } from "./shape2d.ts";
import { type CountedMatrices, cooccurrences, levelSizes, runLengths, toneDifferences } from "./texture.ts";
import { countIntensities, countLevels } from "./value-counts.ts";

/** What the families of an extraction share. */
export interface MeasuredRegion {
  readonly region: Region;
  levels(discretisation: Discretisation): LevelGrid;
  textures(discretisation: Discretisation): readonly CountedMatrices[];
}

const severalSlices = "the region spans several slices; 2-D shape needs one";
const noNeighbours = "no two pixels of the region are neighbours";

/** The features of one family of a region, in the order of the catalogue. */
export function measureFamily(
  { family, discretisation }: FamilyRequest,
  measured: MeasuredRegion,
): FeatureValue[] {
  switch (family) {
    case "firstOrder":
      return measureFirstOrder(measured.region);
    case "shape2d":
      return evaluate(shape2dFeatures, shapesOf(measured.region), severalSlices);
    case "shape2dPixels":
      return evaluate(shape2dPixelFeatures, shapesOf(measured.region), severalSlices);
    case "histogram":
      return evaluate(
        intensityHistogramFeatures,
        [describeHistogram(countLevels(measured.levels(discretisation!)))],
        "",
      );
    case "glcm":
      return evaluate(glcmFeatures, cooccurrences(measured.textures(discretisation!)), noNeighbours);
    case "glrlm":
      return evaluate(glrlmFeatures, runLengths(measured.textures(discretisation!)), noNeighbours);
    case "glszm":
      return evaluate(glszmFeatures, levelSizes(measured.textures(discretisation!), "zones"), noNeighbours);
    case "gldzm":
      return evaluate(
        gldzmFeatures,
        levelSizes(measured.textures(discretisation!), "distanceZones"),
        noNeighbours,
      );
    case "ngtdm":
      return evaluate(ngtdmFeatures, toneDifferences(measured.textures(discretisation!)), noNeighbours);
    case "ngldm":
      return evaluate(
        ngldmFeatures,
        levelSizes(measured.textures(discretisation!), "dependences"),
        noNeighbours,
      );
  }
}

function measureFirstOrder(region: Region): FeatureValue[] {
  const counts = countIntensities(region);
  return evaluate(
    firstOrderFeatures,
    [{ distribution: describeDistribution(counts), pixels: counts.total }],
    "",
  );
}

function shapesOf(region: Region) {
  const shape = describeShape2d(region);
  return shape === null ? [] : [shape];
}
