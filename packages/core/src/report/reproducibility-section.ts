import { median } from "../math/statistics.ts";
import {
  iccName,
  type FeatureReproducibility,
  type StudyReproducibility,
} from "../study/study-reproducibility.ts";
import type { DrawingDocument } from "./drawing.ts";
import { formatCount, formatFixed, formatPercent } from "./format.ts";
import { element, type Html } from "./html.ts";
import type { Numbering } from "./numbering.ts";
import {
  byFamily,
  type FeatureGroup,
  groupedBy,
  reproducibilityFigure,
  reproducibleCount,
} from "./reproducibility-figure.ts";
import type { PrintedTable } from "./table.ts";
import { counted } from "./words.ts";

/** How reproducible the features are: in a sentence, drawn, by image and by perturbation. */
export function reproducibilitySection(
  reproducibility: StudyReproducibility,
  numbering: Numbering,
  document: DrawingDocument,
): readonly (Html | null)[] {
  const { features, limit, versions, patients } = reproducibility;
  const kept = features.filter(({ reproducible }) => reproducible).length;
  const bound = limit.lowerBound ? "with its lower limit " : "";
  return [
    element`<p>
      ${formatCount(kept)} of ${counted(features.length, "radiomic feature")}
      (${formatPercent(kept / features.length, 0)}) reach an ${iccName(limit.form)} of
      ${limit.minimumIcc} ${bound}over ${counted(versions.length, "perturbed version")} of the images of
      ${counted(patients, "patient")} of the development set. Every fit asks its own training patients, so that
      what a fold leaves out may differ.
    </p>
`,
    numbering.figure(reproducibilityFigure(reproducibility, document)),
    numbering.table(imageTable(reproducibility)),
    numbering.table(versionTable(reproducibility)),
  ];
}

/** Of features of the image itself and of filtered images and rings; null where there is the image alone. */
function imageTable({ features, limit }: StudyReproducibility): PrintedTable | null {
  const groups = groupedBy(features, ({ image }) => image);
  if (groups.length < 2) return null;
  return {
    id: "reproducibility-images",
    title: "Reproducible features by image",
    columns: ["Image", "Features", "Reproducible", `Median ${iccName(limit.form)}`],
    rows: groups.map((group) => ({
      kind: "row" as const,
      cells: [
        group.label,
        formatCount(group.features.length),
        formatCount(reproducibleCount(group)),
        formatFixed(medianOf(group.features.map(({ icc }) => icc)), 2),
      ],
    })),
    note: "Images are those that the settings filter; a ring is the tissue around the lesion.",
  };
}

/** Which perturbation harms which family. */
function versionTable({ features, limit, versions }: StudyReproducibility): PrintedTable {
  const families = byFamily(features);
  const all: FeatureGroup = { label: "All", features };
  return {
    id: "reproducibility-perturbations",
    title: `Median ${iccName(limit.form)} of the image and one perturbed version`,
    columns: ["Version", "Features that reach the limit", "All", ...families.map(({ label }) => label)],
    rows: versions.map((version, at) => ({
      kind: "row" as const,
      cells: [
        version.slice(0, 1).toUpperCase() + version.slice(1),
        formatCount(features.filter((feature) => (versionIcc(feature, at) ?? -1) >= limit.minimumIcc).length),
        ...[all, ...families].map((group) =>
          formatFixed(medianOf(group.features.map((feature) => versionIcc(feature, at))), 2),
        ),
      ],
    })),
    note: "Of features whose correlation exists: values of the patients must differ.",
  };
}

function versionIcc({ byVersion }: FeatureReproducibility, at: number): number | null {
  return byVersion[at] ?? null;
}

function medianOf(values: readonly (number | null)[]): number | null {
  const present = values.filter((value) => value !== null);
  return present.length === 0 ? null : median(present);
}
