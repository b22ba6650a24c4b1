import { type LesionImage } from "../cohort/cohort.ts";
import { featureColumns } from "../radiomics/feature-columns.ts";
import { type RadiomicsSettings } from "../radiomics/settings.ts";
import { type MeasuredImages } from "./assemble-predictors.ts";
import { type Machine } from "./machine.ts";
import { type Protocol } from "./protocol.ts";

/**
 * The radiomic features of all lesion images of a study.
 *
 * @returns Null for a study without images.
 * @throws {InputError} Every image or mask that cannot be used, at once.
 */
export async function measureImages(
  images: readonly LesionImage[],
  protocol: Pick<Protocol, "radiomics"> & { readonly images?: Protocol["images"] | null },
  machine: Machine,
): Promise<MeasuredImages | null> {
  if (protocol.images === undefined || protocol.images === null) return null;
  const settings: RadiomicsSettings = protocol.radiomics;
  const described = featureColumns(settings);
  return {
    images,
    features: await machine.extract(images, {
      settings,
      maskThreshold: protocol.images.maskThreshold ?? null,
    }),
    sources: described.map((feature) => feature.source),
    labels: described.map((feature) => feature.label),
  };
}
