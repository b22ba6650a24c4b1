import type { LesionImage } from "../cohort/cohort.ts";
import type { Finding } from "../errors.ts";
import type { ImageFingerprint } from "../image/fingerprint.ts";
import type { PerturbationPlan } from "../radiomics/measure-perturbed.ts";
import type { RadiomicsSettings } from "../radiomics/settings.ts";
import type { FitData, FitResult, FitTask } from "./fit-task.ts";
import type { OutcomeVault } from "./vault.ts";

/** What is done to each image of a study. */
export interface ExtractionPlan {
  readonly settings: RadiomicsSettings;
  /** Grey level from which a mask pixel is inside; null: half of the mask's maximum. */
  readonly maskThreshold: number | null;
  /** Whether it is also measured how the frame was taken; absent: it is not. */
  readonly frames?: boolean;
  /** Versions that are measured besides, of images that are asked for so. */
  readonly perturbations?: PerturbationPlan;
}

/** An image to be measured. */
export interface ImageRequest extends LesionImage {
  /** Whether the plan's perturbed versions of it are measured too; absent: they are not. */
  readonly withPerturbed?: boolean;
}

/** The radiomic features of one image, in the order of `featureSources(settings)`. */
export interface ImageFeatures {
  /** Finite, or null where the feature does not exist for this region. */
  readonly values: readonly (number | null)[];
  /** Why, for each null: position in `values` and reason. */
  readonly undefinedBecause: readonly (readonly [position: number, reason: string])[];
  readonly findings: readonly Finding[];
  /** By which copies of the image are found, where the plan asks for frames; null where the image has none. */
  readonly fingerprint?: ImageFingerprint | null;
  /** Bits a sample of the image file, where the machine knows. */
  readonly bits?: number;
  /** How the frame was taken, in the order of `frameStatisticList`, where the plan asks for it. */
  readonly frame?: readonly (number | null)[];
  /** What it shows far from the lesion, in the order of `backgroundStatisticList`, where the plan asks for frames. */
  readonly background?: readonly (number | null)[];
  /**
   * Values from perturbed versions where these were asked for: a row a version of the plan, null where the version could
   * not be measured.
   */
  readonly perturbed?: readonly (readonly (number | null)[] | null)[];
}

/**
 * The port through which a study reaches the machine: it reads images and spreads work over workers. Results do not
 * depend on how: each task carries its own random numbers.
 */
export interface Machine {
  /** @throws {InputError} Every image that cannot be used, at once. */
  extract(images: readonly ImageRequest[], plan: ExtractionPlan): Promise<readonly ImageFeatures[]>;
  /** Results in the order of `tasks`. */
  fit(data: FitData, tasks: readonly FitTask[]): Promise<readonly FitResult[]>;
  /** The same fits, of which the probabilities of the testing patients are kept and nothing else. */
  fitForProbabilities?(data: FitData, tasks: readonly FitTask[]): Promise<readonly (readonly number[])[]>;
  /** Keeps the outcomes of patients set apart. */
  readonly vault: OutcomeVault;
  /** The day of the run as year-month-day: models are not older than it. */
  readonly today: string;
}
