import { exp } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import type { AcousticMap } from "./acoustic-map.ts";
import { outlineReach, radiusTowards } from "./lesion-outline.ts";
import { smoothNoise } from "./smooth-noise.ts";
import type { LesionAppearance, UltrasoundPlan } from "./ultrasound-plan.ts";

/**
 * Puts a lesion into the tissue of a map: its own echoes inside, an echogenic rim around, a shadow or enhancement behind.
 *
 * @param map Changed where the lesion and its rim are.
 * @param random Generator of this frame alone.
 */
export function layLesion(map: AcousticMap, { lesion, centreMm }: UltrasoundPlan, random: Random): void {
  const { width, pixelMm } = map;
  const box = lesionBox(map, lesion, centreMm);
  const cells = (mm: number) => ({
    width: box.width,
    height: box.height,
    cellX: Math.max(2, (1.25 * mm) / pixelMm),
    cellY: Math.max(2, mm / pixelMm),
  });
  const texture = smoothNoise(cells(lesion.textureMm), random.fork("texture"));
  const patches = smoothNoise(cells(2 * lesion.textureMm), random.fork("rim"));
  // The angle decides nothing deep inside the shortest radius and beyond the rim of the longest.
  const farthest = Math.max(...lesion.outline.radiusMm) * (1 + 3 * lesion.haloWidth);
  const nearest = Math.min(...lesion.outline.radiusMm) * (1 - lesion.marginWidth / 2);
  for (let row = 0, from = 0; row < box.height; row++) {
    const dy = (box.top + row + 0.5) * pixelMm - centreMm[1];
    for (let column = 0; column < box.width; column++, from++) {
      const dx = (box.left + column + 0.5) * pixelMm - centreMm[0];
      const fromCentre = Math.sqrt(dx * dx + dy * dy);
      if (fromCentre > farthest) continue;
      const distance = fromCentre < nearest ? 0 : fromCentre / radiusTowards(lesion.outline, dx, dy);
      const at = (box.top + row) * width + box.left + column;
      const inside = coverage(distance, lesion.marginWidth);
      if (inside < 1)
        layRim(map, at, (distance - 1) / lesion.haloWidth, lesion.haloDb * (1 + 0.5 * patches[from]));
      if (inside === 0) continue;
      const echo = lesion.echogenicityDb + lesion.heterogeneityDb * texture[from];
      map.echogenicityDb[at] += inside * (echo - map.echogenicityDb[at]);
      map.reflector[at] *= 1 - inside;
      map.scattererShare[at] += inside * (lesion.scattererShare - 1);
      map.attenuationDb[at] += inside * lesion.attenuationDbPerMm * pixelMm;
    }
  }
  castEdgeShadows(map, lesion, centreMm);
  addCalcifications(map, lesion, centreMm, random.fork("calcifications"));
}

/** Narrow losses behind the left and the right edge of the lesion. */
function castEdgeShadows(
  map: AcousticMap,
  lesion: LesionAppearance,
  [x, y]: readonly [number, number],
): void {
  const reach = outlineReach(lesion.outline);
  const row = Math.min(map.height - 1, Math.floor(y / map.pixelMm));
  for (let column = 0; column < map.width; column++) {
    const fromCentre = (column + 0.5) * map.pixelMm - x;
    const fromEdge = fromCentre < 0 ? fromCentre + reach.left : fromCentre - reach.right;
    const offset = fromEdge / 0.7;
    map.attenuationDb[row * map.width + column] += lesion.edgeShadowDb * exp(-offset * offset);
  }
}

/** Pixels that the lesion and its rim may reach. */
function lesionBox(map: AcousticMap, lesion: LesionAppearance, [x, y]: readonly [number, number]) {
  const reach = outlineReach(lesion.outline);
  const outwards = 1 + 3 * lesion.haloWidth;
  const pixel = (mm: number, last: number) => Math.min(last, Math.max(0, Math.round(mm / map.pixelMm)));
  const [left, right] = [
    pixel(x - reach.left * outwards, map.width),
    pixel(x + reach.right * outwards, map.width),
  ];
  const [top, bottom] = [
    pixel(y - reach.up * outwards, map.height),
    pixel(y + reach.down * outwards, map.height),
  ];
  return { left, top, width: right - left, height: bottom - top };
}

/** 1 well inside, 0 outside, a smooth step of the given width centred on the margin. */
function coverage(distance: number, width: number): number {
  const t = Math.min(1, Math.max(0, (1 + width / 2 - distance) / width));
  return t * t * (3 - 2 * t);
}

function layRim(map: AcousticMap, at: number, outside: number, gainDb: number): void {
  if (outside < -1 || outside > 3 || gainDb <= 0) return;
  const offset = outside - 0.4;
  map.echogenicityDb[at] += gainDb * exp(-offset * offset);
}

/** Bright points in the inner part of the lesion. */
function addCalcifications(
  map: AcousticMap,
  { calcifications, outline }: LesionAppearance,
  [x, y]: readonly [number, number],
  random: Random,
): void {
  const reach = outlineReach(outline);
  for (let point = 0; point < calcifications; point++) {
    const column = Math.floor(
      (x + 0.4 * (random.uniform() - 0.5) * (reach.left + reach.right)) / map.pixelMm,
    );
    const row = Math.floor((y + 0.4 * (random.uniform() - 0.5) * (reach.up + reach.down)) / map.pixelMm);
    map.reflector[row * map.width + column] += 2 + 2 * random.uniform();
  }
}
