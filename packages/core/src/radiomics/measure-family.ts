import { type FeatureFamily, type FeatureValue } from "../features/feature-definition.ts";
import { type Region } from "../image/region.ts";
import { describeDistribution } from "./distribution.ts";
import { evaluate } from "./evaluate.ts";
import { type FamilyRequest } from "./feature-columns.ts";
import { type IntensityStatistics } from "./first-order.ts";
import { describeHistogram } from "./intensity-histogram.ts";
import { describeVolumeHistogram } from "./intensity-volume-histogram.ts";
import { describeLocalIntensity } from "./local-intensity.ts";
import { type MeasuredImage } from "./measured-area.ts";
import { type ProfileName, familiesOf } from "./profile.ts";
import { type Morphology, describeMorphology } from "./morphology.ts";
import { describeShape2d } from "./shape2d.ts";
import { cooccurrences, levelSizes, runLengths, toneDifferences } from "./texture.ts";
import { countIntensities, countLevels } from "./value-counts.ts";

const severalSlices = "the region spans several slices; 2-D shape needs one";
const noSpacing = "the image states no spacing";
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
  const histogram = () => describeHistogram(countLevels(measured.levels(request.discretisation!)));
  const evaluated = <Input>(
    { features: all }: { readonly features: FeatureFamily<Input> },
    inputs: readonly Input[],
    whenEmpty = "",
  ) => evaluate(Object.fromEntries(features.map((key) => [key, all[key]])), inputs, whenEmpty);
  switch (family) {
    case "firstOrder":
      return evaluated(definitions.firstOrder, [statisticsOf(measured, histogram)]);
    case "histogram":
      return evaluated(definitions.histogram, [histogram()]);
    case "intensityVolumeHistogram":
      return evaluated(
        definitions.intensityVolumeHistogram,
        existing(describeVolumeHistogram(region, measured.histogramBinning)),
        "the intensities span too many whole levels; bin the intensity-volume histogram",
      );
    case "localIntensity":
      return evaluated(
        definitions.localIntensity,
        existing(describeLocalIntensity(measured.prepared.image, measured.prepared.intensity)),
        noSpacing,
      );
    case "morphology":
      return evaluated(definitions.morphology, existing(morphologyOf(measured)), noSpacing);
    case "shape2d":
      return evaluated(definitions.shape2d, existing(describeShape2d(region)), severalSlices);
    case "shape2dPixels":
      return evaluated(definitions.shape2dPixels, existing(describeShape2d(region)), severalSlices);
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

function statisticsOf(
  { region, energyShift }: MeasuredImage,
  histogram: IntensityStatistics["histogram"],
): IntensityStatistics {
  const counts = countIntensities(region);
  return {
    distribution: describeDistribution(counts),
    pixels: counts.total,
    pixelVolumeMm3: region.spacingMm?.reduce((product, size) => product * size, 1) ?? null,
    shift: energyShift,
    histogram,
  };
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

/** What exists, as the inputs of a family. */
function existing<Input>(input: Input | null): Input[] {
  return input === null ? [] : [input];
}

function morphologyOf({ prepared: { image, morphology, intensity } }: MeasuredImage): Morphology | null {
  return describeMorphology(image, morphology, intensity);
}
