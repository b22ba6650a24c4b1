import { printedFilter, printedLength } from "../features/printed-filter.ts";
import { type Discretisation, type RadiomicSource, printedName } from "../features/feature-source.ts";
import type { ImageFilter } from "../image/filters/image-filter.ts";
import type { Length } from "../image/image.ts";
import type { FamilyName, RadiomicFamily } from "./catalogue.ts";
import { familiesOf } from "./profile.ts";
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
  /** Keys of its features, in the order of the catalogue. */
  readonly features: readonly string[];
  readonly columns: readonly FeatureColumn[];
}

/** What is measured on one image of an area: the image itself or a filtered one. */
export interface ImagePlan {
  readonly filter: ImageFilter;
  readonly requests: readonly FamilyRequest[];
}

/** What is measured of the lesion, or of a ring around it. */
export interface AreaPlan {
  /** Width of the ring; null: the lesion. */
  readonly ring: Length | null;
  readonly images: readonly ImagePlan[];
}

/**
 * All that an extraction measures, in the order of its columns: the lesion, then rings; in each area its images; on each
 * image the families, each as often as it has binnings. Shape and what looks beyond the region are measured once, on the
 * lesion in the image itself.
 *
 * @throws {InputError} The settings name nothing, something twice, or something that does not exist.
 */
export function planExtraction(settings: RadiomicsSettings): AreaPlan[] {
  checkSettings(settings);
  const families: Readonly<Record<FamilyName, RadiomicFamily>> = familiesOf(settings.profile);
  return [null, ...(settings.rings ?? [])].map((ring) => ({
    ring,
    images: (settings.filters ?? [{ kind: "none" }]).map(({ discretisations, ...filter }) => {
      const isPlain = ring === null && filter.kind === "none";
      const requests = settings.families
        .filter((family) => isPlain || families[family].ofAnyImage)
        .flatMap((family) =>
          (families[family].discretised ? (discretisations ?? settings.discretisations) : [null]).map(
            (discretisation) => requestOf({ family, discretisation, filter, ring }, settings),
          ),
        );
      return { filter, requests };
    }),
  }));
}

interface Request {
  readonly family: FamilyName;
  readonly discretisation: Discretisation | null;
  readonly filter: ImageFilter;
  readonly ring: Length | null;
}

function requestOf(request: Request, settings: RadiomicsSettings): FamilyRequest {
  const { family, discretisation, filter, ring } = request;
  const { title, features: all }: RadiomicFamily = familiesOf(settings.profile)[family];
  const features =
    settings.features?.[family] ?? Object.keys(all).filter((key) => all[key].onRequest !== true);
  const suffix = printedSuffix(request);
  const columns = features.map((feature) => {
    const { name, ibsi, unit } = all[feature];
    const source: RadiomicSource = {
      kind: "radiomic",
      family,
      feature,
      ibsi,
      unit,
      discretisation,
      ...(filter.kind === "none" ? {} : { filter }),
      ...(ring === null ? {} : { ring }),
    };
    const inUnit = family === "shape2dPixels" ? " in pixels" : "";
    return { source, name: printedName(source), label: `${title} ${name}${inUnit}${suffix}` };
  });
  return { family, discretisation, features, columns };
}

/** E.g. ` (32 bins, log-2mm, ring of 3mm)`. */
function printedSuffix({ discretisation, filter, ring }: Request): string {
  const parts = [
    ...(discretisation === null ? [] : [printedBinning(discretisation)]),
    ...(filter.kind === "none" ? [] : [printedFilter(filter)]),
    ...(ring === null ? [] : [`ring of ${printedLength(ring)}`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
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
  return planExtraction(settings).flatMap(({ images }) =>
    images.flatMap(({ requests }) => requests.flatMap(({ columns }) => columns)),
  );
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
