import { basename } from "node:path";
import { defaultRadiomicsSettings, type RadiomicsSettings } from "@sentinode/core/radiomics";
import type { MaskLabel } from "../codecs/mask-labels.ts";
import { readBytes } from "../files/read-bytes.ts";

/** Settings of an extraction, and which value of a mask is the region. */
export interface ChosenSettings {
  readonly settings: RadiomicsSettings;
  /** Null: the only value besides 0. */
  readonly label: MaskLabel | null;
  /** What became of each key of a PyRadiomics parameter file, one line each. */
  readonly report: readonly string[];
}

/** Which settings are asked for; what is undefined was not said. */
export interface SettingsOptions {
  readonly file: string | undefined;
  readonly profile: "ibsi" | "pyradiomics" | undefined;
  readonly label: number | undefined;
}

/** What is known of the images before they are measured. */
export interface ImagesToCome {
  readonly areVolumes: boolean;
  readonly haveSpacing: boolean;
}

/**
 * The settings that are asked for: a file, PyRadiomics' defaults, or ours for frames or volumes.
 *
 * @throws {InputError} Every problem of the file at once.
 */
export async function chooseSettings(
  { file, profile, label }: SettingsOptions,
  images: ImagesToCome,
): Promise<ChosenSettings> {
  const own = label === undefined ? null : { value: label, isRequired: true };
  if (file === undefined && profile !== "pyradiomics")
    return { settings: defaultSettings(images), label: own, report: [] };
  // The schema of settings files loads when there is one.
  const { readRadiomicsSettings } = await import("@sentinode/core/radiomics/settings");
  const text = file === undefined ? "featureClass:\n" : new TextDecoder().decode(await readBytes(file));
  const name = file === undefined ? "--profile pyradiomics" : basename(file);
  const read = readRadiomicsSettings(text, name, images.areVolumes ? 3 : 2);
  return {
    settings: profile === undefined ? read.settings : { ...read.settings, profile },
    // PyRadiomics' label is 1 where its file states none: in a mask of 0 and 255 the region is plain without it.
    label: own ?? (read.label === null ? null : { value: read.label, isRequired: false }),
    report: read.report.map(({ key, verdict, note }) => `${key}: ${verdict}, ${note}`),
  };
}

function defaultSettings({ areVolumes, haveSpacing }: ImagesToCome): RadiomicsSettings {
  const shape = areVolumes ? "morphology" : haveSpacing ? "shape2d" : "shape2dPixels";
  return {
    ...defaultRadiomicsSettings,
    families: defaultRadiomicsSettings.families.map((family) => (family === "shape2d" ? shape : family)),
    ...(areVolumes ? { neighbourhood: "3d" as const } : {}),
  };
}
