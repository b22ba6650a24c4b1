import type { Random } from "../math/random.ts";
import type { AcousticMap } from "./acoustic-map.ts";
import { layChestWall, laySkin, drawFascia } from "./tissue-interfaces.ts";
import { interfaceLines, smoothCurve, smoothNoise } from "./smooth-noise.ts";

/** A layer in coordinates of its own: row 0 follows its upper border, so that its structures bend with it. */
interface Layer {
  /** Depth of the upper border in pixels, per column. */
  readonly top: Float32Array;
  readonly rows: number;
  /** Backscatter in dB and amplitude of interfaces; shape [rows * width]. */
  readonly echogenicityDb: Float32Array;
  readonly reflector: Float32Array;
}

/** How a layer looks. */
interface LayerTexture {
  readonly echogenicityDb: number;
  /** Slow variation of the backscatter in dB, and its share that follows the interfaces. */
  readonly variationDb: number;
  readonly grainDb: number;
  /** Distance between interfaces along and across the layer in mm. */
  readonly cellMm: readonly [along: number, across: number];
  readonly amplitude: number;
}

/**
 * Fills a map with a breast seen from the skin: skin, subcutaneous fat with Cooper's ligaments, fibroglandular tissue
 * with ducts and fat lobules, pectoral muscle with its fascia, and the chest wall where the frame reaches it.
 *
 * @param map Overwritten.
 * @param random Generator of this frame alone.
 */
export function layBreastTissue(map: AcousticMap, random: Random): void {
  const { width, height, pixelMm } = map;
  const heightMm = height * pixelMm;
  const depths = random.fork("depths");
  const skinMm = 1.1 + 0.8 * depths.uniform();
  const glandMm = skinMm + (0.08 + 0.2 * depths.uniform()) * heightMm;
  const muscleMm = (0.68 + 0.18 * depths.uniform()) * heightMm;
  const slope = 0.07 * depths.normal();
  const border = (meanMm: number, deviationMm: number, cellMm: number) =>
    smoothCurve(width, cellMm / pixelMm, depths).map(
      (value, x) => (meanMm + deviationMm * value) / pixelMm + slope * (x - width / 2),
    );
  const gland = border(glandMm, 1.2, 7);
  const muscle = border(muscleMm, 0.7, 14);
  const chestWall = border(muscleMm + 7 + 4 * depths.uniform(), 0.6, 16);
  const grain = random.fork("grain");
  const layer = (top: Float32Array, bottom: Float32Array, texture: LayerTexture, name: string) =>
    drawLayer(map, { top, bottom, texture }, grain.fork(name));
  const layers = [
    layer(new Float32Array(width), gland, fatTexture, "fat"),
    layer(gland, muscle, glandTexture, "gland"),
    layer(muscle, chestWall, muscleTexture, "muscle"),
  ] as const;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const within = layers[y < gland[x] ? 0 : y < muscle[x] ? 1 : 2];
      const source = Math.min(within.rows - 1, Math.max(0, Math.floor(y - within.top[x]))) * width + x;
      map.echogenicityDb[y * width + x] = within.echogenicityDb[source];
      map.reflector[y * width + x] = within.reflector[source];
    }
  drawFascia(map, gland, { amplitude: 0.9, strength: smoothCurve(width, 4 / pixelMm, grain) });
  drawFascia(map, muscle, { amplitude: 1.3, strength: smoothCurve(width, 6 / pixelMm, grain) });
  layChestWall(map, chestWall, smoothCurve(width, 5 / pixelMm, grain));
  laySkin(map, skinMm);
  castStreaks(map, random.fork("streaks"));
}

const fatTexture: LayerTexture = {
  echogenicityDb: -9,
  variationDb: 1.2,
  grainDb: 0.8,
  cellMm: [4.5, 1.7],
  amplitude: 1.2,
};
const glandTexture: LayerTexture = {
  echogenicityDb: -1,
  variationDb: 3.4,
  grainDb: 2.2,
  cellMm: [3.2, 0.9],
  amplitude: 1.1,
};
const muscleTexture: LayerTexture = {
  echogenicityDb: -8,
  variationDb: 1.6,
  grainDb: 1.2,
  cellMm: [7, 0.6],
  amplitude: 0.8,
};

function drawLayer(
  { width, height, pixelMm }: AcousticMap,
  {
    top,
    bottom,
    texture,
  }: { readonly top: Float32Array; readonly bottom: Float32Array; readonly texture: LayerTexture },
  random: Random,
): Layer {
  const thickness = top.reduce(
    (most, depth, x) => Math.max(most, Math.min(bottom[x], height) - Math.max(depth, 0)),
    3,
  );
  const rows = Math.ceil(thickness) + 1;
  const cells = (alongMm: number, acrossMm: number) => ({
    width,
    height: rows,
    cellX: Math.max(2, alongMm / pixelMm),
    cellY: Math.max(2, acrossMm / pixelMm),
  });
  const [along, across] = texture.cellMm;
  const fine = smoothNoise(cells(along, across), random.fork("fine"));
  const slow = smoothNoise(cells(4.5, 2.2), random.fork("slow"));
  const presence = smoothNoise(cells(3, 1.6), random.fork("presence"));
  const level = texture.echogenicityDb + random.normal();
  const reflector = interfaceLines(fine, presence, width);
  for (let at = 0; at < reflector.length; at++) {
    reflector[at] *= texture.amplitude;
    slow[at] = level + texture.variationDb * slow[at] + texture.grainDb * fine[at];
  }
  return { top, rows, echogenicityDb: slow, reflector };
}

/** Uneven contact and overlying ligaments: columns that attenuate a little more or less than their neighbours. */
function castStreaks(map: AcousticMap, random: Random): void {
  const { width, height, pixelMm } = map;
  const coarse = smoothCurve(width, 3 / pixelMm, random);
  const fine = smoothCurve(width, 0.9 / pixelMm, random);
  const lossDb = coarse.map((value, x) => (2.6 * value + 1.5 * fine[x]) / height);
  for (let y = 0; y < height; y++) map.attenuationDb.set(lossDb, y * width);
}
