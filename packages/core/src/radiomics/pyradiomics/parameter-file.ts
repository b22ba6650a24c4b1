import { InputError } from "../../errors.ts";
import { type LocatedDocument, parseBySchema } from "../../documents/located-document.ts";
import type { FilterDimensions } from "../../image/filters/image-filter.ts";
import type { RadiomicsSettings } from "../settings.ts";
import { translateFeatureClasses } from "./feature-classes.ts";
import { translateImageTypes } from "./image-types.ts";
import { type KeyReport, passedOver } from "./key-report.ts";
import { type ParameterKeys, parameterFile } from "./parameter-schema.ts";
import { judgeSetting } from "./setting-keys.ts";
import { translateBinning, translateSetting } from "./translate-setting.ts";

/** A PyRadiomics parameter file in Sentinode's terms. */
export interface TranslatedParameters {
  readonly settings: RadiomicsSettings;
  /** Value of the mask that is the region; null where the file states none. */
  readonly label: number | null;
  /** Every key of the file: whether it holds as it is, in other words, or not at all. */
  readonly report: readonly KeyReport[];
}

/**
 * Whether a parsed settings file is one of PyRadiomics.
 *
 * @example isPyradiomicsParameters({ setting: { binWidth: 25 } }) // => true
 * @example isPyradiomicsParameters({ families: ["glcm"] }) // => false
 */
export function isPyradiomicsParameters(document: unknown): boolean {
  const keys = typeof document === "object" && document !== null ? Object.keys(document) : [];
  return keys.length > 0 && keys.every((key) => sections.includes(key));
}

const sections = ["setting", "imageType", "featureClass", "voxelSetting"];

/**
 * A PyRadiomics parameter file as settings.
 *
 * @param document With `setting`, `imageType`, `featureClass`; what is absent has PyRadiomics' defaults.
 * @param dimensions Whether images are frames (2) or volumes (3), which PyRadiomics tells from the image.
 * @throws {InputError} Every value that PyRadiomics does not take, or every key at once without a counterpart here that
 *   would change values, each with its line.
 */
export function translateParameters(
  document: LocatedDocument,
  dimensions: FilterDimensions,
): TranslatedParameters {
  const content = parseBySchema(document, parameterFile);
  const keys = content.setting ?? {};
  const images = translateImageTypes(content, dimensions, (path) => document.textOf(path));
  const classes = translateFeatureClasses(content, dimensions);
  const judged = [
    ...judgeSetting(keys, dimensions),
    ...images.judged,
    ...classes.judged,
    ...(content.voxelSetting === undefined ? [] : [voxelSetting]),
  ];
  const problems = judged
    .filter(({ changesValues }) => changesValues)
    .map(
      ({ path, key, note }) =>
        `${document.at(path)}: PyRadiomics' ${key} has no counterpart with the value given: ${note}; change or remove it`,
    );
  if (problems.length > 0) throw new InputError(problems);
  return {
    settings: {
      profile: "pyradiomics",
      ...classes.families,
      discretisations: [translateBinning(keys)],
      neighbourhood: neighbourhoodOf(keys, dimensions),
      filters: images.filters,
      ...translateSetting(keys),
    },
    label: keys.label ?? null,
    report: judged.map(({ key, verdict, note }) => ({ key, verdict, note })),
  };
}

const voxelSetting = passedOver(
  ["voxelSetting"],
  "features of regions do not depend on it; a map is drawn of one feature",
);

function neighbourhoodOf({ force2D }: ParameterKeys, dimensions: FilterDimensions): "2d" | "2.5d" | "3d" {
  if (dimensions === 2) return "2d";
  return force2D === true ? "2.5d" : "3d";
}
