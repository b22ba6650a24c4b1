import { type FeatureFamily, type FeatureValue } from "../features/feature-definition.ts";
import { type Region } from "../image/region.ts";
import { describeDistribution } from "./distribution.ts";
import { evaluate } from "./evaluate.ts";
import { type FamilyRequest } from "./feature-columns.ts";
import { describeHistogram } from "./intensity-histogram.ts";
import { type MeasuredImage } from "./measured-area.ts";
import { type ProfileName, familiesOf } from "./profile.ts";
import { describeShape2d } from "./shape2d.ts";
import { cooccurrences, levelSizes, runLengths, toneDifferences } from "./texture.ts";
import { countIntensities, countLevels } from "./value-counts.ts";

const severalSlices = "the region spans several slices; 2-D shape needs one";
const noNeighbours = "no two pixels of the region are neighbours";

/** The features of one family on one image, in the order of the request. */
export function measureFamily(
  request: FamilyRequest,
  measured: MeasuredImage,
  profile: ProfileName | undefined,
): FeatureValue[] {
  const { family, features } = request;
  const { region } = measured;
  if (region.notFinite > 0 && !isOfOutline(family)) return features.map(() => notFinite(region));
  const definitions = familiesOf(profile);
  const textures = () => measured.textures(request.discretisation!);
  const evaluated = <Input>(
    { features: all }: { readonly features: FeatureFamily<Input> },
    inputs: readonly Input[],
    whenEmpty = "",
  ) => evaluate(Object.fromEntries(features.map((key) => [key, all[key]])), inputs, whenEmpty);
  switch (family) {
    case "firstOrder": {
      const counts = countIntensities(region);
      const statistics = { distribution: describeDistribution(counts), pixels: counts.total };
      return evaluated(definitions.firstOrder, [statistics]);
    }
    case "histogram":
      return evaluated(definitions.histogram, [
        describeHistogram(countLevels(measured.levels(request.discretisation!))),
      ]);
    case "shape2d":
      return evaluated(definitions.shape2d, shapesOf(region), severalSlices);
    case "shape2dPixels":
      return evaluated(definitions.shape2dPixels, shapesOf(region), severalSlices);
    case "glcm":
      return evaluated(definitions.glcm, cooccurrences(textures()), noNeighbours);
    case "glrlm":
      return evaluated(definitions.glrlm, runLengths(textures()), noNeighbours);
    case "glszm":
      return evaluated(definitions.glszm, levelSizes(textures(), "zones"), noNeighbours);
    case "gldzm":
      return evaluated(definitions.gldzm, levelSizes(textures(), "distanceZones"), noNeighbours);
    case "ngtdm":
      return evaluated(definitions.ngtdm, toneDifferences(textures()), noNeighbours);
    case "ngldm":
      return evaluated(definitions.ngldm, levelSizes(textures(), "dependences"), noNeighbours);
  }
}

function isOfOutline(family: FamilyRequest["family"]): boolean {
  return family === "shape2d" || family === "shape2dPixels";
}

function notFinite({ notFinite: count, intensities }: Region): FeatureValue {
  return {
    value: null,
    reason: `${count} of the region's ${intensities.length} pixels have no finite intensity`,
  };
}

function shapesOf(region: Region) {
  const shape = describeShape2d(region);
  return shape === null ? [] : [shape];
}
