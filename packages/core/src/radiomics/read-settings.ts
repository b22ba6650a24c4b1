import { parseBySchema, parseMap } from "../documents/located-document.ts";
import type { FilterDimensions } from "../image/filters/image-filter.ts";
import { isPyradiomicsParameters, translateParameters } from "./pyradiomics/parameter-file.ts";
import type { KeyReport } from "./pyradiomics/key-report.ts";
import { radiomicsSettings } from "./settings-schema.ts";
import { type RadiomicsSettings, checkSettings } from "./settings.ts";

/** Settings that a file holds. */
export interface ReadSettings {
  readonly settings: RadiomicsSettings;
  /** Value of the mask that is the region, where the file states one. */
  readonly label: number | null;
  /** For a PyRadiomics parameter file, what became of each key; else empty. */
  readonly report: readonly KeyReport[];
}

/**
 * Radiomics settings of a file: Sentinode's own, or a PyRadiomics parameter file.
 *
 * @param text YAML or JSON.
 * @param file Name for messages.
 * @param dimensions Whether the images are frames (2) or volumes (3); parameter files of PyRadiomics do not say.
 * @throws {InputError} Every problem at once, with its line where the file is Sentinode's.
 */
export function readRadiomicsSettings(
  text: string,
  file: string,
  dimensions: FilterDimensions,
): ReadSettings {
  const document = parseMap(
    text,
    file,
    "radiomics settings are a map of keys such as families, discretisations, filters, or PyRadiomics' setting, imageType, featureClass",
  );
  const read = isPyradiomicsParameters(document.content)
    ? translateParameters(document, dimensions)
    : { settings: parseBySchema(document, radiomicsSettings), label: null, report: [] };
  checkSettings(read.settings);
  return read;
}
