import { InputError } from "../errors.ts";
import { quantile } from "../math/quantiles.ts";
import type { Image } from "./image.ts";
import { flattenDepths } from "./normalise-depth.ts";
import type { Normalisation } from "./resampling.ts";

/**
 * An image whose grey levels are comparable between machines and settings.
 *
 * @returns z-score: the same for a x + b in place of x, a > 0. Gain: 0 to 255, the same for a x + b of the tissue over a
 *   black surround. Depth: percent of the usual level of the row, the same for x times a factor of the row that grows
 *   or decays exponentially with depth.
 * @throws {InputError} The image has no tissue, or one intensity only.
 * @source z-score: PyRadiomics' normalizeImage. Gain and depth are our own, since a B-mode level has no unit: gain and
 *   dynamic range shift and stretch log-compressed levels; attenuation and time gain compensation act row by row.
 */
export function normaliseIntensities(image: Image, normalisation: Normalisation): Image {
  switch (normalisation.method) {
    case "z-score":
      return { ...image, values: zScores(image, normalisation) };
    case "gain":
      return { ...image, values: spreadLevels(image, normalisation) };
    case "depth":
      return { ...image, values: flattenDepths(image, normalisation.smoothing) };
  }
}

type Method<Name> = Extract<Normalisation, { readonly method: Name }>;

/** As in PyRadiomics: the standard deviation is that of a sample, outliers are set to the limit, then comes the scale. */
function zScores({ values }: Image, { scale, outlierSigmas }: Method<"z-score">): Float64Array {
  let [count, sum] = [0, 0];
  for (let p = 0; p < values.length; p++)
    if (Number.isFinite(values[p])) {
      count++;
      sum += values[p];
    }
  const mean = sum / count;
  let squares = 0;
  for (let p = 0; p < values.length; p++)
    if (Number.isFinite(values[p])) squares += (values[p] - mean) * (values[p] - mean);
  const deviation = Math.sqrt(squares / (count - 1));
  if (!(deviation > 0))
    throw new InputError("normalisation needs intensities that differ; the image has one; check the image");
  const limit = outlierSigmas ?? Infinity;
  const scores = new Float64Array(values.length);
  for (let p = 0; p < values.length; p++)
    scores[p] = scale * Math.min(limit, Math.max(-limit, (values[p] - mean) / deviation));
  return scores;
}

/** Two percentiles of the tissue become 0 and 255; beyond them levels are clipped. */
function spreadLevels({ values }: Image, { lowerPercentile, upperPercentile }: Method<"gain">): Float64Array {
  const tissue = tissueOf(values);
  const [lower, upper] = [lowerPercentile, upperPercentile].map((percent) => quantile(tissue, percent / 100));
  if (!(upper > lower))
    throw new InputError(
      `normalisation of gain needs percentiles that differ; the ${lowerPercentile}th and the ${upperPercentile}th of the tissue are equal; choose others`,
    );
  const levels = new Float64Array(values.length);
  for (let p = 0; p < values.length; p++)
    levels[p] = 255 * Math.min(1, Math.max(0, (values[p] - lower) / (upper - lower)));
  return levels;
}

/** Levels above 0: the surround of a frame is black. */
function tissueOf(values: Image["values"]): Float64Array {
  const tissue = Float64Array.from(values).filter((x) => x > 0 && Number.isFinite(x));
  if (tissue.length === 0)
    throw new InputError("normalisation of gain needs tissue; no pixel is above 0; check the image");
  return tissue;
}
