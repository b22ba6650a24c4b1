import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Spacing } from "../../packages/core/src/image/image.ts";
import type { ultrasoundFeatures } from "../../packages/core/src/radiomics/ultrasound-features.ts";
import { extractRadiomics } from "../../packages/core/src/radiomics/extract.ts";
import { delongAuc } from "../../packages/core/src/validation/delong.ts";
import type { Estimate } from "../../packages/core/src/validation/estimate.ts";
import { readImage } from "../../packages/node/src/codecs/read-image.ts";
import { readMask } from "../../packages/node/src/codecs/read-mask.ts";
import { readReferenceTable } from "./reference-table.ts";

/** A lesion as readers described it, with its ultrasound features; null where one does not exist. */
export interface DescribedLesion {
  readonly words: Readonly<Record<string, string>>;
  readonly features: Readonly<Record<string, number | null>>;
}

/** The lesions of a folder with `study.csv` and `images/`; none where it is not there. */
export async function readDescribedLesions(folder: string): Promise<DescribedLesion[]> {
  const table = join(folder, "study.csv");
  const lesions: DescribedLesion[] = [];
  for (const words of existsSync(table) ? readReferenceTable(table) : []) {
    const { image } = await readImage(join(folder, "images", words["image"]));
    const { mask } = await readMask(join(folder, "images", words["mask"]));
    const size = Number(words["pixel_mm"]);
    const spacingMm: Spacing | null = size > 0 ? [size, size, size] : null;
    const features = extractRadiomics({ ...image, spacingMm }, mask, {
      families: ["ultrasound"],
      discretisations: [],
      aggregation: "averaged",
    });
    lesions.push({
      words,
      features: Object.fromEntries(features.map(({ source, value }) => [source.feature, value.value])),
    });
  }
  return lesions;
}

/** A feature that is expected to be higher in lesions of one word than in those of others. */
export interface Expectation {
  readonly feature: keyof typeof ultrasoundFeatures;
  readonly column: string;
  readonly higher: readonly string[];
  /** All other words where it is absent. */
  readonly lower?: readonly string[];
}

/** What the features are meant to measure, in the words of the BI-RADS lexicon as the table codes them. */
export const expectations: readonly Expectation[] = [
  { feature: "posteriorContrast", column: "posterior", higher: ["enhancement"], lower: ["shadowing"] },
  { feature: "shadowIndex", column: "posterior", higher: ["shadowing", "combined"] },
  { feature: "enhancementIndex", column: "posterior", higher: ["enhancement", "combined"] },
  {
    feature: "minimumSideDifference",
    column: "posterior",
    higher: ["enhancement", "no"],
    lower: ["shadowing"],
  },
  { feature: "marginSharpness", column: "margin_circumscribed", higher: ["1"] },
  { feature: "marginSharpness", column: "margin_indistinct", higher: ["0"] },
  { feature: "acutance", column: "margin_circumscribed", higher: ["1"] },
  { feature: "borderRoughness", column: "margin_spiculated", higher: ["1"] },
  { feature: "spiculation", column: "margin_spiculated", higher: ["1"] },
  { feature: "absoluteTurning", column: "margin_angular", higher: ["1"] },
  { feature: "concavities", column: "margin_microlobulated", higher: ["1"] },
  { feature: "ellipticNormalisedCircumference", column: "shape", higher: ["irregular"] },
  { feature: "echogenicity", column: "echogenicity", higher: ["hyperechoic"] },
  {
    feature: "echogenicityRank",
    column: "echogenicity",
    higher: ["isoechoic"],
    lower: ["hypoechoic", "anechoic"],
  },
  {
    feature: "lesionToFatContrast",
    column: "echogenicity",
    higher: ["hyperechoic", "isoechoic"],
    lower: ["hypoechoic", "anechoic"],
  },
  { feature: "anechoicShare", column: "echogenicity", higher: ["anechoic"] },
  { feature: "halo", column: "halo", higher: ["1"] },
];

/** The area under the ROC curve of a feature for a word, and how many lesions that is. */
export interface Agreement {
  readonly higher: number;
  readonly lower: number;
  readonly auc: Estimate;
}

/** Null where fewer than two lesions of either kind have the feature. */
export function agreementOf(lesions: readonly DescribedLesion[], expectation: Expectation): Agreement | null {
  const { feature, column, higher, lower } = expectation;
  const known = lesions.filter(({ words, features }) => {
    const word = words[column] ?? "";
    const isCompared = higher.includes(word) || (lower === undefined ? word !== "" : lower.includes(word));
    return isCompared && features[feature] !== null;
  });
  const isHigher = Uint8Array.from(known, ({ words }) => (higher.includes(words[column]) ? 1 : 0));
  const count = isHigher.reduce((sum, one) => sum + one, 0);
  if (count < 2 || known.length - count < 2) return null;
  const score = Float64Array.from(known, ({ features }) => features[feature]!);
  return { higher: count, lower: known.length - count, auc: delongAuc(isHigher, score) };
}
