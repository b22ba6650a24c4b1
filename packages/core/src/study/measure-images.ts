import type { LesionImage } from "../cohort/cohort.ts";
import type { PatientId } from "../cohort/patient.ts";
import { featureColumns } from "../radiomics/feature-columns.ts";
import type { RadiomicsSettings } from "../radiomics/settings.ts";
import type { MeasuredImages } from "./assemble-predictors.ts";
import type { ImageFeatures, Machine } from "./machine.ts";
import { perturbationPlan } from "./perturbation-plan.ts";
import type { Protocol } from "./protocol.ts";

/** What of a protocol says how images are measured. */
export type ImageProtocol = Pick<Protocol, "radiomics"> & {
  readonly images?: Protocol["images"] | null;
};

/** The patients that models learn from, and the seed of the perturbations of their images. */
export interface LearningPatients {
  readonly patients: readonly PatientId[];
  readonly seed: number;
}

/**
 * The radiomic features of all lesion images of a study.
 *
 * @param learning Images of these patients are measured in perturbed versions too where the protocol asks for reproducible
 *   features; of others versions are never made. Null where nothing is learned.
 * @returns Null for a study without images.
 * @throws {InputError} Every image or mask that cannot be used, at once.
 */
export async function measureImages(
  images: readonly LesionImage[],
  protocol: ImageProtocol,
  machine: Machine,
  learning: LearningPatients | null,
): Promise<MeasuredImages | null> {
  if (protocol.images === undefined || protocol.images === null) return null;
  const { reproducibility, ...radiomics } = protocol.radiomics;
  const settings: RadiomicsSettings = radiomics;
  const learned = new Set(learning?.patients);
  const perturbations =
    reproducibility === undefined || learning === null
      ? null
      : perturbationPlan(reproducibility, learning.seed);
  const described = featureColumns(settings);
  const measured = await machine.extract(
    images.map((image) => ({
      ...image,
      withPerturbed: perturbations !== null && learned.has(image.patient),
    })),
    {
      settings,
      maskThreshold: protocol.images.maskThreshold ?? null,
      frames: true,
      ...(perturbations === null ? {} : { perturbations }),
    },
  );
  return {
    images,
    features: measured.map((features, index) => withVersionFindings(features, images[index].image)),
    sources: described.map((feature) => feature.source),
    labels: described.map((feature) => feature.label),
    versions: perturbations?.versions.map(({ name }) => name) ?? [],
  };
}

function withVersionFindings(features: ImageFeatures, image: string): ImageFeatures {
  const failed = features.perturbed?.filter((row) => row === null).length ?? 0;
  if (failed === 0) return features;
  const message = `${String(failed)} of ${String(features.perturbed!.length)} perturbed versions of ${image} cannot be measured, e.g. since nothing is left of the region; the patient does not count for the reproducibility of features`;
  return {
    ...features,
    findings: [...features.findings, { code: "perturbed-version-lost", severity: "info", message }],
  };
}
