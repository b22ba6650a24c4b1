import type { FeatureDefinition } from "../features/feature-definition.ts";
import type { UltrasoundScene } from "./ultrasound.ts";

/** Standard deviations of the tissue within R of the lesion. */
const spreads = { ibsi: null, unit: "SD" };
const one = { ibsi: null, unit: "1" };
const ofBorder = { ...one, undefinedWhen: "the region has too few pixels for its border to be followed" };
const noTissue = "too little tissue is seen around the lesion, or it has one grey level";
const noPosterior = "too little tissue is seen behind and beside the lesion to compare";
const noBeside = "too little tissue is seen beside the lesion to compare";
const noSuperficial = "too little tissue is seen between the skin and the lesion";
const noMargin = "less than half of the border has tissue on both sides";

/**
 * Features of the words with which readers describe a lesion in B-mode ultrasound. The IBSI has none of them. Each
 * follows a published idea, in units that do not depend on the machine's settings where the publication's do.
 *
 * @source ACR BI-RADS Atlas, 5th edition 2013, ultrasound lexicon: orientation, margin, echo pattern, posterior features.
 */
export const ultrasoundFeatures = {
  /**
   * Mean level of the region behind the lesion minus that of the strips beside it at the same depth: below 0 a shadow,
   * above 0 enhancement. The region is a radius deep, below the columns in which the lesion is thick.
   *
   * @source Horsch et al. 2002, Medical Physics 29:157-164 (posterior acoustic behaviour, there in grey levels).
   */
  posteriorContrast: {
    name: "posterior contrast",
    ...spreads,
    undefinedWhen: noPosterior,
    compute: ({ posterior }) => posterior?.contrast ?? null,
  },
  /**
   * The lesser of the differences from the left and from the right strip.
   *
   * @source Horsch et al. 2002, Medical Physics 29:157-164 (minimum side difference).
   */
  minimumSideDifference: {
    name: "minimum side difference of posterior echoes",
    ...spreads,
    undefinedWhen: noPosterior,
    compute: ({ posterior }) => posterior?.minimumSideDifference ?? null,
  },
  /** By how much the darkest third of the columns behind the lesion is darker than the strips: large for a shadow. */
  shadowIndex: {
    name: "posterior shadow index",
    ...spreads,
    undefinedWhen: noPosterior,
    compute: ({ posterior }) => (posterior === null ? null : -posterior.darkest),
  },
  /** By how much the brightest third is brighter: large for enhancement; with a shadow index, a combined pattern. */
  enhancementIndex: {
    name: "posterior enhancement index",
    ...spreads,
    undefinedWhen: noPosterior,
    compute: ({ posterior }) => posterior?.brightest ?? null,
  },
  /**
   * Depth over width of the lesion's box, above 0: above 1 taller than wide.
   *
   * @source Stavros et al. 1995, Radiology 196:123-134; Horsch et al. 2002, Medical Physics 29:157-164.
   */
  depthToWidthRatio: {
    name: "depth over width",
    ...one,
    compute: ({ orientation }) => orientation.depthToWidth,
  },
  /** Angle between the major axis and the skin line in [0, 90]: 0 parallel, 90 not parallel in BI-RADS' sense. */
  majorAxisAngle: {
    name: "angle of the major axis to the skin",
    ibsi: null,
    unit: "°",
    undefinedWhen: "no axis of the region is longer than the other",
    compute: ({ orientation }) => orientation.majorAxisAngle,
  },
  /**
   * Mean level of a strip just outside the border minus that of one just inside, each a quarter of R wide.
   *
   * @source Shen et al. 2007, Academic Radiology 14:928-939 (lesion boundary, there in grey levels of fixed strips).
   */
  marginContrast: {
    name: "margin contrast",
    ...spreads,
    undefinedWhen: noMargin,
    compute: ({ margin }) => margin?.contrast ?? null,
  },
  /** Standard deviation of that difference over 64 sectors of the border. */
  marginContrastVariation: {
    name: "variation of the margin contrast",
    ...spreads,
    undefinedWhen: noMargin,
    compute: ({ margin }) => margin?.contrastVariation ?? null,
  },
  /** Steepest rise over a tenth of R along the outward normal, near the outline that was drawn; mean of 64 sectors. */
  marginSharpness: {
    name: "margin sharpness",
    ...spreads,
    undefinedWhen: noMargin,
    compute: ({ margin }) => margin?.sharpness ?? null,
  },
  /** The same of the sector at the lower quartile: how sharp the less distinct parts of the margin are. */
  weakMarginSharpness: {
    name: "margin sharpness, lower quartile",
    ...spreads,
    undefinedWhen: noMargin,
    compute: ({ margin }) => margin?.weakSharpness ?? null,
  },
  /**
   * Root mean square over the border of the change along its normal, near pixels weighing more; at least 0.
   *
   * @source After Rangayyan et al. 1997, IEEE TMI 16:799-810 (acutance of mammographic masses), in other units.
   */
  acutance: {
    name: "acutance",
    ...spreads,
    undefinedWhen: noMargin,
    compute: ({ margin }) => margin?.acutance ?? null,
  },
  /**
   * Sum over the border of the grey level's gradient along the direction from the centre, over the sum of its lengths: in
   * [-1, 1], near 1 for a dark lesion with a border that is seen all around, about 0 where none is seen.
   *
   * @source Horsch et al. 2002, Medical Physics 29:157-164.
   */
  normalisedRadialGradient: {
    name: "normalised radial gradient",
    ...one,
    undefinedWhen: "the grey level does not change along the border",
    compute: ({ radialGradient }) => radialGradient,
  },
  /** Mean level of the rim outside the lateral borders minus that of the tissue further out: above 0 echogenic. */
  halo: {
    name: "echogenic halo",
    ...spreads,
    undefinedWhen: "too little tissue is seen lateral to the lesion",
    compute: ({ margin }) => margin?.halo ?? null,
  },
  /** Mean level of the lesion minus that of the tissue beside it, row by row: below 0 hypoechoic. */
  echogenicity: {
    name: "echogenicity against the tissue beside",
    ...spreads,
    undefinedWhen: noBeside,
    compute: ({ echoes }) => echoes?.beside ?? null,
  },
  /** Chance that a pixel of the lesion is brighter than one of the tissue beside it, in [0, 1]; the same for any grey map. */
  echogenicityRank: {
    name: "chance of being brighter than the tissue beside",
    ...one,
    undefinedWhen: noBeside,
    compute: ({ echoes }) => echoes?.rank ?? null,
  },
  /** Mean level of the lesion over the median of the layer between skin and lesion, mostly subcutaneous fat. */
  lesionToFatRatio: {
    name: "lesion to fat ratio",
    ...one,
    undefinedWhen: noSuperficial,
    compute: ({ echoes }) => echoes?.overFat ?? null,
  },
  /** Mean level of the lesion minus that median; unlike the ratio, it does not change with an offset of the levels. */
  lesionToFatContrast: {
    name: "lesion to fat contrast",
    ...spreads,
    undefinedWhen: noSuperficial,
    compute: ({ echoes }) => echoes?.minusFat ?? null,
  },
  /** Share of the lesion that is darker than the 5th percentile of the tissue around, in [0, 1]; near 1 for a simple cyst. */
  anechoicShare: {
    name: "anechoic share",
    ...one,
    undefinedWhen: noTissue,
    compute: ({ echoes }) => echoes?.anechoicShare ?? null,
  },
  /** Interquartile range of the lesion over that of the tissue around, at least 0. */
  heterogeneity: {
    name: "heterogeneity against the tissue around",
    ...one,
    undefinedWhen: noTissue,
    compute: ({ echoes }) => echoes?.heterogeneity ?? null,
  },
  /** Rise of the level from the border to the innermost pixel by a straight line over the depth below the border. */
  inwardRise: {
    name: "rise of the level from border to centre",
    ...spreads,
    undefinedWhen: "the tissue around has no spread, or all pixels of the lesion are as deep",
    compute: ({ echoes }) => echoes?.inwards ?? null,
  },
  /**
   * Amplitude of the harmonics 2 to 5 of the border as a complex curve, over that of its circle; at least 0.
   *
   * @source Persoon & Fu 1977, IEEE Transactions on Systems, Man and Cybernetics 7:170-179 (Fourier descriptors).
   */
  lobulation: {
    name: "lobulation of the border",
    ...ofBorder,
    compute: ({ border }) => border?.lobulation ?? null,
  },
  /** Amplitude of the harmonics 6 to 40 over that of its circle; at least 0. */
  spiculation: {
    name: "spiculation of the border",
    ...ofBorder,
    compute: ({ border }) => border?.spiculation ?? null,
  },
  /** By which share details smaller than a fifth of R lengthen the border, a fractal measure of two scales; 0.02 for a disc. */
  borderRoughness: {
    name: "roughness of the border",
    ...ofBorder,
    compute: ({ border }) => border?.roughness ?? null,
  },
  /** How often the border turns around in total, in full turns: at least 1, its value where the border is convex. */
  absoluteTurning: {
    name: "absolute turning of the border",
    ...ofBorder,
    compute: ({ border }) => border?.turning ?? null,
  },
  /** Stretches of the border that turn inwards by more than 20 degrees. */
  concavities: {
    name: "concavities of the border",
    ...ofBorder,
    compute: ({ border }) => border?.concavities ?? null,
  },
  /**
   * Length of the border over the circumference of the ellipse of the same area and axes: 1 for an ellipse.
   *
   * @source Chen et al. 2003, Radiology 226:504-514 (elliptic-normalised circumference).
   */
  ellipticNormalisedCircumference: {
    name: "elliptic-normalised circumference",
    ...ofBorder,
    compute: ({ border }) => border?.ellipticCircumference ?? null,
  },
} satisfies Record<string, FeatureDefinition<UltrasoundScene>>;
