/**
 * Which reference values other software computes, as far as it was tried: PyRadiomics (master 8ed57938) and MIRP 2.3.4,
 * both run on the digital phantom, MIRP on its own tests of IBSI-1 and IBSI-2 besides.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Comparison } from "./ibsi-comparison.ts";
import { readReferenceTable } from "./reference-table.ts";

/** Names of PyRadiomics' features by IBSI code. */
export type PyradiomicsNames = ReadonlyMap<string, string>;

/** The table of a folder; empty where it has none. */
export function readPyradiomicsNames(folder: string): PyradiomicsNames {
  const file = join(folder, "pyradiomics_to_ibsi.csv");
  if (!existsSync(file)) return new Map();
  return new Map(
    readReferenceTable(file).map((row) => [
      row["code"],
      `${row["pyradiomics_class"]}.${row["pyradiomics_feature"]}`,
    ]),
  );
}

/** Directions averaged in the volume and, with force2D, in slices merged by direction: all that PyRadiomics does. */
const pyradiomicsAggregations = new Set(["DHQ4", "ITBB", "KOBO", "JJUI", "62GR"]);

/** Features that PyRadiomics defines otherwise than the standard, so that its values miss the tolerance. */
const otherDefinitions: Readonly<Record<string, string>> = {
  IPH6: "3 higher",
  P9VJ: "N for N - 1",
  "7J51": "N for N - 1",
};

/** PyRadiomics' name for a feature under an aggregation that it has, or a dash. */
export function pyradiomicsHas(names: PyradiomicsNames, { code, aggregationCode }: Comparison): string {
  const name = names.get(code);
  if (name === undefined || !pyradiomicsAggregations.has(aggregationCode)) return "–";
  const other = otherDefinitions[code];
  return other === undefined ? name : `${name} (${other})`;
}

/** Whether MIRP was seen to meet the reference maps of a filter; it has no test of Riesz maps. */
export function mirpMeetsMap(filter: string): string {
  return filter.startsWith("Riesz") ? "not tried" : "yes";
}

/** How PyRadiomics stands to a filter of the standard. */
export function pyradiomicsFilter(filter: string): string {
  if (filter.startsWith("LoG")) return "approximation times σ², within 1 % after rescaling";
  if (filter.startsWith("separable")) return "periodic, without rotation invariance";
  return filter === "none" ? "yes" : "–";
}
