import { type FamilyName, type RadiomicFamily, catalogue } from "./catalogue.ts";
import type { FeatureColumn } from "./feature-columns.ts";
import { mirpNames } from "./mirp-names.ts";
import { otherDefinitions, pyradiomicsClasses, pyradiomicsNames } from "./pyradiomics/names.ts";
import { pyradiomicsName } from "./pyradiomics/printed-name.ts";

/** What a feature is called here and elsewhere; null where it has no name there. */
export interface FeatureNames {
  /** Keys of the catalogue; files print them as `family.feature`. */
  readonly family: FamilyName;
  readonly feature: string;
  /** In words. */
  readonly name: string;
  readonly unit: string;
  readonly ibsi: string | null;
  /** With its class, e.g. `glcm_Contrast`; before it goes the image, e.g. `original_`. */
  readonly pyradiomics: string | null;
  /** How PyRadiomics' values differ; null: not at all. */
  readonly pyradiomicsDiffers: string | null;
  /** Without what MIRP adds for neighbours, distance and binning. */
  readonly mirp: string | null;
}

/**
 * The names of all features of the catalogue.
 *
 * @example featureNames().find(({ feature }) => feature === "coarseness")?.pyradiomics // => "ngtdm_Coarseness"
 */
export function featureNames(): FeatureNames[] {
  const families = Object.entries(catalogue) as [FamilyName, RadiomicFamily][];
  const names: Readonly<Partial<Record<FamilyName, Readonly<Record<string, string>>>>> = pyradiomicsNames;
  return families.flatMap(([family, { features }]) =>
    Object.entries(features).map(([feature, { name, unit, ibsi }]): FeatureNames => {
      const pyradiomics = names[family]?.[feature];
      return {
        family,
        feature,
        name,
        unit,
        ibsi,
        pyradiomics: pyradiomics === undefined ? null : `${pyradiomicsClasses[family]!}_${pyradiomics}`,
        pyradiomicsDiffers: otherDefinitions[family]?.[feature] ?? null,
        mirp: mirpNames[family]?.[feature] ?? null,
      };
    }),
  );
}

/** Whose names columns have: ours, ours after the IBSI code, or PyRadiomics'. */
export type NameScheme = "sentinode" | "ibsi" | "pyradiomics";

/**
 * The names of columns, all different: ours where a scheme has none, or one name for several of them.
 *
 * @param columns Of one extraction.
 */
export function columnNames(columns: readonly FeatureColumn[], scheme: NameScheme): string[] {
  const wanted = columns.map(({ name, source }) => {
    if (scheme === "pyradiomics") return pyradiomicsName(source);
    return scheme === "ibsi" && source.ibsi !== null ? `${source.ibsi}.${name}` : null;
  });
  const counts = new Map<string, number>();
  for (const name of wanted) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  return columns.map(({ name }, k) => {
    const other = wanted[k];
    return other !== null && counts.get(other) === 1 ? other : name;
  });
}
