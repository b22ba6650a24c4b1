import type { FeatureFamily, FeatureValue } from "../features/feature-definition.ts";
import { type Region, locateRegion } from "../image/region.ts";
import type { FamilyDefinitions, FamilyName } from "./catalogue.ts";
import { describeDistribution } from "./distribution.ts";
import { evaluate } from "./evaluate.ts";
import type { FamilyRequest } from "./feature-columns.ts";
import type { IntensityStatistics } from "./first-order.ts";
import { type HistogramStatistics, describeHistogram } from "./intensity-histogram.ts";
import { describeVolumeHistogram } from "./intensity-volume-histogram.ts";
import { describeLocalIntensity } from "./local-intensity.ts";
import type { MeasuredImage } from "./measured-area.ts";
import { describeMorphology } from "./morphology.ts";
import type { PreparedRegion } from "./prepare-region.ts";
import { type ProfileName, familiesOf } from "./profile.ts";
import { type Shape2d, describeShape2d } from "./shape2d.ts";
import { type CountedMatrices, cooccurrences, levelSizes, runLengths, toneDifferences } from "./texture.ts";
import { countIntensities, countLevels } from "./value-counts.ts";
import { describeUltrasound } from "./ultrasound.ts";

const severalSlices = "the region spans several slices; the family needs one";
const noSpacing = "the image states no spacing";
const noNeighbours = "no two pixels of the region are neighbours";

/** The features of one family on one image, in the order of the request. */
export function measureFamily(
  request: FamilyRequest,
  measured: MeasuredImage,
  profile: ProfileName | undefined,
): FeatureValue[] {
  const { region } = measured;
  if (region.notFinite > 0 && !isOfOutline(request.family))
    return request.features.map(() => notFinite(region));
  return measurers[request.family](measured, request, familiesOf(profile));
}

type Measurer = (
  measured: MeasuredImage,
  request: FamilyRequest,
  definitions: FamilyDefinitions,
) => FeatureValue[];

/** The wanted features of a family, each the mean over its inputs. */
function evaluated<Input>(
  { features }: { readonly features: FeatureFamily<Input> },
  request: FamilyRequest,
  inputs: readonly Input[],
  whenEmpty = "",
): FeatureValue[] {
  const wanted = Object.fromEntries(request.features.map((key) => [key, features[key]]));
  return evaluate(wanted, inputs, whenEmpty);
}

const measurers: Readonly<Record<FamilyName, Measurer>> = {
  firstOrder: (measured, request, { firstOrder }) =>
    evaluated(firstOrder, request, [statisticsOf(measured, () => histogramOf(measured, request))]),
  histogram: (measured, request, { histogram }) =>
    evaluated(histogram, request, [histogramOf(measured, request)]),
  intensityVolumeHistogram: ({ region, ...measured }, request, { intensityVolumeHistogram }) =>
    evaluated(
      intensityVolumeHistogram,
      request,
      existing(describeVolumeHistogram(region, measured.histogramBinning, measured.intensityRange)),
      "the intensities span too many whole levels; bin the intensity-volume histogram",
    ),
  localIntensity: ({ prepared: { image, intensity } }, request, { localIntensity }) =>
    evaluated(localIntensity, request, existing(describeLocalIntensity(image, intensity)), noSpacing),
  morphology: ({ prepared: { image, morphology, intensity }, meshRule }, request, definitions) =>
    evaluated(
      definitions.morphology,
      request,
      existing(describeMorphology(image, morphology, intensity, meshRule)),
      noSpacing,
    ),
  shape2d: ({ prepared }, request, { shape2d }) =>
    evaluated(shape2d, request, shapesOf(prepared), severalSlices),
  shape2dPixels: ({ prepared }, request, { shape2dPixels }) =>
    evaluated(shape2dPixels, request, shapesOf(prepared), severalSlices),
  ultrasound: ({ prepared: { image, morphology } }, request, { ultrasound }) =>
    evaluated(ultrasound, request, existing(describeUltrasound(image, morphology)), severalSlices),
  glcm: (measured, request, { glcm }) =>
    evaluated(glcm, request, cooccurrences(texturesOf(measured, request)), noNeighbours),
  glrlm: (measured, request, { glrlm }) =>
    evaluated(glrlm, request, runLengths(texturesOf(measured, request)), noNeighbours),
  glszm: (measured, request, { glszm }) =>
    evaluated(glszm, request, levelSizes(texturesOf(measured, request), "zones"), noNeighbours),
  gldzm: (measured, request, { gldzm }) =>
    evaluated(gldzm, request, levelSizes(texturesOf(measured, request), "distanceZones"), noNeighbours),
  ngtdm: (measured, request, { ngtdm }) =>
    evaluated(ngtdm, request, toneDifferences(texturesOf(measured, request)), noNeighbours),
  ngldm: (measured, request, { ngldm }) =>
    evaluated(ngldm, request, levelSizes(texturesOf(measured, request), "dependences"), noNeighbours),
};

function texturesOf(measured: MeasuredImage, { discretisation }: FamilyRequest): readonly CountedMatrices[] {
  return measured.textures(discretisation!);
}

function histogramOf(measured: MeasuredImage, { discretisation }: FamilyRequest): HistogramStatistics {
  return describeHistogram(countLevels(measured.levels(discretisation!)));
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
  return family === "morphology" || family === "shape2d" || family === "shape2dPixels";
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

/** The outline that was drawn, whatever re-segmentation leaves out of it. */
function shapesOf({ image, morphology }: PreparedRegion): Shape2d[] {
  return existing(describeShape2d({ ...locateRegion(morphology, false), spacingMm: image.spacingMm }));
}
