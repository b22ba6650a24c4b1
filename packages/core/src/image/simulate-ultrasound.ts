import { InputError } from "../errors.ts";
import type { Random } from "../math/random.ts";
import { emptyAcousticMap } from "./acoustic-map.ts";
import { scanTissue } from "./b-mode.ts";
import { layBreastTissue } from "./breast-tissue.ts";
import type { Image, Mask } from "./image.ts";
import { drawReaderOutline, radiusTowards } from "./lesion-outline.ts";
import { layLesion } from "./lesion-tissue.ts";
import { type ScannerPreset, scannerPresets } from "./scanner-presets.ts";
import { type LesionTraits, planUltrasound, type UltrasoundPlan } from "./ultrasound-plan.ts";

/** A simulated B-mode frame and the outline that a reader drew on it. */
export interface SimulatedFrame {
  readonly image: Image;
  readonly mask: Mask;
}

/**
 * A simulated ultrasound frame of a breast with one lesion, and its mask. No patient was scanned.
 *
 * @param traits Diameter from 3 to 60 mm.
 * @param random Generator of this frame alone.
 * @param preset Scanner that the frame is taken with.
 * @returns Image of 8-bit grey levels with spacing, and a mask on the same grid that does not touch its border.
 * @throws {InputError} A diameter outside 3 to 60 mm.
 */
export function simulateUltrasound(
  traits: LesionTraits,
  random: Random,
  preset: ScannerPreset = scannerPresets.S1,
): SimulatedFrame {
  if (!(traits.diameterMm >= 3 && traits.diameterMm <= 60))
    throw new InputError(
      "a simulated lesion needs a diameter of 3 to 60 mm; got another one; change the diameter",
    );
  return renderUltrasound(planUltrasound(traits, preset, random.fork("plan")), random.fork("frame"));
}

/**
 * The frame of a plan.
 *
 * @param random Generator of this frame alone.
 */
export function renderUltrasound(plan: UltrasoundPlan, random: Random): SimulatedFrame {
  const { width, height, pixelMm } = plan.scanner;
  const map = emptyAcousticMap(plan.scanner);
  layBreastTissue(map, random.fork("tissue"));
  layLesion(map, plan, random.fork("lesion"));
  const dimensions = [width, height, 1] as const;
  return {
    image: {
      dimensions,
      spacingMm: [pixelMm, pixelMm, pixelMm],
      values: scanTissue(map, plan.scanner, random.fork("scan")),
    },
    mask: { dimensions, values: readerMask(plan, random.fork("reader")) },
  };
}

function readerMask({ scanner, lesion, centreMm }: UltrasoundPlan, random: Random): Uint8Array {
  const { width, height, pixelMm } = scanner;
  const outline = drawReaderOutline(lesion.outline, random);
  const mask = new Uint8Array(width * height);
  const longest = Math.max(...outline.radiusMm);
  const shortest = Math.min(...outline.radiusMm);
  for (let y = 0; y < height; y++) {
    const dy = (y + 0.5) * pixelMm - centreMm[1];
    if (Math.abs(dy) > longest) continue;
    for (let x = 0; x < width; x++) {
      const dx = (x + 0.5) * pixelMm - centreMm[0];
      const distance = Math.sqrt(dx * dx + dy * dy);
      if (distance > longest) continue;
      if (distance <= shortest || distance <= radiusTowards(outline, dx, dy)) mask[y * width + x] = 1;
    }
  }
  return mask;
}
