import { catalogue } from "../packages/core/src/radiomics/catalogue.ts";
import { type FeatureNames, featureNames } from "../packages/core/src/radiomics/feature-names.ts";

/** The page of names of features, in Markdown. */
export function featureNamesPage(): string {
  const features = featureNames();
  const sections = Object.entries(catalogue).flatMap(([family, { title, ibsi }]) => {
    const rows = features.filter((one) => one.family === family).map(rowOf);
    const code = ibsi === null ? "not of the IBSI" : `IBSI ${ibsi}`;
    return [`## ${title} (\`${family}\`, ${code})`, table(rows)];
  });
  return `${[introduction, ...sections].join("\n\n")}\n`;
}

const introduction = `# Names of features

What Sentinode's features are called by the Image Biomarker Standardisation Initiative, by PyRadiomics and by MIRP. The page is written by \`npm run feature-names\` from the catalogue and the tables of names in \`packages/core/src/radiomics\`; a test keeps it current. The names were checked with values: PyRadiomics' and MIRP's printed values of the same cases are met under these names.

- Files print a feature as \`family.feature\`, e.g. \`glcm.contrast.fbn32\`: before it stands a filter (\`log-2mm.\`), after it the binning. \`sentinode extract --names pyradiomics\` prints PyRadiomics' names instead, with the image first (\`original_glcm_Contrast\`, \`wavelet-LH_firstorder_Mean\`, \`log-sigma-2-0-mm-3D_…\` for a sigma that a parameter file has as 2.0), and ours where PyRadiomics has no such feature or image, defines it otherwise, or would print one name for several columns. \`--names ibsi\` puts the IBSI code before our name.
- MIRP adds neighbours, distance and binning to its names, e.g. \`cm_contrast_d1_3d_avg_fbn_n32\`.
- \`profile: pyradiomics\` in a settings file, \`--profile pyradiomics\`, or a PyRadiomics parameter file as settings measures PyRadiomics' own features in its own definitions, under its own names as keys (\`glcm.Contrast\`). It adds to those below \`firstorder_TotalEnergy\`, \`firstorder_StandardDeviation\`, \`glcm_MCC\`, \`shape_Maximum2DDiameterSlice\`, \`…Row\`, \`…Column\` and \`shape2D_SphericalDisproportion\`.
- A dash: no such feature there.`;

function rowOf(feature: FeatureNames): string[] {
  const { pyradiomics, pyradiomicsDiffers } = feature;
  const other = pyradiomicsDiffers === null ? "" : ` (${pyradiomicsDiffers})`;
  return [
    `\`${feature.feature}\``,
    feature.name,
    feature.unit,
    feature.ibsi ?? "–",
    pyradiomics === null ? "–" : `\`${pyradiomics}\`${other}`,
    feature.mirp === null ? "–" : `\`${feature.mirp}\``,
  ];
}

/** A table whose columns are padded, as the formatter of the project leaves it. */
function table(rows: readonly (readonly string[])[]): string {
  const head = ["feature", "in words", "unit", "IBSI", "PyRadiomics", "MIRP"];
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column].length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}
