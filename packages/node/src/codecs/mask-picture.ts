import { countGreyLevels, InputError, type RasterSamples } from "@sentinode/core/radiomics";
import { mostLabels, severalLabels } from "./mask-labels.ts";

/** Colour differences that a JPEG of a grey picture shows are below this share of the full scale. */
const colourTolerance = 1 / 16;

/**
 * Refuses an outline painted over an image: one colour on black is a mask, colours among grey levels are not.
 *
 * @throws {InputError} Coloured pixels among others.
 */
export function refuseColours(raster: RasterSamples, file: string): void {
  const { samples, channels, bitDepth } = raster;
  if (channels < 3) return;
  const tolerance = colourTolerance * ((1 << bitDepth) - 1);
  let coloured = 0;
  const colours = new Set<number>();
  for (let at = 0; at < samples.length; at += channels) {
    const r = samples[at];
    const g = samples[at + 1];
    const b = samples[at + 2];
    if ((r !== g || g !== b) && Math.max(r, g, b) - Math.min(r, g, b) > tolerance) coloured++;
    if (colours.size < 3) colours.add((r * 65_536 + g) * 65_536 + b);
  }
  if (coloured === 0 || (colours.size === 2 && colours.has(0))) return;
  throw new InputError(
    `${file}: a mask needs one colour on black; got ${coloured} coloured pixels among others, as in an overlay painted over the image; export the mask alone, white on black`,
  );
}

/**
 * Refuses labels and tissue: soft edges leave most of the region at the largest level, labels are few whole numbers.
 *
 * @throws {InputError} Several labels, or many grey levels.
 */
export function refuseManyLevels(levels: Uint8Array | Uint16Array, file: string): void {
  const counts = new Map<number, number>();
  countGreyLevels(levels).forEach((count, level) => level > 0 && count > 0 && counts.set(level, count));
  if (counts.size < 2) return;
  const largest = Math.max(...counts.keys());
  if (largest <= mostLabels) throw severalLabels([...counts.keys()], file);
  let [between, core] = [0, 0];
  for (const [level, count] of counts) {
    if (level >= 0.9 * largest) core += count;
    else if (level > 0.1 * largest) between += count;
  }
  if (between > 2 * core)
    throw new InputError(
      `${file}: a mask needs two levels, background and lesion; got ${counts.size + 1} grey levels as in an image of tissue; name the mask's file, or give a threshold`,
    );
}
