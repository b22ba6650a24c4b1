/** The digital phantom, the CT phantom, and the configurations A to E as a folder's file describes them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Discretisation } from "../../packages/core/src/features/feature-source.ts";
import type { Image, Mask } from "../../packages/core/src/image/image.ts";
import type { Interpolation, Resampling } from "../../packages/core/src/image/resampling.ts";
import type { RadiomicsSettings } from "../../packages/core/src/radiomics/settings.ts";
import { decodeNifti } from "../../packages/node/src/codecs/decode-nifti.ts";

/** An image with its region. */
export interface Scan {
  readonly image: Image;
  readonly mask: Mask;
}

/** A configuration of the CT phantom in the words of the file. */
export interface Configuration {
  readonly approach: string;
  readonly interpolation: string | null;
  readonly roi?: string;
  readonly resegment: [number, number] | null;
  readonly outlier: string | null;
  readonly discretisation: string;
  readonly ivh: string;
}

/** What a configuration asks for. */
export type ConfigurationSettings = Pick<
  RadiomicsSettings,
  "discretisations" | "resample" | "resegment" | "intensityVolumeHistogram"
>;

/** The configurations of a folder by their letter; empty where it has none. */
export function readConfigurations(folder: string): Readonly<Record<string, Configuration>> {
  const file = join(folder, "ibsi1_configs.json");
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, Configuration>;
}

/** The digital phantom, whose intensities are grey levels. */
export function readPhantom(folder: string): Scan {
  const phantom = JSON.parse(readFileSync(join(folder, "ibsi1_digital_phantom.json"), "utf8")) as Record<
    "dims_xyz" | "spacing_mm" | "image" | "mask",
    number[]
  >;
  const dimensions = phantom.dims_xyz as [number, number, number];
  const spacingMm = phantom.spacing_mm as [number, number, number];
  return {
    image: { dimensions, spacingMm, values: Uint8Array.from(phantom.image) },
    mask: { dimensions, values: Uint8Array.from(phantom.mask) },
  };
}

const scans = new Map<string, Scan>();

/** The CT phantom and its region. */
export function readScan(folder: string): Scan {
  const known = scans.get(folder);
  if (known !== undefined) return known;
  const read = (kind: string) => {
    const path = join(folder, `phantoms/ibsi_1_ct_radiomics_phantom.${kind}.nii.gz`);
    return decodeNifti(readFileSync(path), path);
  };
  const { dimensions, values } = read("mask");
  const mask = { dimensions, values: Uint8Array.from(values, (x) => (x > 0 ? 1 : 0)) };
  const scan = { image: read("image"), mask };
  scans.set(folder, scan);
  return scan;
}

/** The settings that a configuration describes. */
export function settingsOf(
  { interpolation, roi, resegment, outlier, discretisation, ivh }: Configuration,
  image: Image,
): ConfigurationSettings {
  const lowerBound = resegment?.[0] ?? null;
  const sigmas = /(\d+) sigma/.exec(outlier ?? "")?.[1];
  const resegmentation = {
    ...(resegment === null ? {} : { range: resegment }),
    ...(sigmas === undefined ? {} : { outlierSigmas: Number(sigmas) }),
  };
  return {
    discretisations: [binningOf(discretisation, lowerBound)],
    intensityVolumeHistogram: ivh.includes("no discretisation")
      ? { method: "none" }
      : binningOf(ivh, lowerBound),
    ...(Object.keys(resegmentation).length === 0 ? {} : { resegment: resegmentation }),
    ...(interpolation === null ? {} : { resample: resamplingOf(interpolation, roi ?? "", image) }),
  };
}

function binningOf(text: string, lowerBound: number | null): Discretisation {
  const [, kind, size] = /(FBS|FBN) ([\d.]+)/.exec(text)!;
  return kind === "FBN"
    ? { method: "fixed-bin-number", bins: Number(size) }
    : { method: "fixed-bin-width", width: Number(size), lowerBound };
}

/** E.g. `bilinear in-plane to 2x2 mm` or `tricubic spline 2x2x2 mm`. */
export function resamplingOf(text: string, roi: string, { spacingMm }: Image): Resampling {
  const [x, y, z] = /([\d.]+)x([\d.]+)(?:x([\d.]+))? mm/.exec(text)!.slice(1);
  const method = (words: string): Interpolation => (/cubic|spline/.test(words) ? "cubic-spline" : "linear");
  return {
    spacingMm: [Number(x), Number(y), z === undefined ? spacingMm![2] : Number(z)],
    image: method(text),
    mask: method(roi),
    partialVolume: 0.5,
    roundIntensities: true,
    alignment: "centre",
  };
}
