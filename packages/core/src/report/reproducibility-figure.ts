import { type Markish, ruleX, text, tickX } from "@observablehq/plot";
import {
  iccName,
  type FeatureReproducibility,
  type StudyReproducibility,
} from "../study/study-reproducibility.ts";
import { horizontalAxis } from "./axis.ts";
import { type DrawingDocument, drawPlot } from "./drawing.ts";
import type { ReportFigure } from "./figure.ts";
import { formatFixed } from "./format.ts";
import { EVENT_COLOURS, INK, MUTED } from "./palette.ts";

const ROW = 30;
const TOP = 26;
const BOTTOM = 46;

/** The features of one family. */
export interface FeatureGroup {
  readonly label: string;
  readonly features: readonly FeatureReproducibility[];
}

/** The intraclass correlation of every feature as a line in the row of its family; the limit is dashed. */
export function reproducibilityFigure(
  reproducibility: StudyReproducibility,
  document: DrawingDocument,
): ReportFigure {
  const { limit, features, patients, versions } = reproducibility;
  const groups = byFamily(features);
  const name = iccName(limit.form);
  const bound = limit.lowerBound
    ? " A feature counts as reproducible where the lower limit of its 95% interval reaches it too, so that some right of it do not."
    : "";
  const drawing = drawPlot(
    {
      marginLeft: 150,
      marginRight: 86,
      marginTop: TOP,
      marginBottom: BOTTOM,
      x: { domain: [0, 1] },
      y: { domain: [-0.5, groups.length - 0.5], reverse: true, axis: null },
      marks: marksOf(groups, limit.minimumIcc, name),
    },
    {
      label: `${name} of the radiomic features by family: ${groups.map(groupWords).join("; ")}`,
      width: 680,
      height: TOP + BOTTOM + ROW * groups.length,
    },
    document,
  );
  return {
    id: "reproducibility",
    title: "Reproducibility of the radiomic features",
    caption: `Each line is a feature: its ${name} over the images of ${patients} patients of the development set and their ${versions.length} perturbed versions. Values below 0 stand at 0. The dashed line is the limit of ${limit.minimumIcc}.${bound} Perturbations stand in for other examinations and other readers; they are neither.`,
    panels: [{ name: "reproducibility", drawing }],
    data: {
      columns: ["feature", "family", name, "lower", "upper", "reproducible"],
      rows: features.map(({ name: feature, family, icc, lower, upper, reproducible }) => [
        feature,
        family,
        icc,
        lower,
        upper,
        reproducible ? "yes" : "no",
      ]),
    },
  };
}

/** Features by family, in the order in which families appear. */
export function byFamily(features: readonly FeatureReproducibility[]): readonly FeatureGroup[] {
  return groupedBy(features, ({ family }) => familyLabel(family));
}

/** Features by a label, in the order in which labels appear. */
export function groupedBy(
  features: readonly FeatureReproducibility[],
  labelOf: (feature: FeatureReproducibility) => string,
): readonly FeatureGroup[] {
  const groups = new Map<string, FeatureReproducibility[]>();
  for (const feature of features) {
    const label = labelOf(feature);
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [feature]);
    else group.push(feature);
  }
  return [...groups].map(([label, members]) => ({ label, features: members }));
}

/**
 * A family as figures print it: abbreviations in capitals, other keys in words, the shape with its unit.
 *
 * @example familyLabel("firstOrder") // => "First order"
 * @example familyLabel("glcm") // => "GLCM"
 */
export function familyLabel(family: string): string {
  if (/^(gl|ng)[a-z]+m$/.test(family)) return family.toUpperCase();
  if (family === "shape2d") return "Shape (mm)";
  if (family === "shape2dPixels") return "Shape (pixels)";
  const words = family.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** How many features of a group are reproducible. */
export function reproducibleCount({ features }: FeatureGroup): number {
  return features.filter(({ reproducible }) => reproducible).length;
}

function groupWords(group: FeatureGroup): string {
  return `${group.label} ${reproducibleCount(group)} of ${group.features.length} reproducible`;
}

function marksOf(groups: readonly FeatureGroup[], minimum: number, name: string): Markish[] {
  const lines = groups.flatMap(({ features }, y) =>
    features.flatMap(({ icc, reproducible }) =>
      icc === null
        ? []
        : [{ x: Math.max(0, icc), y, colour: reproducible ? EVENT_COLOURS.none : EVENT_COLOURS.event }],
    ),
  );
  const words = { fill: INK, fontSize: 12 };
  const rows = groups.map((group, y) => ({ ...group, y }));
  return [
    ...horizontalAxis({
      label: name,
      ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
      tickText: (value) => formatFixed(value, 1),
    }),
    ruleX(lines, {
      x: "x",
      y1: ({ y }: { y: number }) => y - 0.32,
      y2: ({ y }: { y: number }) => y + 0.32,
      stroke: "colour",
      strokeOpacity: 0.55,
      strokeWidth: 1.4,
    }),
    tickX([minimum], { stroke: MUTED, strokeWidth: 1.4, strokeDasharray: "5 3" }),
    text(rows, { x: 0, y: "y", text: "label", textAnchor: "end", dx: -10, ...words }),
    text(rows, {
      x: 1,
      y: "y",
      text: (group: FeatureGroup) => `${reproducibleCount(group)} of ${group.features.length}`,
      textAnchor: "start",
      dx: 10,
      ...words,
    }),
  ];
}
