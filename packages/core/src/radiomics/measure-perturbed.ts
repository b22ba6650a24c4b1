import { InputError } from "../errors.ts";
import type { Image, Mask } from "../image/image.ts";
import { pixelCount } from "../image/mask.ts";
import { perturb } from "../image/perturb.ts";
import type { Perturbation } from "../image/perturbation.ts";
import { createRandom } from "../math/random.ts";
import { extractRadiomics } from "./extract.ts";
import type { RadiomicsSettings } from "./settings.ts";
import { surroundingsOf } from "./surroundings.ts";

/** A version of an image: what is done to it, and a name from which its random numbers derive. */
export interface PerturbedVersion {
  readonly name: string;
  readonly steps: readonly Perturbation[];
}

/** Versions of every image that are measured beside the image itself; plain JSON. */
export interface PerturbationPlan {
  readonly seed: number;
  readonly versions: readonly PerturbedVersion[];
}

/**
 * The radiomic features of the perturbed versions of an image, which is read once.
 *
 * @param plan Each version draws from a stream of its own, named by the image and the version.
 * @param name Names the image and its outline; the same in every run.
 * @returns One row a version with one value a column of `featureColumns(settings)`, null where a feature does not exist;
 *   null instead of a row where the version cannot be measured, e.g. since nothing is left of a shrunken region.
 */
export function measurePerturbed(
  { image, mask, name }: { readonly image: Image; readonly mask: Mask; readonly name: string },
  settings: RadiomicsSettings,
  plan: PerturbationPlan,
): ((number | null)[] | null)[] {
  const random = createRandom(plan.seed).fork(`perturbation/${name}`);
  return plan.versions.map((version) => {
    const original = surroundingsOf({ image, mask }, settings, version.steps);
    const perturbed = perturb(original, version.steps, random.fork(version.name));
    if (pixelCount(perturbed.mask) === 0) return null;
    try {
      return extractRadiomics(perturbed.image, perturbed.mask, settings).map(({ value }) => value.value);
    } catch (error) {
      // The image itself could be measured; that a version cannot be counts against its features, not against the study.
      if (error instanceof InputError) return null;
      throw error;
    }
  });
}
