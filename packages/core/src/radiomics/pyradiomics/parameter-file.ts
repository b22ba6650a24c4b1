import { InputError } from "../../errors.ts";
import type { FilterDimensions } from "../../image/filters/image-filter.ts";
import type { FamilyName } from "../catalogue.ts";
import type { RadiomicsSettings } from "../settings.ts";
import { pyradiomicsClasses } from "./names.ts";
import { translateImageTypes } from "./image-types.ts";
import { type KeyReport, translateSetting } from "./setting-keys.ts";

/** A PyRadiomics parameter file in Sentinode's terms. */
export interface TranslatedParameters {
  readonly settings: RadiomicsSettings;
  /** Value of the mask that is the region; null where the file states none. */
  readonly label: number | null;
  /** Every key of the file: whether it holds as it is, in other words, or not at all. */
  readonly report: readonly KeyReport[];
}

/** What a parsed parameter file may hold. */
interface ParameterDocument {
  readonly setting?: Readonly<Record<string, unknown>> | null;
  readonly imageType?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>> | null;
  readonly featureClass?: Readonly<Record<string, readonly string[] | null>> | null;
  readonly voxelSetting?: unknown;
}

/**
 * Whether a parsed settings file is one of PyRadiomics.
 *
 * @example isPyradiomicsParameters({ setting: { binWidth: 25 } }) // => true
 */
export function isPyradiomicsParameters(document: unknown): boolean {
  const keys = typeof document === "object" && document !== null ? Object.keys(document) : [];
  return keys.length > 0 && keys.every((key) => sections.includes(key));
}

const sections = ["setting", "imageType", "featureClass", "voxelSetting"];

/**
 * A PyRadiomics parameter file as settings.
 *
 * @param document The parsed file: `setting`, `imageType`, `featureClass`; what is absent has PyRadiomics' defaults.
 * @param dimensions Whether images are frames (2) or volumes (3), which PyRadiomics tells from the image.
 * @throws {InputError} Every key at once that would change values and has no counterpart here.
 */
export function translateParameters(document: unknown, dimensions: FilterDimensions): TranslatedParameters {
  const { setting, imageType, featureClass, voxelSetting } = document as ParameterDocument;
  const keys = translateSetting(setting ?? {}, dimensions);
  const isInSlices = keys.forcesSlices || dimensions === 2;
  const images = translateImageTypes(imageType ?? { Original: {} }, {
    dimensions: isInSlices ? 2 : 3,
    binningOf: (own) => keys.binningOf(own),
    gradientUsesSpacing: keys.gradientUsesSpacing,
  });
  const classes = translateClasses(featureClass ?? null, isInSlices);
  const refused = [
    ...[...keys.report, ...images.report, ...classes.report].filter(({ verdict }) => verdict === "refused"),
    ...(voxelSetting === undefined || voxelSetting === null
      ? []
      : [{ key: "voxelSetting", verdict: "refused" as const, note: "maps are drawn with --map" }]),
  ];
  if (refused.length > 0)
    throw new InputError(
      refused.map(
        ({ key, note }) => `the PyRadiomics parameter ${key} has no counterpart: ${note}; remove it`,
      ),
    );
  return {
    settings: {
      profile: "pyradiomics",
      ...classes.families,
      discretisations: [keys.binningOf({})],
      neighbourhood: keys.forcesSlices ? "2.5d" : dimensions === 2 ? "2d" : "3d",
      filters: images.filters,
      ...keys.settings,
    },
    label: keys.label,
    report: [...keys.report, ...images.report, ...classes.report],
  };
}

interface TranslatedClasses {
  readonly families: Pick<RadiomicsSettings, "families" | "features">;
  readonly report: readonly KeyReport[];
}

/** Features by class; null: all of all classes but the shape that does not fit the image. */
function translateClasses(
  featureClass: Readonly<Record<string, readonly string[] | null>> | null,
  isInSlices: boolean,
): TranslatedClasses {
  const familyOf = new Map(
    Object.entries(pyradiomicsClasses)
      .filter(([family]) => family !== "histogram")
      .map(([family, name]) => [name, family as FamilyName]),
  );
  const wanted = Object.entries(
    featureClass ??
      Object.fromEntries(
        [...familyOf.keys()]
          .filter((name) => name !== (isInSlices ? "shape" : "shape2D"))
          .map((name) => [name, null]),
      ),
  );
  const report = wanted.map(([name]): KeyReport => {
    const key = `featureClass.${name}`;
    return familyOf.has(name)
      ? { key, verdict: "honoured", note: `family ${familyOf.get(name)!}` }
      : { key, verdict: "refused", note: "no such class of features" };
  });
  const known = wanted.filter(([name]) => familyOf.has(name));
  const features = known.filter(([, names]) => names !== null && names.length > 0);
  return {
    families: {
      families: known.map(([name]) => familyOf.get(name)!),
      ...(features.length === 0
        ? {}
        : { features: Object.fromEntries(features.map(([name, names]) => [familyOf.get(name)!, names!])) }),
    },
    report,
  };
}
