import { InputError } from "../errors.ts";
import { type Discretisation, printedName } from "../features/feature-source.ts";
import { type ImageFilter } from "../image/filters/image-filter.ts";
import { type Length } from "../image/image.ts";
import { type Normalisation, type Resampling, type Resegmentation } from "../image/resampling.ts";
import { type FamilyName, catalogue } from "./catalogue.ts";

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
  const { families, discretisations } = settings;
  const problems: string[] = [];
  const unknown = families.filter((family) => !Object.hasOwn(catalogue, family));
  if (unknown.length > 0)
    problems.push(
      `families need to be of ${Object.keys(catalogue).join(", ")}; got ${unknown.join(", ")}; correct the spelling`,
    );
  if (families.length === 0) problems.push("radiomics needs at least one family; got none; name one");
  if (new Set(families).size < families.length)
    problems.push("each family of radiomics needs to be named once; got one twice; remove it");
  if (new Set(discretisations.map(printedBinning)).size < discretisations.length)
    problems.push("each discretisation needs its own bin number or width; got one twice; remove it");
  const needing = families.filter(
    (family) => Object.hasOwn(catalogue, family) && catalogue[family].discretised,
  );
  if (needing.length > 0 && discretisations.length === 0)
    problems.push(
      `${needing.join(", ")} need a discretisation; got none; add one, e.g. a fixed bin number of 32`,
    );
  if (problems.length > 0) throw new InputError(problems);
}

/** Columns of two binnings must not get one name, which holds the number or width of the bins only. */
function printedBinning(discretisation: Discretisation): string {
  return printedName({ kind: "radiomic", family: "", feature: "", ibsi: null, unit: "1", discretisation });
}
