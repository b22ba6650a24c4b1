import { basename } from "node:path";
import {
  defaultRadiomicsSettings,
  featureColumns,
  InputError,
  pyradiomicsName,
  type RadiomicsSettings,
} from "@sentinode/core/radiomics";
import { readBytes } from "../files/read-bytes.ts";
import { type CommandCall, textOption } from "./command.ts";

/** Settings of an extraction, and which pixels of a mask are the region. */
export interface ChosenSettings {
  readonly settings: RadiomicsSettings;
  /** Absent: the only value besides 0. */
  readonly maskLabel?: number;
  /** What became of each key of a PyRadiomics parameter file, one line each. */
  readonly report: readonly string[];
}

/** What is known of the images before they are read. */
export interface ImagesToCome {
  readonly areVolumes: boolean;
  readonly haveSpacing: boolean;
}

/**
 * The settings that a call asks for: a file, PyRadiomics' defaults, or ours for frames or volumes.
 *
 * @throws {InputError} Every problem of the file at once; options that exclude each other.
 */
export async function chooseSettings(call: CommandCall, images: ImagesToCome): Promise<ChosenSettings> {
  const file = textOption(call, "settings");
  const profile = profileOption(call);
  const label = labelOption(call);
  const own = label === undefined ? {} : { maskLabel: label };
  if (file === undefined && profile !== "pyradiomics")
    return { settings: defaultSettings(images), ...own, report: [] };
  // The schema of settings files loads when there is one.
  const { readRadiomicsSettings } = await import("@sentinode/core/radiomics/settings");
  const text = file === undefined ? "featureClass:\n" : new TextDecoder().decode(await readBytes(file));
  const name = file === undefined ? "--profile pyradiomics" : basename(file);
  const read = readRadiomicsSettings(text, name, images.areVolumes ? 3 : 2);
  const settings = profile === undefined ? read.settings : { ...read.settings, profile };
  return {
    settings,
    ...(read.label === null ? {} : { maskLabel: read.label }),
    ...own,
    report: read.report.map(({ key, verdict, note }) => `${key}: ${verdict}, ${note}`),
  };
}

/** Says what became of each key of a PyRadiomics parameter file. */
export function reportParameters({ terminal }: CommandCall, { report }: ChosenSettings): void {
  for (const message of report) terminal.warn({ code: "settings-translated", severity: "info", message });
}

function profileOption(call: CommandCall): "ibsi" | "pyradiomics" | undefined {
  const profile = textOption(call, "profile");
  if (profile === undefined || profile === "ibsi" || profile === "pyradiomics") return profile;
  throw new InputError("--profile needs ibsi or pyradiomics; got something else");
}

function labelOption(call: CommandCall): number | undefined {
  const text = textOption(call, "label");
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0)
    throw new InputError(
      "--label needs the value of the mask's pixels that are inside, a whole number above 0; got something else",
    );
  return Number(text);
}

function defaultSettings({ areVolumes, haveSpacing }: ImagesToCome): RadiomicsSettings {
  const shape = areVolumes ? "morphology" : haveSpacing ? "shape2d" : "shape2dPixels";
  return {
    ...defaultRadiomicsSettings,
    families: defaultRadiomicsSettings.families.map((family) => (family === "shape2d" ? shape : family)),
    ...(areVolumes ? { neighbourhood: "3d" as const } : {}),
  };
}

/** Whose names the output's columns have. */
export type NameKind = "sentinode" | "ibsi" | "pyradiomics";

/** The names of an extraction's columns; where a scheme has none for a feature, ours. */
export function columnNames(settings: RadiomicsSettings, kind: NameKind): string[] {
  return featureColumns(settings).map(({ name, source }) => {
    if (kind === "ibsi") return source.ibsi === null ? name : `${source.ibsi}.${name}`;
    return (kind === "pyradiomics" ? pyradiomicsName(source) : null) ?? name;
  });
}

/** The size of a pixel in mm that a cell or option states; null for none. */
export function spacingOf(text: string | undefined, where: string): number | null {
  if (text === undefined || text.trim() === "") return null;
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new InputError(`${where} needs a size in mm above 0; got something else`);
  return value;
}
