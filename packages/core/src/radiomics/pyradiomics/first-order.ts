import type { FeatureDefinition } from "../../features/feature-definition.ts";
import { type IntensityStatistics, firstOrderFeatures } from "../first-order.ts";
import { pyradiomicsNames } from "./names.ts";

type Definition = FeatureDefinition<IntensityStatistics>;

const plain: Record<string, Definition> = Object.fromEntries(
  Object.entries(pyradiomicsNames.firstOrder).map(([key, name]) => [
    name,
    { ...firstOrderFeatures[key as keyof typeof firstOrderFeatures], name },
  ]),
);

/** Sum of (x + c)², c being the shift that makes Hounsfield units positive. */
function shiftedEnergy({ distribution, pixels, shift }: IntensityStatistics): number {
  return distribution.energy + 2 * shift * distribution.mean * pixels + shift * shift * pixels;
}

/** First-order features as PyRadiomics defines them; entropy and uniformity are of the binned levels. */
export const firstOrderOfPyradiomics: Readonly<Record<string, Definition>> = {
  ...plain,
  Skewness: { ...plain["Skewness"], compute: ({ distribution }) => distribution.skewness ?? 0 },
  Kurtosis: {
    ...plain["Kurtosis"],
    ibsi: null,
    compute: ({ distribution }) =>
      distribution.excessKurtosis === null ? 0 : distribution.excessKurtosis + 3,
  },
  StandardDeviation: {
    name: "StandardDeviation",
    ibsi: null,
    unit: "grey level",
    onRequest: true,
    compute: ({ distribution }) => Math.sqrt(distribution.variance),
  },
  Energy: { ...plain["Energy"], compute: shiftedEnergy },
  RootMeanSquared: {
    ...plain["RootMeanSquared"],
    compute: (s) => Math.sqrt(shiftedEnergy(s) / s.pixels),
  },
  TotalEnergy: {
    name: "TotalEnergy",
    ibsi: null,
    unit: "grey level² mm³",
    undefinedWhen: "the image states no spacing",
    compute: (s) => (s.pixelVolumeMm3 === null ? null : shiftedEnergy(s) * s.pixelVolumeMm3),
  },
  Entropy: { name: "Entropy", ibsi: "TLU2", unit: "bit", compute: (s) => s.histogram().entropy },
  Uniformity: { name: "Uniformity", ibsi: "BJ5W", unit: "1", compute: (s) => s.histogram().uniformity },
};
