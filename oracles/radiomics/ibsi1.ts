/**
 * IBSI-1: the reference values of a folder, for the digital phantom and the configurations of the CT phantom that its
 * table holds, and what we measure with the settings that its configuration file describes.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Discretisation } from "../../packages/core/src/features/feature-source.ts";
import { type Image, type Mask } from "../../packages/core/src/image/image.ts";
import { type Interpolation, type Resampling } from "../../packages/core/src/image/resampling.ts";
import { type FamilyName, catalogue } from "../../packages/core/src/radiomics/catalogue.ts";
import { extractRadiomics } from "../../packages/core/src/radiomics/extract.ts";
import { type RadiomicsSettings } from "../../packages/core/src/radiomics/settings.ts";
import { decodeNifti } from "../../packages/node/src/codecs/decode-nifti.ts";
import { readReferenceTable } from "./reference-table.ts";

/** A reference value with ours beside it. */
export interface Comparison {
  readonly dataset: string;
  readonly family: string;
  readonly feature: string;
  readonly code: string;
  readonly aggregation: string;
  readonly aggregationCode: string;
  readonly reference: number;
  /** Null: equal to the printed digits. */
  readonly tolerance: number | null;
  readonly digits: number;
  readonly hasConsensus: boolean;
  /** Null where we have no such feature or it has no value. */
  readonly ours: number | null;
}

/** Whether our value is within the tolerance, or equal in the printed digits where there is none. */
export function isWithin({ ours, reference, tolerance, digits }: Comparison): boolean {
  if (ours === null) return false;
  const rounded = Number(ours.toPrecision(digits));
  return tolerance === null
    ? rounded === reference
    : Math.abs(ours - reference) <= tolerance || rounded === reference;
}

/** Every reference value of a folder; empty where it has none. */
export function compareIbsi1(folder: string): Comparison[] {
  const file = join(folder, "ibsi1_reference_values.csv");
  if (!existsSync(file)) return [];
  const measured = new Map<string, Map<string, number | null>>();
  return readReferenceTable(file).map((row) => {
    const [dataset, aggregationCode] = [row["dataset"], row["aggregation_code"]];
    const key = `${dataset} ${aggregationCode}`;
    const values = measured.get(key) ?? measure(folder, dataset, aggregationCode);
    measured.set(key, values);
    return {
      dataset,
      family: row["family"],
      feature: row["feature"],
      code: row["code"],
      aggregation: row["aggregation"],
      aggregationCode,
      reference: Number(row["value"]),
      tolerance: row["tolerance"] === "" ? null : Number(row["tolerance"]),
      digits: row["sig_digits"] === "" ? 1 : Number(row["sig_digits"]),
      hasConsensus: row["consensus"] !== "" && row["consensus"] !== "weak" && row["consensus"] !== "none",
      ours: values.get(featureKey(row["code"], row["feature"])) ?? null,
    };
  });
}

/** Two features share a code where they differ by a percentage only. */
function featureKey(code: string, name: string): string {
  return `${code}${/fraction \(?(10|90) %/.exec(name)?.[1] ?? ""}`;
}

type Aggregation = Pick<RadiomicsSettings, "aggregation" | "neighbourhood">;

/** IBSI codes of aggregation methods. */
const aggregations: Readonly<Record<string, Aggregation>> = {
  DHQ4: { aggregation: "averaged", neighbourhood: "3d" },
  BTW3: { aggregation: "averaged", neighbourhood: "2d" },
  SUJT: { aggregation: "merged", neighbourhood: "2d" },
  JJUI: { aggregation: "averaged", neighbourhood: "2.5d" },
  ZW7Z: { aggregation: "merged", neighbourhood: "2.5d" },
  ITBB: { aggregation: "averaged", neighbourhood: "3d" },
  IAZD: { aggregation: "merged", neighbourhood: "3d" },
  "8QNN": { aggregation: "averaged", neighbourhood: "2d" },
  "62GR": { aggregation: "averaged", neighbourhood: "2.5d" },
  KOBO: { aggregation: "averaged", neighbourhood: "3d" },
};

const volumeFamilies = new Set<FamilyName>([
  "morphology",
  "localIntensity",
  "intensityVolumeHistogram",
  "firstOrder",
  "histogram",
]);

function measure(folder: string, dataset: string, aggregation: string): Map<string, number | null> {
  const isWhole = aggregation === "DHQ4";
  const families = (Object.keys(catalogue) as FamilyName[]).filter(
    (family) => catalogue[family].ibsi !== null && volumeFamilies.has(family) === isWhole,
  );
  const { image, mask } = dataset === "digital_phantom" ? readPhantom(folder) : readScan(folder);
  const settings =
    dataset === "digital_phantom"
      ? { discretisations: [{ method: "none" } as const] }
      : settingsOf(folder, dataset, image);
  const features = extractRadiomics(image, mask, { families, ...settings, ...aggregations[aggregation]! });
  return new Map(features.map(({ source, label, value }) => [featureKey(source.ibsi!, label), value.value]));
}

function readPhantom(folder: string): { image: Image; mask: Mask } {
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

/** The CT phantom and its region. */
export function readScan(folder: string): { image: Image; mask: Mask } {
  const read = (kind: string) => {
    const path = join(folder, `phantoms/ibsi_1_ct_radiomics_phantom.${kind}.nii.gz`);
    return decodeNifti(readFileSync(path), path);
  };
  const { dimensions, values } = read("mask");
  return {
    image: read("image"),
    mask: { dimensions, values: Uint8Array.from(values, (x) => (x > 0 ? 1 : 0)) },
  };
}

interface Configuration {
  readonly approach: string;
  readonly interpolation: string | null;
  readonly roi?: string;
  readonly resegment: [number, number] | null;
  readonly outlier: string | null;
  readonly discretisation: string;
  readonly ivh: string;
}

function settingsOf(
  folder: string,
  dataset: string,
  image: Image,
): Pick<RadiomicsSettings, "discretisations" | "resample" | "resegment" | "intensityVolumeHistogram"> {
  const configurations = JSON.parse(readFileSync(join(folder, "ibsi1_configs.json"), "utf8")) as Record<
    string,
    Configuration
  >;
  const { interpolation, roi, resegment, outlier, discretisation, ivh } = configurations[dataset]!;
  const lowerBound = resegment?.[0] ?? null;
  const sigmas = /(\d+) sigma/.exec(outlier ?? "")?.[1];
  return {
    discretisations: [binningOf(discretisation, lowerBound)],
    intensityVolumeHistogram: ivh.includes("no discretisation")
      ? { method: "none" }
      : binningOf(ivh, lowerBound),
    ...(resegment === null && sigmas === undefined
      ? {}
      : {
          resegment: {
            ...(resegment === null ? {} : { range: resegment }),
            ...(sigmas === undefined ? {} : { outlierSigmas: Number(sigmas) }),
          },
        }),
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
