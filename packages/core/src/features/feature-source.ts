import type { ImageFilter } from "../image/filters/image-filter.ts";
import type { Length } from "../image/image.ts";
import { printedFilter, printedLength } from "./printed-filter.ts";

/** How grey levels are binned before a texture matrix is made (IBSI 2.7). */
export type Discretisation =
  | { readonly method: "fixed-bin-number"; readonly bins: number }
  | {
      readonly method: "fixed-bin-width";
      readonly width: number;
      readonly lowerBound: number | null | "multiple";
    }
  | { readonly method: "none" };

/** A column taken from the cohort table. */
export interface ClinicalSource {
  readonly kind: "clinical";
  readonly variable: string;
}

/** A column computed from the image and the outline of the lesion. */
export interface RadiomicSource {
  readonly kind: "radiomic";
  /** Family key of the catalogue, e.g. `glcm`. */
  readonly family: string;
  /** Feature key within the family, e.g. `contrast`. */
  readonly feature: string;
  readonly ibsi: string | null;
  readonly unit: string;
  /** Null for families that need no binning. */
  readonly discretisation: Discretisation | null;
  /** What was done to the image first; absent: nothing. */
  readonly filter?: ImageFilter;
  /** Width of the ring around the lesion that was measured; absent: the lesion itself. */
  readonly ring?: Length;
}

/** Where a feature comes from. Every printed name derives from it; names are printed, never parsed. */
export type FeatureSource = ClinicalSource | RadiomicSource;

/**
 * The name that files and figures print for a feature.
 *
 * @example printedName({ kind: "clinical", variable: "age" }) // => "age"
 */
export function printedName(source: FeatureSource): string {
  switch (source.kind) {
    case "clinical":
      return source.variable;
    case "radiomic": {
      const where = source.ring === undefined ? "" : `ring-${printedLength(source.ring)}.`;
      const filtered = source.filter === undefined ? "" : `${printedFilter(source.filter)}.`;
      const base = `${where}${filtered}${source.family}.${source.feature}`;
      return source.discretisation === null
        ? base
        : `${base}.${printedDiscretisation(source.discretisation)}`;
    }
  }
}

function printedDiscretisation(discretisation: Discretisation): string {
  switch (discretisation.method) {
    case "fixed-bin-number":
      return `fbn${String(discretisation.bins)}`;
    case "fixed-bin-width":
      return `fbw${String(discretisation.width)}`;
    case "none":
      return "levels";
  }
}
