/** IBSI-2 phase 2: intensity statistics of filtered images of the CT phantom, as a folder's configuration file describes. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type FilteredImage } from "../../packages/core/src/radiomics/settings.ts";
import { extractRadiomics } from "../../packages/core/src/radiomics/extract.ts";
import { firstOrderFeatures } from "../../packages/core/src/radiomics/first-order.ts";
import { type Comparison, readScan } from "./ibsi1.ts";
import { filterOf } from "./ibsi2-maps.ts";
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
  const { filters } = JSON.parse(readFileSync(join(folder, "ibsi2_phase2_configs.json"), "utf8")) as {
    filters: Record<string, FilterConfiguration>;
  };
  const measured = new Map<string, Map<string, number | null>>();
  return readReferenceTable(file).map((row) => {
    const id = row["filter_id"];
    const values = measured.get(id) ?? measure(folder, id, filters);
    measured.set(id, values);
    const definition = firstOrderFeatures[features[row["feature_tag"]]!];
    return {
      dataset: id,
      family: "Intensity-based statistical features",
      feature: row["feature"],
      code: definition.ibsi,
      aggregation: filters[id.split(".")[0]!]!.filter,
      aggregationCode: id,
      reference: Number(row["consensus_value"]),
      tolerance: row["tolerance"] === "" ? null : Number(row["tolerance"]),
      digits: 3,
      hasConsensus: row["consensus_value"] !== "",
      ours: values.get(definition.ibsi) ?? null,
    };
  });
}

function measure(
  folder: string,
  id: string,
  filters: Record<string, FilterConfiguration>,
): Map<string, number | null> {
  const [number, approach] = id.split(".") as [string, "A" | "B"];
  const { image, mask } = readScan(folder);
  const measured = extractRadiomics(image, mask, {
    families: ["firstOrder"],
    discretisations: [],
    aggregation: "averaged",
    neighbourhood: approach === "A" ? "2d" : "3d",
    filters: [filterOfConfiguration(filters[number]!, approach)],
    resegment: { range: [-1000, 400] },
    ...(approach === "A"
      ? {}
      : {
          resample: {
            spacingMm: [1, 1, 1],
            image: "cubic-spline",
            mask: "linear",
            partialVolume: 0.5,
            roundIntensities: true,
            alignment: "centre",
          },
        }),
  });
  return new Map(measured.map(({ source, value }) => [source.ibsi!, value.value]));
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
