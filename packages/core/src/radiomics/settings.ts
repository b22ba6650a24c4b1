import { InputError } from "../errors.ts";
import { printedFilter, printedLength } from "../features/printed-filter.ts";
import { type Discretisation, printedName } from "../features/feature-source.ts";
import type { ImageFilter } from "../image/filters/image-filter.ts";
import type { Length } from "../image/image.ts";
import type { Normalisation, Resampling, Resegmentation } from "../image/resampling.ts";
import type { FamilyName, RadiomicFamily } from "./catalogue.ts";
import { familiesOf } from "./profile.ts";

/** What is measured, and how; plain JSON. */
export interface RadiomicsSettings {
  readonly families: readonly FamilyName[];
  /** Binnings for the families that need one; each gives its own columns. */
  readonly discretisations: readonly Discretisation[];
  /** GLCM and GLRLM: features averaged over directions, or one matrix merged from all directions. */
  readonly aggregation: "averaged" | "merged";
  /**
   * Neighbours within slices and features averaged over slices (`2d`, the default), one matrix for all slices
   * (`2.5d`), or neighbours in the volume (`3d`). For a frame of one slice, 2d and 2.5d agree.
   */
  readonly neighbourhood?: "2d" | "2.5d" | "3d";
  /** Whose definitions hold where PyRadiomics and the IBSI differ; the IBSI's without it. */
  readonly profile?: "ibsi" | "pyradiomics";
  /** Features of a family, by key; a family that is not named here has all of them. */
  readonly features?: Readonly<Partial<Record<FamilyName, readonly string[]>>>;
  /** Steps before measuring, in this order; a step that is absent is not done. */
  readonly normalise?: Normalisation;
  readonly resample?: Resampling;
  /** Pixels around the region's box beyond which the image is cut off before it is filtered (PyRadiomics' `preCrop`). */
  readonly cropMarginPx?: number;
  readonly resegment?: Resegmentation;
  /** Images that intensity and texture are measured on, `none` being the image itself; without it that one alone. */
  readonly filters?: readonly FilteredImage[];
  /** Rings around the lesion, by their width, whose intensity and texture are measured besides. */
  readonly rings?: readonly Length[];
  /** Weight exp(-d²) of each direction by its length d in this norm when co-occurrences and runs are merged. */
  readonly distanceWeighting?: "manhattan" | "euclidean" | "chebyshev";
  /** Added to intensities before PyRadiomics' energy is computed (`voxelArrayShift`); 0 without it. */
  readonly energyShift?: number;
  /** Levels of the intensity-volume histogram; without it whole grey levels. */
  readonly intensityVolumeHistogram?: Discretisation;
}

/** A filter, with binnings of its own where those of the other images do not fit its responses. */
export type FilteredImage = ImageFilter & { readonly discretisations?: readonly Discretisation[] };

/**
 * Settings for one B-mode ultrasound frame: 32 bins between the region's extremes, since gain and dynamic range differ
 * between machines and B-mode levels have no unit; directions averaged, as most published software does.
 */
export const defaultRadiomicsSettings: RadiomicsSettings = {
  families: ["firstOrder", "shape2d", "glcm", "glrlm", "glszm", "ngtdm"],
  discretisations: [{ method: "fixed-bin-number", bins: 32 }],
  aggregation: "averaged",
};

/**
 * Refuses settings that name nothing, something twice, or something that does not exist.
 *
 * @throws {InputError} Every problem at once.
 */
export function checkSettings(settings: RadiomicsSettings): void {
  const problems = settingsProblems(settings);
  if (problems.length > 0) throw new InputError(problems);
}

/** What settings name that does not exist or stands twice, one sentence each. */
export function settingsProblems(settings: RadiomicsSettings): string[] {
  return [...familyProblems(settings), ...discretisationProblems(settings), ...imageProblems(settings)];
}

function familyProblems({ families, features, profile }: RadiomicsSettings): string[] {
  const known: Readonly<Record<string, RadiomicFamily>> = familiesOf(profile);
  const problems: string[] = [];
  const unknown = families.filter((family) => !Object.hasOwn(known, family));
  if (unknown.length > 0)
    problems.push(
      `families need to be of ${Object.keys(known).join(", ")}; got ${unknown.join(", ")}; correct the spelling`,
    );
  if (families.length === 0) problems.push("radiomics needs at least one family; got none; name one");
  if (new Set(families).size < families.length)
    problems.push("each family of radiomics needs to be named once; got one twice; remove it");
  for (const [family, names] of Object.entries(features ?? {})) {
    const has = Object.hasOwn(known, family) ? known[family].features : {};
    const missing = names.filter((name) => !Object.hasOwn(has, name));
    if (missing.length > 0)
      problems.push(
        `features of ${family} need to be of ${Object.keys(has).join(", ")}; got ${missing.join(", ")}; correct the spelling`,
      );
  }
  return problems;
}

function discretisationProblems({ families, discretisations, profile }: RadiomicsSettings): string[] {
  const known: Readonly<Record<string, RadiomicFamily>> = familiesOf(profile);
  const needing = families.filter((family) => Object.hasOwn(known, family) && known[family].discretised);
  return [
    ...(new Set(discretisations.map(printedBinning)).size < discretisations.length
      ? ["each discretisation needs its own bin number or width; got one twice; remove it"]
      : []),
    ...(needing.length > 0 && discretisations.length === 0
      ? [`${needing.join(", ")} need a discretisation; got none; add one, e.g. a fixed bin number of 32`]
      : []),
  ];
}

/** Columns of two images or rings must not get one name, which does not hold every parameter. */
function imageProblems({ filters, rings }: RadiomicsSettings): string[] {
  const images = (filters ?? []).map((filter) => printedFilter(filter));
  const widths = (rings ?? []).map(printedLength);
  return [
    ...repeated(images).map(
      (name) => `each filter needs a name of its own; got ${name} twice; remove one of them`,
    ),
    ...repeated(widths).map((name) => `each ring needs a width of its own; got ${name} twice; remove one`),
    ...(filters?.length === 0 ? ["filters need at least one image; got none; add kind none"] : []),
  ];
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, k) => names.indexOf(name) < k))];
}

/** Columns of two binnings must not get one name, which holds the number or width of the bins only. */
function printedBinning(discretisation: Discretisation): string {
  return printedName({ kind: "radiomic", family: "", feature: "", ibsi: null, unit: "1", discretisation });
}
