import type { FeatureDefinition, FeatureFamily } from "../features/feature-definition.ts";
import { firstOrderFeatures } from "./first-order.ts";
import { glcmFeatures } from "./glcm.ts";
import { gldzmFeatures } from "./gldzm.ts";
import { glrlmFeatures } from "./glrlm.ts";
import { glszmFeatures } from "./glszm.ts";
import { intensityHistogramFeatures } from "./intensity-histogram.ts";
import { intensityVolumeHistogramFeatures } from "./intensity-volume-histogram.ts";
import { localIntensityFeatures } from "./local-intensity.ts";
import { morphologyFeatures } from "./morphology-features.ts";
import { ngldmFeatures } from "./ngldm.ts";
import { ngtdmFeatures } from "./ngtdm.ts";
import { shape2dFeatures, shape2dPixelFeatures } from "./shape2d.ts";
import { ultrasoundFeatures } from "./ultrasound-features.ts";

/** A family of radiomic features. */
export interface RadiomicFamily {
  /** As printed before the name of a feature. */
  readonly title: string;
  /** Code of the family in the IBSI reference manual; null where the standard has none. */
  readonly ibsi: string | null;
  /** Whether grey levels are binned first. */
  readonly discretised: boolean;
  /** Whether it is measured on filtered images and rings too, or once on the lesion as it is. */
  readonly ofAnyImage: boolean;
  /** Features by their key. */
  readonly features: Readonly<
    Record<string, Pick<FeatureDefinition<never>, "name" | "ibsi" | "unit" | "onRequest">>
  >;
}

/** All families that can be measured, with their features. */
export const catalogue = {
  firstOrder: {
    title: "First-order",
    ibsi: "UHIW",
    discretised: false,
    ofAnyImage: true,
    features: firstOrderFeatures,
  },
  histogram: {
    title: "Histogram",
    ibsi: "ZVCW",
    discretised: true,
    ofAnyImage: true,
    features: intensityHistogramFeatures,
  },
  intensityVolumeHistogram: {
    title: "Intensity-volume histogram",
    ibsi: "P88C",
    discretised: false,
    ofAnyImage: false,
    features: intensityVolumeHistogramFeatures,
  },
  localIntensity: {
    title: "Local intensity",
    ibsi: "9ST6",
    discretised: false,
    ofAnyImage: false,
    features: localIntensityFeatures,
  },
  morphology: {
    title: "Morphology",
    ibsi: "HCUG",
    discretised: false,
    ofAnyImage: false,
    features: morphologyFeatures,
  },
  shape2d: {
    title: "2-D shape",
    ibsi: null,
    discretised: false,
    ofAnyImage: false,
    features: shape2dFeatures,
  },
  shape2dPixels: {
    title: "2-D shape",
    ibsi: null,
    discretised: false,
    ofAnyImage: false,
    features: shape2dPixelFeatures,
  },
  ultrasound: {
    title: "Ultrasound",
    ibsi: null,
    discretised: false,
    ofAnyImage: false,
    features: ultrasoundFeatures,
  },
  glcm: { title: "GLCM", ibsi: "LFYI", discretised: true, ofAnyImage: true, features: glcmFeatures },
  glrlm: { title: "GLRLM", ibsi: "TP0I", discretised: true, ofAnyImage: true, features: glrlmFeatures },
  glszm: { title: "GLSZM", ibsi: "9SAK", discretised: true, ofAnyImage: true, features: glszmFeatures },
  gldzm: { title: "GLDZM", ibsi: "VMDZ", discretised: true, ofAnyImage: true, features: gldzmFeatures },
  ngtdm: { title: "NGTDM", ibsi: "IPET", discretised: true, ofAnyImage: true, features: ngtdmFeatures },
  ngldm: { title: "NGLDM", ibsi: "REK0", discretised: true, ofAnyImage: true, features: ngldmFeatures },
} satisfies Record<string, RadiomicFamily>;

/** Key of a family of the catalogue. */
export type FamilyName = keyof typeof catalogue;

/** The families of a profile: as in the catalogue, with features of their own. */
export type FamilyDefinitions = {
  readonly [Name in FamilyName]: Omit<RadiomicFamily, "features"> & {
    readonly features: FeatureFamily<InputOf<(typeof catalogue)[Name]["features"]>>;
  };
};

/** What the features of a family are computed from. */
type InputOf<Features> =
  Features extends Readonly<Record<string, FeatureDefinition<infer Input>>> ? Input : never;
