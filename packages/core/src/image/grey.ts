import { type Finding, InputError } from "../errors.ts";

/** Samples of a raster as a decoder gives them: row by row, the channels of a pixel side by side. */
export interface RasterSamples {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha (straight, not premultiplied). */
  readonly channels: 1 | 2 | 3 | 4;
  /** Samples lie in 0 .. 2^bitDepth - 1. */
  readonly bitDepth: 1 | 2 | 4 | 8 | 16;
  readonly samples: Uint8Array | Uint16Array;
}

/** Grey levels of a raster and what had to be done to get them. */
export interface GreyRaster {
  /** One level a pixel on the scale of the samples. */
  readonly values: Uint8Array | Uint16Array;
  readonly findings: readonly Finding[];
}

/**
 * Grey levels of a raster: opacity composites on black, colour becomes Rec. 601 luma, rounded once to whole levels.
 *
 * A pixel whose R, G and B are equal keeps exactly that level, so that a colour file of a grey image loses nothing.
 * Levels stay whole numbers because ultrasound is stored in them and binning counts them. Alpha is never dropped:
 * what a transparent border hides is not part of the picture.
 *
 * @returns Levels in 0 .. 2^bitDepth - 1; findings say how many pixels were coloured or not opaque.
 * @throws {InputError} The number of samples does not fit the size, or a sample is above the bit depth's maximum.
 * @source ITU-R BT.601-7, section 2.5.1: luma = 0.299 R + 0.587 G + 0.114 B.
 * @example greyFromSamples({ width: 1, height: 1, channels: 3, bitDepth: 8, samples: Uint8Array.of(255, 0, 0) }).values // => [76]
 */
export function greyFromSamples(raster: RasterSamples): GreyRaster {
  checkSamples(raster);
  const { bitDepth, samples } = raster;
  if (raster.channels > 1) return convertedSamples(raster);
  return { values: bitDepth > 8 ? new Uint16Array(samples) : new Uint8Array(samples), findings: [] };
}

function convertedSamples(raster: RasterSamples): GreyRaster {
  const { channels, bitDepth, samples } = raster;
  const full = (1 << bitDepth) - 1;
  const pixels = raster.width * raster.height;
  const values = bitDepth > 8 ? new Uint16Array(pixels) : new Uint8Array(pixels);
  const hasAlpha = channels === 2 || channels === 4;
  const [green, blue] = channels >= 3 ? [1, 2] : [0, 0];
  let [coloured, translucent] = [0, 0];
  for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += channels) {
    const r = samples[at];
    const g = samples[at + green];
    const b = samples[at + blue];
    const alpha = hasAlpha ? samples[at + channels - 1] : full;
    if (r === g && g === b && alpha === full) {
      values[pixel] = r;
      continue;
    }
    if (r !== g || g !== b) coloured++;
    if (alpha !== full) translucent++;
    // One rounding, in whole numbers: 1000 * luma * alpha stays below 2^53.
    values[pixel] = Math.floor(((299 * r + 587 * g + 114 * b) * alpha * 2 + 1000 * full) / (2000 * full));
  }
  return { values, findings: conversionFindings(coloured, translucent, pixels) };
}

function checkSamples({ width, height, channels, bitDepth, samples }: RasterSamples): void {
  const expected = width * height * channels;
  if (samples.length !== expected)
    throw new InputError(
      `a raster of ${width} × ${height} pixels and ${channels} channels needs ${expected} samples; got ${samples.length}`,
    );
  // An array whose type holds no larger value needs no look at its values.
  if (bitDepth === 8 * samples.BYTES_PER_ELEMENT) return;
  const full = (1 << bitDepth) - 1;
  for (let at = 0; at < samples.length; at++)
    if (samples[at] > full)
      throw new InputError(
        `samples of ${bitDepth} bits need values of at most ${full}; sample ${at} is larger; state the true bit depth`,
      );
}

function conversionFindings(coloured: number, translucent: number, pixels: number): Finding[] {
  const findings: Finding[] = [];
  if (translucent > 0)
    findings.push({
      code: "grey-alpha-composited",
      severity: "info",
      message: `${translucent} of ${pixels} pixels are not opaque; they were composited on black`,
    });
  if (coloured > 0)
    findings.push({
      code: "grey-from-colour",
      severity: "info",
      message: `${coloured} of ${pixels} pixels are coloured; grey is 0.299 R + 0.587 G + 0.114 B, rounded (Rec. 601)`,
    });
  return findings;
}
