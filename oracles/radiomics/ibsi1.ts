/**
 * IBSI-1: the reference values of a folder, for the digital phantom and the configurations of the CT phantom that its
 * table holds, and what we measure with the settings that its configuration file describes.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type FamilyName, catalogue } from "../../packages/core/src/radiomics/catalogue.ts";
import { type RadiomicFeature, extractRadiomics } from "../../packages/core/src/radiomics/extract.ts";
import type { RadiomicsSettings } from "../../packages/core/src/radiomics/settings.ts";
import type { Comparison } from "./ibsi-comparison.ts";
import {
  type ConfigurationSettings,
  readConfigurations,
  readPhantom,
  readScan,
  settingsOf,
} from "./ibsi1-configurations.ts";
import { readReferenceTable } from "./reference-table.ts";

type Aggregation = Pick<RadiomicsSettings, "aggregation" | "neighbourhood">;

/** What is measured of the region as a whole. */
const wholeRegion = "DHQ4";

/** IBSI codes of aggregation methods. */
const aggregations: Readonly<Record<string, Aggregation>> = {
  [wholeRegion]: { aggregation: "averaged", neighbourhood: "3d" },
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

const wholeFamilies = new Set<FamilyName>([
  "morphology",
  "localIntensity",
  "intensityVolumeHistogram",
  "firstOrder",
  "histogram",
]);

/** Every reference value of a folder; empty where it has none. */
export function compareIbsi1(folder: string): Comparison[] {
  const file = join(folder, "ibsi1_reference_values.csv");
  if (!existsSync(file)) return [];
  const measured = new Map<string, Map<string, number | null>>();
  return readReferenceTable(file).map((row) => {
    const [dataset, aggregationCode] = [row["dataset"], row["aggregation_code"]];
    const key = `${dataset} ${aggregationCode}`;
    const values = measured.get(key) ?? byCode(measure(folder, dataset, aggregationCode));
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
      hasConsensus: !["", "weak", "none"].includes(row["consensus"]),
      ours: values.get(featureKey(row["code"], row["feature"])) ?? null,
    };
  });
}

/** Two features share a code where they differ by a percentage only. */
function featureKey(code: string, name: string): string {
  return `${code}${/fraction \(?(10|90) %/.exec(name)?.[1] ?? ""}`;
}

function byCode(features: readonly RadiomicFeature[]): Map<string, number | null> {
  return new Map(features.map(({ source, label, value }) => [featureKey(source.ibsi!, label), value.value]));
}

function measure(folder: string, dataset: string, aggregation: string): RadiomicFeature[] {
  const isPhantom = dataset === "digital_phantom";
  const { image, mask } = isPhantom ? readPhantom(folder) : readScan(folder);
  const settings: ConfigurationSettings = isPhantom
    ? { discretisations: [{ method: "none" }] }
    : settingsOf(readConfigurations(folder)[dataset], image);
  const families = (Object.keys(catalogue) as FamilyName[]).filter(
    (family) =>
      catalogue[family].ibsi !== null && wholeFamilies.has(family) === (aggregation === wholeRegion),
  );
  return extractRadiomics(image, mask, { families, ...settings, ...aggregations[aggregation] });
}
