import type { FeatureDefinition } from "../../features/feature-definition.ts";
import { type FamilyDefinitions, catalogue } from "../catalogue.ts";
import type { Cooccurrence } from "../cooccurrence.ts";
import { glcmFeatures } from "../glcm.ts";
import { glrlmFeatures } from "../glrlm.ts";
import { glszmFeatures } from "../glszm.ts";
import { maximalCorrelation } from "../maximal-correlation.ts";
import type { Morphology } from "../morphology.ts";
import { morphologyFeatures } from "../morphology-features.ts";
import { ngldmFeatures } from "../ngldm.ts";
import { type ToneDifferences, ngtdmFeatures } from "../ngtdm.ts";
import { type Shape2d, shape2dFeatures } from "../shape2d.ts";
import { firstOrderOfPyradiomics } from "./first-order.ts";
import { pyradiomicsNames } from "./names.ts";

/** Features under PyRadiomics' names, which are their keys. */
function renamed<Input>(
  ours: Readonly<Record<string, FeatureDefinition<Input>>>,
  names: Readonly<Record<string, string>>,
  onRequest: readonly string[] = [],
): Record<string, FeatureDefinition<Input>> {
  return Object.fromEntries(
    Object.entries(names).map(([key, name]) => [
      name,
      { ...ours[key], name, ...(onRequest.includes(name) ? { onRequest: true as const } : {}) },
    ]),
  );
}

/** A value that PyRadiomics gives by convention where the IBSI defines none. */
function orElse<Input>(
  definition: FeatureDefinition<Input>,
  convention: number,
): Pick<FeatureDefinition<Input>, "compute"> {
  return { compute: (input) => definition.compute(input) ?? convention };
}

const lengthOfPopulation = (axis: 0 | 1 | 2) => (m: Morphology) => 4 * Math.sqrt(m.axisVariances()[axis]);
const shape = renamed<Morphology>(morphologyFeatures, pyradiomicsNames.morphology, [
  "Compactness1",
  "Compactness2",
  "SphericalDisproportion",
]);
const glcm = renamed<Cooccurrence>(glcmFeatures, pyradiomicsNames.glcm, ["Dissimilarity", "SumVariance"]);
const shape2d = renamed<Shape2d>(shape2dFeatures, pyradiomicsNames.shape2d);
const inverse = (value: number | null) => (value === null ? null : 1 / value);
const ngtdm = renamed<ToneDifferences>(ngtdmFeatures, pyradiomicsNames.ngtdm);

/**
 * The families in PyRadiomics' definitions, under PyRadiomics' names: what it computes by default.
 *
 * Where a region has one grey level it gives values by convention; they are given here too, since studies are moved to
 * Sentinode with their numbers.
 *
 * @source PyRadiomics 3, source of the feature classes.
 */
export const pyradiomicsFamilies: FamilyDefinitions = {
  ...catalogue,
  firstOrder: { ...catalogue.firstOrder, discretised: true, features: firstOrderOfPyradiomics },
  morphology: {
    ...catalogue.morphology,
    features: {
      ...shape,
      MajorAxisLength: { ...shape["MajorAxisLength"], ibsi: null, compute: lengthOfPopulation(0) },
      MinorAxisLength: { ...shape["MinorAxisLength"], ibsi: null, compute: lengthOfPopulation(1) },
      LeastAxisLength: { ...shape["LeastAxisLength"], ibsi: null, compute: lengthOfPopulation(2) },
      ...Object.fromEntries(
        (["slice", "row", "column"] as const).map((plane) => {
          const name = `Maximum2DDiameter${plane[0].toUpperCase()}${plane.slice(1)}`;
          return [
            name,
            { name, ibsi: null, unit: "mm", compute: (m: Morphology) => m.planeDiameters()[plane] },
          ];
        }),
      ),
    },
  },
  shape2d: {
    ...catalogue.shape2d,
    features: {
      ...shape2d,
      SphericalDisproportion: {
        name: "SphericalDisproportion",
        ibsi: null,
        unit: "1",
        onRequest: true,
        compute: (s) => inverse(shape2d["Sphericity"].compute(s)),
      },
    },
  },
  glcm: {
    ...catalogue.glcm,
    features: {
      ...glcm,
      Correlation: { ...glcm["Correlation"], ...orElse(glcm["Correlation"], 1) },
      Imc1: { ...glcm["Imc1"], ...orElse(glcm["Imc1"], 0) },
      MCC: {
        name: "MCC",
        ibsi: null,
        unit: "1",
        undefinedWhen: "more than 1024 grey levels occur",
        compute: (m) => maximalCorrelation(m.pairs),
      },
    },
  },
  glrlm: { ...catalogue.glrlm, features: renamed(glrlmFeatures, pyradiomicsNames.glrlm) },
  glszm: { ...catalogue.glszm, features: renamed(glszmFeatures, pyradiomicsNames.glszm) },
  ngldm: { ...catalogue.ngldm, features: renamed(ngldmFeatures, pyradiomicsNames.ngldm) },
  ngtdm: {
    ...catalogue.ngtdm,
    features: {
      ...ngtdm,
      Coarseness: {
        ...ngtdm["Coarseness"],
        compute: (m) => Math.min(1e6, ngtdm["Coarseness"].compute(m) ?? 1e6),
      },
      Contrast: { ...ngtdm["Contrast"], ...orElse(ngtdm["Contrast"], 0) },
      Busyness: { ...ngtdm["Busyness"], ...orElse(ngtdm["Busyness"], 0) },
      Strength: { ...ngtdm["Strength"], ...orElse(ngtdm["Strength"], 0) },
    },
  },
};
