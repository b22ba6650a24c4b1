import type { FilterDimensions } from "../../image/filters/image-filter.ts";
import type { FamilyName } from "../catalogue.ts";
import type { RadiomicsSettings } from "../settings.ts";
import { pyradiomicsFamilies } from "./families.ts";
import { type JudgedKey, accepted, passedOver, refused } from "./key-report.ts";
import { pyradiomicsClasses } from "./names.ts";
import type { ParameterDocument } from "./parameter-schema.ts";
import { isSet } from "./setting-keys.ts";

/** Families of a parameter file with what became of their keys. */
export interface TranslatedClasses {
  readonly families: Pick<RadiomicsSettings, "families" | "features">;
  readonly judged: readonly JudgedKey[];
}

const familyOfClass: ReadonlyMap<string, FamilyName> = new Map(
  Object.entries(pyradiomicsClasses)
    .filter(([family]) => family !== "histogram")
    .map(([family, name]) => [name, family as FamilyName]),
);

/** Features for which PyRadiomics 3 itself gives no value, by the one that says the same. */
const withoutValue: Readonly<Record<string, string>> = {
  "glcm.Homogeneity1": "Id",
  "glcm.Homogeneity2": "Idm",
  "gldm.DependencePercentage": "1 for every region",
  "gldm.GrayLevelNonUniformityNormalized": "firstorder Uniformity",
};

/**
 * The families and features that a parameter file asks for.
 *
 * @param dimensions Of the images: without any class, all are measured but the shape that does not fit them.
 */
export function translateFeatureClasses(
  { featureClass }: ParameterDocument,
  dimensions: FilterDimensions,
): TranslatedClasses {
  const wanted = Object.entries(
    isSet(featureClass) && Object.keys(featureClass).length > 0 ? featureClass : allClasses(dimensions),
  );
  const translated = wanted.map(([name, features]) => translateClass(name, features ?? []));
  const known = translated.flatMap(({ family, features }) => (family === null ? [] : [{ family, features }]));
  const chosen = known.filter(({ features }) => features.length > 0);
  return {
    families: {
      families: known.map(({ family }) => family),
      ...(chosen.length === 0
        ? {}
        : { features: Object.fromEntries(chosen.map(({ family, features }) => [family, features])) }),
    },
    judged: isSet(featureClass) ? translated.flatMap(({ judged }) => judged) : [],
  };
}

function allClasses(dimensions: FilterDimensions): Record<string, null> {
  const other = dimensions === 2 ? "shape" : "shape2D";
  return Object.fromEntries(
    [...familyOfClass.keys()].filter((name) => name !== other).map((name) => [name, null]),
  );
}

interface TranslatedClass {
  /** Null where nothing is measured of it. */
  readonly family: FamilyName | null;
  /** None: all. */
  readonly features: readonly string[];
  readonly judged: readonly JudgedKey[];
}

function translateClass(name: string, features: readonly string[]): TranslatedClass {
  const path = ["featureClass", name];
  const family = familyOfClass.get(name);
  if (family === undefined)
    return {
      family: null,
      features: [],
      judged: [refused(path, `classes are ${[...familyOfClass.keys()].join(", ")}`)],
    };
  const known = pyradiomicsFamilies[family].features;
  const isKnown = (feature: string) => Object.hasOwn(known, feature);
  const judged = features.flatMap((feature): JudgedKey[] => {
    if (isKnown(feature)) return [];
    const same = withoutValue[`${name}.${feature}`];
    return [
      same === undefined
        ? refused([...path, feature], "PyRadiomics 3 has no such feature; correct the spelling")
        : passedOver([...path, feature], `PyRadiomics 3 gives no value for it; the same as ${same}`),
    ];
  });
  const chosen = [...new Set(features)].filter(isKnown);
  const count = features.length === 0 ? "all features" : `${chosen.length} features`;
  return {
    family: features.length > 0 && chosen.length === 0 ? null : family,
    features: chosen,
    judged: [accepted(path, "honoured", `${count} of the family ${family}`), ...judged],
  };
}
