import {
  backgroundStatistics,
  checkRegion,
  extractRadiomics,
  FormatError,
  frameStatistics,
  type Image,
  imageFingerprint,
  InputError,
  type Mask,
  type RadiomicFeature,
} from "@sentinode/core/radiomics";
import type { ImageFeatures } from "@sentinode/core";
import { type ReadCase, readCase } from "../codecs/read-case.ts";
import { readBytes } from "../files/read-bytes.ts";
import type { ChangedExtraction, ExtractionResult, ExtractionTask } from "./messages.ts";

/**
 * Reads an image and its mask and measures the lesion.
 *
 * @returns Features, or every problem of this image that a person must mend.
 */
export async function extractCase(task: ExtractionTask): Promise<ExtractionResult> {
  return await problemsInWords(task, async () => ({ features: await measure(task, await bytesOf(task)) }));
}

/**
 * The same, unless the files are those of an extraction that is known.
 *
 * @param known Its `files`; null: none is known.
 */
export async function extractChangedCase(
  task: ExtractionTask,
  known: string | null,
): Promise<ChangedExtraction> {
  return await problemsInWords(task, async () => {
    const bytes = await bytesOf(task);
    const files = await hashOf(bytes);
    return files === known ? { unchanged: true } : { files, features: await measure(task, bytes) };
  });
}

interface CaseBytes {
  readonly image: Uint8Array;
  readonly mask: Uint8Array;
}

async function bytesOf({ imagePath, maskPath }: ExtractionTask): Promise<CaseBytes> {
  const [image, mask] = await Promise.all([readBytes(imagePath), readBytes(maskPath)]);
  return { image, mask };
}

async function hashOf({ image, mask }: CaseBytes): Promise<string> {
  const { sha256 } = await import("../files/sha256-of-file.ts");
  return `${sha256(image)} ${sha256(mask)}`;
}

/**
 * The image and the mask of a task.
 *
 * @throws {InputError} Files that cannot be used.
 * @throws {FormatError} Bytes that are no image, or a damaged one.
 */
export async function readTask(task: ExtractionTask): Promise<ReadCase> {
  return await readBytesOf(task, await bytesOf(task));
}

function readBytesOf(
  { plan, imageName, maskName, spacingMm, label }: ExtractionTask,
  { image, mask }: CaseBytes,
): Promise<ReadCase> {
  return readCase(
    { name: imageName, bytes: image, spacingMm },
    {
      name: maskName,
      bytes: mask,
      ...(plan.maskThreshold === null ? {} : { threshold: plan.maskThreshold }),
      ...(label === undefined ? {} : { label }),
    },
  );
}

async function measure(task: ExtractionTask, bytes: CaseBytes): Promise<ImageFeatures> {
  const { image, mask, bits, findings } = await readBytesOf(task, bytes);
  const onRegion = checkRegion(image, mask, task.maskName);
  const features = toImageFeatures(extractRadiomics(image, mask, task.plan.settings));
  const perturbed = await perturbedFeatures(image, mask, task);
  const frame =
    task.plan.frames === true
      ? {
          frame: frameStatistics(image, mask),
          background: backgroundStatistics(image, mask),
          fingerprint: imageFingerprint(image, mask),
        }
      : {};
  return { ...features, ...perturbed, ...frame, findings: [...findings, ...onRegion], bits };
}

async function problemsInWords<Result>(
  task: ExtractionTask,
  work: () => Promise<Result>,
): Promise<Result | { readonly problems: readonly string[] }> {
  try {
    return await work();
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
