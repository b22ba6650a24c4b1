/** The text of docs/ibsi.md: every reference value with ours, the tolerance, the verdict, and who else has it. */
import { type Comparison, isWithin } from "./ibsi-comparison.ts";
import {
  type PyradiomicsNames,
  mirpMeetsMap,
  pyradiomicsFilter,
  pyradiomicsHas,
} from "./ibsi-other-software.ts";
import type { Configuration } from "./ibsi1-configurations.ts";
import type { Diagnostic } from "./ibsi1-diagnostics.ts";
import type { MapResult } from "./ibsi2-maps.ts";
import { foldedSection, groupedBy, markdownTable, printedValue } from "./markdown.ts";

/** All that was compared. */
export interface IbsiResults {
  readonly features: readonly Comparison[];
  readonly diagnostics: readonly Diagnostic[];
  readonly maps: readonly MapResult[];
  readonly filteredFeatures: readonly Comparison[];
  readonly configurations: Readonly<Record<string, Configuration>>;
  readonly pyradiomics: PyradiomicsNames;
}

/** Largest difference of a voxel that the standard allows, in percent of the range of the reference map. */
export const mapTolerancePercent = 1;

const introduction = `# Agreement with the Image Biomarker Standardisation Initiative

Written by the tests: \`npm run test:data -- ibsi\` measures everything below anew, fails where a value is outside its
tolerance, and rewrites this page. The reference values come from the folder that \`SENTINODE_IBSI\` names; what this page
does not list was not in it.

- A value is **within** if it differs from the reference by no more than its tolerance, or is equal to it in the digits
  that the reference is printed with; where the standard states no tolerance, the digits decide.
- Values without consensus are shown and not tested.
- PyRadiomics: its name for the feature under an aggregation that it can do; a dash where it has none. Its bins of fixed
  width start at multiples of the width and its grid at the corner of the image, so that on the CT phantom the same name
  does not mean the same value. MIRP has them all.

Sources: Zwanenburg et al., Radiology 2020;295:328-338, and the reference manual (arXiv:1612.07003; CC BY 4.0) for IBSI-1;
Whybra et al., Radiology 2024;310:e231319, and its reference data (CC0) for IBSI-2.`;

/** The page, in Markdown. */
export function ibsiDocument(results: IbsiResults): string {
  const { features, maps, filteredFeatures } = results;
  return [
    introduction,
    `## Summary\n\n${summaryTable(results)}`,
    `## Other software\n\n${otherSoftware(results)}`,
    ...[...groupedBy(features, ({ dataset }) => dataset)].map(([dataset, all]) =>
      datasetSection(dataset, all, results),
    ),
    ...(maps.length === 0 ? [] : [`## IBSI-2, phase 1: response maps\n\n${mapTable(maps)}`]),
    ...(filteredFeatures.length === 0 ? [] : [filteredSection(filteredFeatures)]),
  ].join("\n\n");
}

function summaryTable({ features, diagnostics, maps, filteredFeatures, pyradiomics }: IbsiResults): string {
  const rows = [...groupedBy(features, ({ dataset }) => dataset)].map(([dataset, all]) => [
    ...summaryRow(`IBSI-1, ${titleOf(dataset)}`, all),
    all.filter((value) => pyradiomicsHas(pyradiomics, value) !== "–").length,
    all.length,
  ]);
  const within = diagnostics.filter(isWithin).length;
  const mapsWithin = maps.filter(isMapWithin).length;
  return markdownTable(
    ["reference", "values", "within", "outside", "without consensus", "PyRadiomics has", "MIRP has"],
    [
      ...rows,
      ["IBSI-1, diagnostics", diagnostics.length, within, diagnostics.length - within, 0, "", ""],
      ["IBSI-2, phase 1 (maps)", maps.length, mapsWithin, maps.length - mapsWithin, 0, "", ""],
      [...summaryRow("IBSI-2, phase 2", filteredFeatures), "", ""],
    ],
  );
}

function summaryRow(title: string, all: readonly Comparison[]): (string | number)[] {
  const tested = all.filter(({ hasConsensus }) => hasConsensus);
  const within = tested.filter(isWithin).length;
  return [title, all.length, within, tested.length - within, all.length - tested.length];
}

function otherSoftware({ features, pyradiomics }: IbsiResults): string {
  const codes = [...new Set(features.map(({ code }) => code))];
  const has = codes.filter((code) => pyradiomics.has(code)).length;
  const rows = [...groupedBy(features, ({ family }) => family)].map(([family, all]) => {
    const distinct = [...groupedBy(all, ({ feature }) => feature).values()];
    const own = distinct.filter((values) => values.some(({ ours }) => ours !== null)).length;
    const known = distinct.filter(([first]) => pyradiomics.has(first.code)).length;
    return [family, distinct.length, own, known, distinct.length];
  });
  return `Of the ${codes.length} codes that have a reference value, PyRadiomics computes ${has}: no distance zones, no intensity-volume
histogram, no local intensity, two features of the histogram; of the aggregations only averages over directions. Its
kurtosis is not the excess, and its axes divide by N. MIRP computes all. Features with a reference value:

${markdownTable(["family", "features", "Sentinode", "PyRadiomics", "MIRP"], rows)}`;
}

function titleOf(dataset: string): string {
  return dataset === "digital_phantom" ? "digital phantom" : `CT phantom, configuration ${dataset}`;
}

function datasetSection(dataset: string, all: readonly Comparison[], results: IbsiResults): string {
  const diagnostics = results.diagnostics.filter((diagnostic) => diagnostic.dataset === dataset);
  const families = [...groupedBy(all, ({ family }) => family)].map(([family, ofFamily]) =>
    foldedSection(`${family}: ${countWithin(ofFamily)}`, featureTable(ofFamily, results.pyradiomics)),
  );
  return [
    `## IBSI-1: ${titleOf(dataset)}`,
    describeConfiguration(results.configurations[dataset]),
    ...(diagnostics.length === 0
      ? []
      : [
          foldedSection(
            `Diagnostics, before and after interpolation and re-segmentation: ${countWithin(diagnostics)}`,
            diagnosticTable(diagnostics),
          ),
        ]),
    ...families,
  ].join("\n\n");
}

function describeConfiguration(configuration: Configuration | undefined): string {
  if (configuration === undefined) return "Grey levels as they are.";
  const { approach, interpolation, resegment, outlier, discretisation, ivh } = configuration;
  return `${[
    `${approach} approach`,
    interpolation ?? "no interpolation",
    resegment === null ? "no range" : `range ${resegment[0]} to ${resegment[1]} HU`,
    outlier === null ? "no outlier filter" : `outlier filter ${outlier}`,
    `texture ${discretisation}`,
    `intensity-volume histogram: ${ivh}`,
  ].join("; ")}.`;
}

type Verdict = Parameters<typeof isWithin>[0] & { readonly hasConsensus?: boolean };

function countWithin(all: readonly Verdict[]): string {
  return `${all.filter(isWithin).length} of ${all.length} within`;
}

function verdictOf(value: Verdict): string {
  if (value.hasConsensus === false) return "no consensus";
  return isWithin(value) ? "within" : "**outside**";
}

/** Ours, the reference, the tolerance and the verdict. */
function comparedCells(value: Verdict): string[] {
  const { ours, reference, tolerance } = value;
  return [
    ours === null ? "–" : printedValue(ours),
    printedValue(reference),
    tolerance === null ? "digits" : `± ${printedValue(tolerance)}`,
    verdictOf(value),
  ];
}

const comparedHead = ["Sentinode", "reference", "tolerance", "verdict"];

function featureTable(all: readonly Comparison[], pyradiomics: PyradiomicsNames): string {
  return markdownTable(
    ["feature", "code", "aggregation", ...comparedHead, "PyRadiomics", "MIRP"],
    all.map((value) => [
      value.feature,
      value.code,
      `${value.aggregation} (${value.aggregationCode})`,
      ...comparedCells(value),
      pyradiomicsHas(pyradiomics, value),
      "yes",
    ]),
  );
}

function diagnosticTable(all: readonly Diagnostic[]): string {
  return markdownTable(
    ["diagnostic", ...comparedHead],
    all.map((value) => [`\`${value.tag}\``, ...comparedCells(value)]),
  );
}

/** Whether a response map is within the tolerance. */
export function isMapWithin({ worstPercent }: MapResult): boolean {
  return worstPercent <= mapTolerancePercent;
}

function mapTable(maps: readonly MapResult[]): string {
  const rows = maps.map((map) => [
    map.id.replaceAll("_", "."),
    map.filter,
    map.worstPercent < 1e-3 ? "< 0.001" : printedValue(Number(map.worstPercent.toPrecision(2))),
    isMapWithin(map) ? "within" : "**outside**",
    pyradiomicsFilter(map.filter),
    mirpMeetsMap(map.filter),
  ]);
  return `The largest difference of a voxel from the consensus map, in percent of the map's range; the standard allows ${mapTolerancePercent} %.

${markdownTable(["map", "filter", "largest difference, %", "verdict", "PyRadiomics", "MIRP"], rows)}`;
}

function filteredSection(all: readonly Comparison[]): string {
  const configurations = [...groupedBy(all, ({ dataset }) => dataset)].map(([dataset, ofDataset]) => {
    const filter = ofDataset[0].aggregation;
    const table = markdownTable(
      ["feature", "code", ...comparedHead],
      ofDataset.map((value) => [value.feature, value.code, ...comparedCells(value)]),
    );
    const others = `PyRadiomics has this filter: ${pyradiomicsFilter(filter)}. MIRP: yes.`;
    return foldedSection(`${dataset}, ${filter}: ${countWithin(ofDataset)}`, `${others}\n\n${table}`);
  });
  return `## IBSI-2, phase 2: statistics of filtered images

The CT phantom; A by slices as scanned, B in the volume, interpolated to 1 mm by cubic splines. Intensities from -1000 to
400 HU before filtering.

${configurations.join("\n\n")}`;
}
