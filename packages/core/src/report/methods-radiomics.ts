import { perturbationPlan, reproducibilityLimit } from "../study/perturbation-plan.ts";
import type { Protocol } from "../study/protocol.ts";
import { iccName } from "../study/study-reproducibility.ts";
import { counted, listed } from "./words.ts";

const FAMILIES: Readonly<Record<Protocol["radiomics"]["families"][number], string>> = {
  firstOrder: "first-order statistics of the grey levels",
  histogram: "statistics of the discretised grey levels",
  shape2d: "shape of the outline in mm",
  shape2dPixels: "shape of the outline in pixels",
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
  return [
    `Images. Radiomic features were computed in two dimensions inside the outline of the tumour: ${families}. They follow the definitions of the Image Biomarker Standardisation Initiative. Texture was computed on grey levels discretised with ${binning}; ${directions}. ${spacingWords(images.spacing)}${reproducibilityWords(radiomics.reproducibility)}`,
  ];
}

function discretisationWords(discretisation: Protocol["radiomics"]["discretisations"][number]): string {
  if (discretisation.method === "fixed-bin-number") return `a fixed number of ${discretisation.bins} bins`;
  const start =
    discretisation.lowerBound === null
      ? "the least grey level of the region"
      : `grey level ${discretisation.lowerBound}`;
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
