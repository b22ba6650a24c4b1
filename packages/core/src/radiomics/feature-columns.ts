import { type Discretisation, type RadiomicSource, printedName } from "../features/feature-source.ts";
import { type FamilyName, type RadiomicFamily, catalogue } from "./catalogue.ts";
import { type RadiomicsSettings, checkSettings } from "./settings.ts";

/** A column that an extraction gives, known before any image is read. */
export interface FeatureColumn {
  readonly source: RadiomicSource;
  /** `printedName(source)`, unique within an extraction. */
  readonly name: string;
  /** For figures and tables, e.g. `GLCM contrast (32 bins)`. */
  readonly label: string;
}

/** A family with one of its binnings: the unit in which features are computed. */
export interface FamilyRequest {
  readonly family: FamilyName;
  /** Null for families that need no binning. */
  readonly discretisation: Discretisation | null;
}

/** The families of an extraction in the order of its columns: each as often as it has binnings. */
export function familyRequests({ families, discretisations }: RadiomicsSettings): FamilyRequest[] {
  return families.flatMap((family) =>
    (catalogue[family].discretised ? discretisations : [null]).map((discretisation) => ({
      family,
      discretisation,
    })),
  );
}

/** The columns of one family and binning, in the order of the catalogue. */
export function columnsOf({ family, discretisation }: FamilyRequest): FeatureColumn[] {
  const { title, features }: RadiomicFamily = catalogue[family];
  const suffix = discretisation === null ? "" : ` (${printedBinning(discretisation)})`;
  return Object.entries(features).map(([feature, { name, ibsi, unit }]) => {
    const source: RadiomicSource = { kind: "radiomic", family, feature, ibsi, unit, discretisation };
    const inUnit = family === "shape2dPixels" ? ` in pixels` : "";
    return { source, name: printedName(source), label: `${title} ${name}${inUnit}${suffix}` };
  });
}

function printedBinning(discretisation: Discretisation): string {
  switch (discretisation.method) {
    case "fixed-bin-number":
      return `${discretisation.bins} bins`;
    case "fixed-bin-width":
      return `bin width ${discretisation.width}`;
    case "none":
      return "unbinned";
  }
}

/**
 * The columns that an extraction with these settings gives, in its order.
 *
 * @throws {InputError} The settings name nothing, something twice, or something that does not exist.
 * @example featureColumns({ families: ["ngtdm"], discretisations: [{ method: "fixed-bin-number", bins: 32 }], aggregation: "averaged" })[0].label // => "NGTDM coarseness (32 bins)"
 */
export function featureColumns(settings: RadiomicsSettings): FeatureColumn[] {
  checkSettings(settings);
  return familyRequests(settings).flatMap(columnsOf);
}

/**
 * The sources of {@link featureColumns}.
 *
 * @throws {InputError} As {@link featureColumns}.
 * @example featureSources({ families: ["firstOrder"], discretisations: [], aggregation: "averaged" }).length // => 18
 */
export function featureSources(settings: RadiomicsSettings): RadiomicSource[] {
  return featureColumns(settings).map((column) => column.source);
}
