import type { RasterSamples } from "@sentinode/core/radiomics";
import { damagedImage } from "./decoded-image.ts";
import type { PngStructure } from "./png-structure.ts";

type Samples = Uint8Array | Uint16Array;

/**
 * Turns stored samples into grey or colour: resolves palettes, spreads 1, 2 and 4 bits over 0..255, and turns a
 * transparent colour into alpha.
 *
 * @param stored Samples as stored, row by row.
 * @throws {FormatError} A pixel refers to a colour that the palette does not have.
 * @source W3C PNG specification (third edition), sections 11.2.2, 11.3.1 and 13.12.
 */
export function expandPngSamples(png: PngStructure, stored: Samples, file: string): RasterSamples {
  const { width, height, bitDepth, transparency } = png;
  const size = { width, height };
  if (png.colour === "palette") return { ...size, bitDepth: 8, ...resolvedPalette(png, stored, file) };
  const depth = bitDepth === 16 ? 16 : 8;
  const key = transparentColour(png);
  const samples = bitDepth < 8 ? stored.map((sample) => (sample * 255) / ((1 << bitDepth) - 1)) : stored;
  if (transparency !== null && key !== null && key.length <= 3)
    return {
      ...size,
      bitDepth: depth,
      channels: key.length === 1 ? 2 : 4,
      samples: withAlpha(samples, stored, key),
    };
  const channels = { grey: 1, "grey-alpha": 2, rgb: 3, "rgb-alpha": 4 } as const;
  return { ...size, bitDepth: depth, channels: channels[png.colour], samples };
}

function resolvedPalette(
  { palette, transparency }: PngStructure,
  stored: Samples,
  file: string,
): Pick<RasterSamples, "channels" | "samples"> {
  const colours = palette ?? new Uint8Array(0);
  const channels = transparency === null ? 3 : 4;
  const samples = new Uint8Array(stored.length * channels);
  for (let pixel = 0; pixel < stored.length; pixel++) {
    const entry = stored[pixel];
    if (3 * entry >= colours.length)
      throw damagedImage(
        file,
        "PNG",
        `a pixel refers to colour ${entry} of a palette of ${colours.length / 3}`,
      );
    for (let channel = 0; channel < 3; channel++)
      samples[pixel * channels + channel] = colours[3 * entry + channel];
    if (transparency !== null) samples[pixel * channels + 3] = transparency[entry] ?? 255;
  }
  return { channels, samples };
}

/** The stored colour that is transparent, or null. */
function transparentColour({ colour, transparency }: PngStructure): number[] | null {
  const channels = colour === "grey" ? 1 : colour === "rgb" ? 3 : 0;
  if (transparency === null || channels === 0 || transparency.length !== 2 * channels) return null;
  return Array.from(
    { length: channels },
    (_, channel) => (transparency[2 * channel] << 8) | transparency[2 * channel + 1],
  );
}

function withAlpha(samples: Samples, stored: Samples, key: readonly number[]): Samples {
  const pixels = stored.length / key.length;
  const wide = samples instanceof Uint16Array;
  const result = new (wide ? Uint16Array : Uint8Array)(pixels * (key.length + 1));
  for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel++) {
    let matches = true;
    for (let channel = 0; channel < key.length; channel++, from++) {
      if (stored[from] !== key[channel]) matches = false;
      result[to++] = samples[from];
    }
    result[to++] = matches ? 0 : wide ? 65_535 : 255;
  }
  return result;
}
