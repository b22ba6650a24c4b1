/** IBSI-2 phase 2: intensity statistics of filtered images of the CT phantom, as a folder's configuration file describes. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FilteredImage } from "../../packages/core/src/radiomics/settings.ts";
import { extractRadiomics } from "../../packages/core/src/radiomics/extract.ts";
import { firstOrderFeatures } from "../../packages/core/src/radiomics/first-order.ts";
import type { Comparison } from "./ibsi-comparison.ts";
import { readScan, resamplingOf } from "./ibsi1-configurations.ts";
import { filterOf } from "./ibsi2-filters.ts";
import { readReferenceTable } from "./reference-table.ts";

/** Features by the tag that the reference file gives them. */
const features: Readonly<Record<string, keyof typeof firstOrderFeatures>> = {
  stat_mean: "mean",
  stat_var: "variance",
  stat_skew: "skewness",
  stat_kurt: "excessKurtosis",
  stat_median: "median",
  stat_min: "minimum",
  stat_p10: "percentile10",
  stat_p90: "percentile90",
  stat_max: "maximum",
  stat_iqr: "interquartileRange",
  stat_range: "range",
  stat_mad: "meanAbsoluteDeviation",
  stat_rmad: "robustMeanAbsoluteDeviation",
  stat_medad: "medianAbsoluteDeviation",
  stat_cov: "coefficientOfVariation",
  stat_qcod: "quartileCoefficientOfDispersion",
  stat_energy: "energy",
  stat_rms: "rootMeanSquare",
};

interface FilterConfiguration {
  readonly filter: string;
  readonly [parameter: string]: unknown;
}

/** Every reference value of a folder; empty where it has none. */
export function compareIbsi2(folder: string): Comparison[] {
  const file = join(folder, "ibsi2_reference_feature_values.csv");
  if (!existsSync(file)) return [];
  const filters = readFilters(folder);
  const rows = readReferenceTable(file);
  const ids = [...new Set(rows.map((row) => row["filter_id"]))];
  const measured = new Map(approaches.flatMap((approach) => [...measure(folder, approach, ids, filters)]));
  return rows.map((row) => {
    const id = row["filter_id"];
    const feature = features[row["feature_tag"]];
    return {
      dataset: id,
      family: "Intensity-based statistical features",
      feature: row["feature"],
      code: firstOrderFeatures[feature].ibsi,
      aggregation: filters[id.split(".")[0]].filter,
      aggregationCode: id,
      reference: Number(row["consensus_value"]),
      tolerance: row["tolerance"] === "" ? null : Number(row["tolerance"]),
      digits: 3,
      hasConsensus: row["consensus_value"] !== "",
      ours: measured.get(id)?.get(feature) ?? null,
    };
  });
}

/** The filters of a folder's configuration file by their number; empty where it has none. */
export function readFilters(folder: string): Readonly<Record<string, FilterConfiguration>> {
  const file = join(folder, "ibsi2_phase2_configs.json");
  if (!existsSync(file)) return {};
  return (JSON.parse(readFileSync(file, "utf8")) as { filters: Record<string, FilterConfiguration> }).filters;
}

/** By slices as scanned, or in the volume on a finer grid. */
const approaches = ["A", "B"] as const;

/** Statistics by filter id, all filters of an approach on one preparation of the scan. */
function measure(
  folder: string,
  approach: (typeof approaches)[number],
  wanted: readonly string[],
  filters: Readonly<Record<string, FilterConfiguration>>,
): Map<string, Map<string, number | null>> {
  const ids = wanted.filter((id) => id.endsWith(`.${approach}`));
  if (ids.length === 0) return new Map();
  const { image, mask } = readScan(folder);
  const values = extractRadiomics(image, mask, {
    families: ["firstOrder"],
    features: { firstOrder: Object.values(features) },
    discretisations: [],
    aggregation: "averaged",
    neighbourhood: approach === "A" ? "2d" : "3d",
    filters: ids.map((id) => filterOfConfiguration(filters[id.split(".")[0]], approach)),
    resegment: { range: [-1000, 400] },
    ...(approach === "A"
      ? {}
      : { resample: resamplingOf("tricubic spline to 1x1x1 mm", "trilinear", image) }),
  });
  const perFilter = Object.keys(features).length;
  return new Map(
    ids.map((id, k) => [
      id,
      new Map(
        values
          .slice(k * perFilter, (k + 1) * perFilter)
          .map(({ source, value }) => [source.feature, value.value]),
      ),
    ]),
  );
}

/** `A: L5E5 / B: L5E5E5` holds a value for each approach. */
function filterOfConfiguration(configuration: FilterConfiguration, approach: "A" | "B"): FilteredImage {
  const { filter, ...rest } = configuration;
  const params = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      typeof value === "string" ? (new RegExp(`${approach}: (\\w+)`).exec(value)?.[1] ?? value) : value,
    ]),
  );
  if (filter === "none") return { kind: "none" };
  const dim = approach === "A" ? "2D" : filter.startsWith("Gabor") ? "2D over 3 orthogonal planes" : "3D";
  const wavelet = /separable wavelet (\w+)/.exec(filter)?.[1];
  return filterOf({
    id: "",
    phantom: "",
    filter,
    dim,
    boundary: "mirror",
    params: wavelet === undefined ? params : { ...params, wavelet },
    reference: "",
  });
}
