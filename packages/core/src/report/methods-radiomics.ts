import { printedFilter, printedLength } from "../features/printed-filter.ts";
import { perturbationPlan, reproducibilityLimit } from "../study/perturbation-plan.ts";
import type { Protocol } from "../study/protocol.ts";
import { iccName } from "../study/study-reproducibility.ts";
import { counted, listed } from "./words.ts";

const FAMILIES: Readonly<Record<Protocol["radiomics"]["families"][number], string>> = {
  firstOrder: "first-order statistics of the grey levels",
  histogram: "statistics of the discretised grey levels",
  intensityVolumeHistogram: "intensity-volume histograms",
  localIntensity: "local intensity peaks",
  morphology: "morphology in mm",
  shape2d: "shape of the outline in mm",
  shape2dPixels: "shape of the outline in pixels",
  ultrasound: "acoustic features of the lesion and the tissue around it",
  glcm: "grey level co-occurrence matrices",
  glrlm: "grey level run length matrices",
  glszm: "grey level size zone matrices",
  gldzm: "grey level distance zone matrices",
  ngtdm: "neighbourhood grey tone difference matrices",
  ngldm: "neighbouring grey level dependence matrices",
};

/** The paragraph on images and their features; none where no block uses them. */
export function radiomicsParagraph({ blocks, images, radiomics }: Protocol): readonly string[] {
  const isUsed = Object.values(blocks).some((block) => !Array.isArray(block) && "radiomics" in block);
  if (!isUsed || images === undefined) return [];
  const families = listed(radiomics.families.map((family) => FAMILIES[family]));
  const binning = listed(radiomics.discretisations.map(discretisationWords));
  const directions =
    radiomics.aggregation === "averaged"
      ? "features of directional matrices are averaged over directions"
      : "directional matrices are merged before features are computed";
  const whose =
    radiomics.profile === "pyradiomics"
      ? "They follow the definitions of PyRadiomics where these differ from those of the Image Biomarker Standardisation Initiative."
      : "They follow the definitions of the Image Biomarker Standardisation Initiative.";
  return [
    `Images. Radiomic features were computed ${where(radiomics)} inside the outline of the tumour: ${families}. ${whose}${stepWords(radiomics)} Texture was computed on grey levels discretised with ${binning}; ${directions}. ${spacingWords(images.spacing)}${reproducibilityWords(radiomics.reproducibility)}`,
  ];
}

type Settings = Protocol["radiomics"];

function where({ neighbourhood }: Settings): string {
  return neighbourhood === "3d" ? "in three dimensions" : "in two dimensions";
}

/** Sentences on what was done to images first, and on what else was measured. */
function stepWords({ normalise, resample, resegment, filters, rings }: Settings): string {
  const images = (filters ?? []).filter(({ kind }) => kind !== "none").map((filter) => printedFilter(filter));
  const sentences = [
    ...(normalise === undefined ? [] : [`Grey levels were normalised first (${normalise.method}).`]),
    ...(resample === undefined
      ? []
      : [
          `Images were resampled to ${resample.spacingMm.map((size) => size ?? "their own").join(" × ")} mm (${resample.image} interpolation).`,
        ]),
    ...(resegment === undefined
      ? []
      : [
          "Pixels outside the range or beyond the outlier limit of the protocol took no part in intensity features.",
        ]),
    ...(images.length === 0
      ? []
      : [`Intensity and texture were measured on filtered images too: ${listed(images)}.`]),
    ...(rings === undefined || rings.length === 0
      ? []
      : [`They were also measured in rings around the tumour of ${listed(rings.map(printedLength))}.`]),
  ];
  return sentences.map((sentence) => ` ${sentence}`).join("");
}

function discretisationWords(discretisation: Protocol["radiomics"]["discretisations"][number]): string {
  if (discretisation.method === "none") return "whole grey levels";
  if (discretisation.method === "fixed-bin-number") return `a fixed number of ${discretisation.bins} bins`;
  const { lowerBound } = discretisation;
  const start =
    lowerBound === null
      ? "the least grey level of the region"
      : lowerBound === "multiple"
        ? "the multiple of the width below the least grey level of the region"
        : `grey level ${lowerBound}`;
  return `a fixed bin width of ${discretisation.width} from ${start}`;
}

function spacingWords(spacing: NonNullable<Protocol["images"]>["spacing"]): string {
  if (spacing === "none")
    return "The size of a pixel is not known, so that sizes are in pixels and depend on the depth setting of the scanner.";
  return "column" in spacing
    ? `The size of a pixel was read from column ${spacing.column}.`
    : `A pixel measures ${spacing.mm} mm.`;
}

function reproducibilityWords(reproducibility: Protocol["radiomics"]["reproducibility"]): string {
  if (reproducibility === undefined) return "";
  const { minimumIcc, lowerBound } = reproducibility;
  const { versions } = perturbationPlan(reproducibility, 0);
  const { form } = reproducibilityLimit(reproducibility);
  const what = lowerBound ? "lower 95% limit of the intraclass correlation" : "intraclass correlation";
  return ` Features had to be reproducible: each image of a patient that models learn from was measured in ${counted(versions.length, "perturbed version")} besides (${versions.map(({ name }) => name).join("; ")}), and inside each fit a feature was left out where the ${what} ${iccName(form)} of the training patients' values over the image and its versions was below ${minimumIcc}; outcomes took no part.`;
}
