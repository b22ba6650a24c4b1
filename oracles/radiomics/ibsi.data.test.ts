/**
 * The Image Biomarker Standardisation Initiative: every reference value, diagnostic and response map of the folder
 * SENTINODE_IBSI within its tolerance; values without consensus are reported, not tested. Writes docs/ibsi.md.
 */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import { afterAll, describe, expect, it } from "vitest";
import { type Comparison, isWithin } from "./ibsi-comparison.ts";
import { ibsiDocument, mapTolerancePercent } from "./ibsi-document.ts";
import { readPyradiomicsNames } from "./ibsi-other-software.ts";
import { compareIbsi1 } from "./ibsi1.ts";
import { readConfigurations } from "./ibsi1-configurations.ts";
import { compareDiagnostics } from "./ibsi1-diagnostics.ts";
import { compareIbsi2 } from "./ibsi2-features.ts";
import { compareMap, mapConfigurations } from "./ibsi2-maps.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = resolve(root, process.env["SENTINODE_IBSI"] ?? "../shared/ibsi");
const features = compareIbsi1(folder);
const diagnostics = compareDiagnostics(folder);
const filteredFeatures = compareIbsi2(folder);
const maps = mapConfigurations(folder).map((configuration) => compareMap(folder, configuration));

for (const [what, values] of Object.entries({ features, diagnostics, filteredFeatures, maps }))
  if (values.length === 0) console.log(`SENTINODE_IBSI: no ${what} in ${folder}; skipped`);

const printed = ({ ours, reference, tolerance }: Pick<Comparison, "ours" | "reference" | "tolerance">) =>
  `${String(ours)} for ${String(reference)} ± ${String(tolerance)}`;

describe.runIf(features.length > 0)("IBSI-1 reference values", () => {
  it.each(features.filter(({ hasConsensus }) => hasConsensus))(
    "$dataset: $family, $feature ($code), $aggregation",
    (value) => expect(isWithin(value), printed(value)).toBe(true),
  );
});

describe.runIf(diagnostics.length > 0)("IBSI-1 diagnostics", () => {
  it.each(diagnostics)("$dataset: $tag", (value) => expect(isWithin(value), printed(value)).toBe(true));
});

describe.runIf(maps.length > 0)("IBSI-2 response maps", () => {
  it.each(maps)("$id, $filter", ({ worstPercent }) =>
    expect(worstPercent).toBeLessThanOrEqual(mapTolerancePercent),
  );
});

describe.runIf(filteredFeatures.length > 0)("IBSI-2 reference values", () => {
  it.each(filteredFeatures.filter(({ hasConsensus }) => hasConsensus))("$dataset: $feature", (value) =>
    expect(isWithin(value), printed(value)).toBe(true),
  );
});

afterAll(async () => {
  if (features.length === 0) return;
  const text = ibsiDocument({
    features,
    diagnostics,
    maps,
    filteredFeatures,
    configurations: readConfigurations(folder),
    pyradiomics: readPyradiomicsNames(folder),
  });
  const path = join(root, "docs/ibsi.md");
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
});
