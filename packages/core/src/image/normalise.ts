import { InputError } from "../errors.ts";
import { quantile } from "../math/quantiles.ts";
import { type Image } from "./image.ts";
import { type Normalisation } from "./resampling.ts";

/**
 * An image whose grey levels are comparable between machines and settings.
 *
 * @throws {InputError} The image has no tissue, or one intensity only.
 */
export function normaliseIntensities(image: Image, normalisation: Normalisation): Image {
  switch (normalisation.method) {
    case "z-score":
      return { ...image, values: zScores(image, normalisation) };
    case "gain":
      return { ...image, values: gainFree(image, normalisation) };
    case "depth":
      return { ...image, values: depthFree(image, normalisation) };
  }
}

type Method<Name> = Extract<Normalisation, { readonly method: Name }>;

/** As in PyRadiomics: the standard deviation is that of a sample, outliers are set to the limit. */
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
  return Float64Array.from(values, (x) => scale * Math.min(limit, Math.max(-limit, (x - mean) / deviation)));
}

/** Gain and dynamic range of a log-compressed image shift and stretch its levels: two percentiles take both out. */
function gainFree({ values }: Image, { lowerPercentile, upperPercentile }: Method<"gain">): Float64Array {
  const tissue = tissueOf(values);
  const [lower, upper] = [lowerPercentile, upperPercentile].map((percent) => quantile(tissue, percent / 100));
  if (!(upper > lower))
    throw new InputError(
      "normalisation of gain needs percentiles that differ; those of the tissue are equal; widen them",
    );
  return Float64Array.from(values, (x) => 255 * Math.min(1, Math.max(0, (x - lower) / (upper - lower))));
}

/**
 * Each row divided by the mean level of the tissue around its depth, times the mean of all: what time gain compensation
 * and attenuation do to whole rows goes, what differs within a row stays.
 */
function depthFree({ dimensions, values }: Image, { smoothing }: Method<"depth">): Float64Array {
  const [width, height, depth] = dimensions;
  const normalised = Float64Array.from(values);
  const half = Math.max(1, Math.round((smoothing * height) / 2));
  for (let z = 0; z < depth; z++) {
    const rows = rowSums(values, width, height, z * width * height);
    const all = rows.reduce((total, row) => ({
      sum: total.sum + row.sum,
      pixels: total.pixels + row.pixels,
    }));
    if (all.sum === 0)
      throw new InputError("normalisation of depth needs tissue; all pixels are 0; check the image");
    for (let y = 0; y < height; y++) {
      let [sum, pixels] = [0, 0];
      for (let row = Math.max(0, y - half); row <= Math.min(height - 1, y + half); row++) {
        sum += rows[row].sum;
        pixels += rows[row].pixels;
      }
      const factor = sum === 0 ? 1 : all.sum / all.pixels / (sum / pixels);
      const start = (z * height + y) * width;
      for (let x = 0; x < width; x++) normalised[start + x] *= factor;
    }
  }
  return normalised;
}

interface RowSum {
  readonly sum: number;
  readonly pixels: number;
}

function rowSums(values: Image["values"], width: number, height: number, start: number): RowSum[] {
  return Array.from({ length: height }, (_, y) => {
    let [sum, pixels] = [0, 0];
    for (let x = 0; x < width; x++) {
      const value = values[start + y * width + x];
      if (!(value > 0)) continue;
      sum += value;
      pixels++;
    }
    return { sum, pixels };
  });
}

/** Levels above 0: the surround of a frame is black. */
function tissueOf(values: Image["values"]): Float64Array {
  const tissue = Float64Array.from(values).filter((x) => x > 0 && Number.isFinite(x));
  if (tissue.length === 0)
    throw new InputError("normalisation of gain needs tissue; no pixel is above 0; check the image");
  return tissue;
}
