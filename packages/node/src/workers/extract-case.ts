import {
  checkRegion,
  extractRadiomics,
  FormatError,
  type Image,
  InputError,
  type Mask,
  type RadiomicFeature,
} from "@sentinode/core/radiomics";
import type { ImageFeatures } from "@sentinode/core";
import { readImage } from "../codecs/read-image.ts";
import { readMask } from "../codecs/read-mask.ts";
import type { ExtractionResult, ExtractionTask } from "./messages.ts";

/**
 * Reads an image and its mask and measures the lesion.
 *
 * @returns Features, or every problem of this image that a person must mend.
 */
export async function extractCase(task: ExtractionTask): Promise<ExtractionResult> {
  try {
    const threshold = task.plan.maskThreshold;
    const [read, outline] = await Promise.all([
      readImage(task.imagePath),
      readMask(task.maskPath, {
        ...(threshold === null ? {} : { threshold }),
        ...(task.plan.maskLabel === undefined ? {} : { label: task.plan.maskLabel }),
      }),
    ]);
    const spacing = task.spacingMm;
    const image =
      spacing === null
        ? read.image
        : { ...read.image, spacingMm: [spacing, spacing, read.image.spacingMm?.[2] ?? 1] as const };
    const findings = [
      ...read.findings,
      ...outline.findings,
      ...checkRegion(image, outline.mask, task.maskName),
    ];
    const features = toImageFeatures(extractRadiomics(image, outline.mask, task.plan.settings));
    const perturbed = await perturbedFeatures(image, outline.mask, task);
    return { features: { ...features, ...perturbed, findings, bits: read.bits } };
  } catch (error) {
    if (error instanceof InputError)
      return { problems: error.problems.map((problem) => named(task, problem)) };
    if (error instanceof FormatError) return { problems: [named(task, error.message)] };
    throw error;
  }
}

/** Loaded when it is asked for: a single extraction starts without it. */
async function perturbedFeatures(
  image: Image,
  mask: Mask,
  { plan, imageName, maskName }: ExtractionTask,
): Promise<Pick<ImageFeatures, "perturbed">> {
  if (plan.perturbations === undefined) return {};
  const { measurePerturbed } = await import("@sentinode/core");
  const name = `${imageName}/${maskName}`;
  return { perturbed: measurePerturbed({ image, mask, name }, plan.settings, plan.perturbations) };
}

function toImageFeatures(
  features: readonly RadiomicFeature[],
): Pick<ImageFeatures, "values" | "undefinedBecause"> {
  return {
    values: features.map((feature) => feature.value.value),
    undefinedBecause: features.flatMap(({ value }, position) =>
      value.value === null ? [[position, value.reason] as const] : [],
    ),
  };
}

/** A message that names neither file yet gets the image's name in front. */
function named(task: ExtractionTask, problem: string): string {
  const names = [task.imageName, task.maskName].flatMap((name) => [name, name.split("/").at(-1)!]);
  return names.some((name) => problem.includes(name)) ? problem : `${task.imageName}: ${problem}`;
}
