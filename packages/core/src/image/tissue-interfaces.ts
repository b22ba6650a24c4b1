import { exp } from "../math/elementary.ts";
import type { AcousticMap } from "./acoustic-map.ts";

/**
 * Draws the skin: its two bright surfaces and what lies between.
 *
 * @param thicknessMm Depth of the inner surface.
 */
export function laySkin(map: AcousticMap, thicknessMm: number): void {
  const { width, pixelMm } = map;
  const rows = Math.min(map.height, Math.ceil((thicknessMm + 0.6) / pixelMm));
  for (let y = 0; y < rows; y++) {
    const depthMm = (y + 0.5) * pixelMm;
    const [entry, exit] = [(depthMm - 0.3) / 0.13, (depthMm - thicknessMm) / 0.14];
    const echo = 2.6 * exp(-entry * entry) + 1.3 * exp(-exit * exit);
    for (let at = y * width; at < (y + 1) * width; at++) {
      if (depthMm < thicknessMm) {
        map.echogenicityDb[at] = -3;
        map.reflector[at] = 0;
      }
      map.reflector[at] += echo;
    }
  }
}

/**
 * Draws a fascia, a bright line along the border of two layers.
 *
 * @param row Depth of the border in pixels, per column.
 * @param line Amplitude, and how its strength varies along the line, standard normal.
 */
export function drawFascia(
  map: AcousticMap,
  row: Float32Array,
  line: { readonly amplitude: number; readonly strength: Float32Array },
): void {
  const { width, height } = map;
  for (let x = 0; x < width; x++) {
    const amplitude = line.amplitude * Math.min(1.3, Math.max(0.15, 0.7 + 0.4 * line.strength[x]));
    for (let y = Math.max(0, Math.floor(row[x]) - 3); y <= Math.min(height - 1, row[x] + 4); y++) {
      const offset = (y + 0.5 - row[x]) / 0.9;
      map.reflector[y * width + x] += amplitude * exp(-offset * offset);
    }
  }
}

/**
 * Draws the pleura, a bright line behind which there is little but reverberation.
 *
 * @param row Depth of the pleura in pixels, per column.
 * @param strength Variation along the line, standard normal.
 */
export function layChestWall(map: AcousticMap, row: Float32Array, strength: Float32Array): void {
  const { width, height, pixelMm } = map;
  drawFascia(map, row, { amplitude: 2, strength });
  for (let x = 0; x < width; x++)
    for (let y = Math.max(0, Math.ceil(row[x]) + 2); y < height; y++) {
      map.echogenicityDb[y * width + x] = -13 - 0.7 * (y - row[x]) * pixelMm;
      map.reflector[y * width + x] *= 0.2;
    }
}
