import { exp } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import { drawLesionOutline, type LesionOutline, outlineReach } from "./lesion-outline.ts";
import type { ScannerPreset } from "./scanner-presets.ts";

/** What is known of a tumour before its image is drawn. */
export interface LesionTraits {
  /** Largest diameter in mm, 3 to 60. */
  readonly diameterMm: number;
  /** Standard normal trait that the image shows: margin, echo texture, halo, posterior shadow and shape follow it, each with noise of its own. */
  readonly imageTrait: number;
  /** Divides the noise between the trait and each of its signs, at least 1; 1 where not stated. */
  readonly clarity?: number;
  readonly highGrade: boolean;
  readonly lymphovascularInvasion: boolean;
}

/** How a lesion looks. */
export interface LesionAppearance {
  readonly outline: LesionOutline;
  /** Echogenicity against fibroglandular tissue in dB; negative is hypoechoic. */
  readonly echogenicityDb: number;
  /** Standard deviation of the echogenicity inside, in dB, and its correlation length in mm. */
  readonly heterogeneityDb: number;
  readonly textureMm: number;
  /** Share of pixels that hold a scatterer; sparse ones give a coarse, high-contrast speckle. */
  readonly scattererShare: number;
  /** Width of the transition to the tissue around, as a share of the radius. */
  readonly marginWidth: number;
  /** Echogenic rim: gain in dB and width as a share of the radius. */
  readonly haloDb: number;
  readonly haloWidth: number;
  /** Two-way attenuation beyond the tissue's in dB/mm: positive casts a shadow, negative enhances. */
  readonly attenuationDbPerMm: number;
  /** Loss behind the left and the right edge, where the beam grazes a smooth wall and is bent away, in dB. */
  readonly edgeShadowDb: number;
  readonly calcifications: number;
}

/** Settings of the scanner as the examiner left them; they carry no information on the outcome. */
export interface ScannerSettings extends ScannerPreset {
  readonly width: number;
  readonly height: number;
  readonly pixelMm: number;
  readonly focusMm: number;
}

/** Everything about a frame that is decided before it is drawn. */
export interface UltrasoundPlan {
  readonly scanner: ScannerSettings;
  readonly lesion: LesionAppearance;
  /** Centre of the lesion in mm from the upper left corner. */
  readonly centreMm: readonly [x: number, y: number];
}

const frame = { width: 320, height: 240 };

/** Pixel sizes of the depth settings, in mm. */
const pixelSizes = [0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.23, 0.26, 0.3, 0.35, 0.4, 0.5];

/** Tissue that must be seen above, below and beside a lesion, in mm. */
const surroundings = { above: 4, below: 4.5, beside: 3 };

/**
 * A frame's plan: the lesion's appearance from its traits, a depth setting that shows all of it, the other settings near
 * those of the scanner's preset.
 *
 * @param random Generator of this frame alone.
 */
export function planUltrasound(traits: LesionTraits, preset: ScannerPreset, random: Random): UltrasoundPlan {
  const lesion = drawAppearance(traits, random.fork("lesion"));
  const reach = outlineReach(lesion.outline);
  const scanner = adjustScanner(
    preset,
    Math.max(
      (reach.left + reach.right + 2 * surroundings.beside) / frame.width,
      (reach.up + reach.down + surroundings.above + surroundings.below) / frame.height,
    ),
    random.fork("scanner"),
  );
  const position = random.fork("position");
  const between = (lowest: number, highest: number, share: number) => lowest + share * (highest - lowest);
  const [widthMm, heightMm] = [scanner.width * scanner.pixelMm, scanner.height * scanner.pixelMm];
  const x = between(
    reach.left + surroundings.beside,
    widthMm - reach.right - surroundings.beside,
    0.5 + 0.3 * (position.uniform() - 0.5),
  );
  const y = between(
    reach.up + surroundings.above,
    heightMm - reach.down - surroundings.below,
    0.1 + 0.45 * position.uniform(),
  );
  return { scanner, lesion, centreMm: [x, y] };
}

function drawAppearance(traits: LesionTraits, random: Random): LesionAppearance {
  const { imageTrait, clarity = 1, highGrade, lymphovascularInvasion } = traits;
  // Loadings chosen so that the best linear combination of radiomic features recovers the trait with r near 0.8.
  const sign = (loading: number) => {
    const noise = Math.sqrt(1 - loading * loading) / clarity;
    const spread = Math.sqrt(loading * loading + noise * noise);
    return (loading * imageTrait + noise * random.normal()) / spread;
  };
  const [margin, texture, rim, stroma, shape] = [sign(0.84), sign(0.8), sign(0.45), sign(0.4), sign(0.3)];
  const centimetres = (traits.diameterMm - 21) / 10;
  const upright = random.uniform() < 0.22 - 0.08 * centimetres + (highGrade ? 0.06 : 0);
  const tilt = (upright ? Math.PI / 2 : 0) + 0.22 * random.normal();
  return {
    outline: drawLesionOutline(
      {
        diameterMm: traits.diameterMm,
        aspectRatio: clip(0.68 + 0.11 * shape, 0.38, 0.98),
        tilt,
        irregularity: margin,
      },
      random.fork("outline"),
    ),
    echogenicityDb: -10 + 2.2 * random.normal() - (highGrade ? 1 : 0),
    heterogeneityDb: 2.4 * exp(0.45 * texture),
    textureMm: clip(1.3 * exp(0.2 * random.normal()), 0.7, 2.5),
    scattererShare: clip(0.42 * exp(-0.45 * texture), 0.16, 1),
    marginWidth: clip(0.12 * exp(0.4 * rim), 0.05, 0.3),
    haloDb: Math.max(0, 2.5 + 2 * rim + (lymphovascularInvasion ? 1 : 0)),
    haloWidth: 0.12 + 0.1 * random.uniform(),
    attenuationDbPerMm: clip(0.22 + 0.42 * stroma - (highGrade ? 0.15 : 0), -0.5, 1.2),
    edgeShadowDb: Math.max(0, 3.5 + 1.5 * random.normal() - 1.5 * margin),
    calcifications: random.uniform() < 0.2 ? 2 + random.integer(9) : 0,
  };
}

/** @param leastPixelMm Pixel size from which the lesion and what must surround it fit into the frame. */
function adjustScanner(preset: ScannerPreset, leastPixelMm: number, random: Random): ScannerSettings {
  const fits = pixelSizes.findIndex((size) => size >= leastPixelMm);
  const chosen = (fits === -1 ? pixelSizes.length - 1 : fits) + random.integer(3);
  const pixelMm = Math.max(0.12, pixelSizes[Math.min(chosen, pixelSizes.length - 1)]);
  // Deep lesions are seen with lower frequencies.
  const coarser = Math.max(1, pixelMm / 0.16);
  return {
    ...preset,
    ...frame,
    pixelMm,
    axialMm: preset.axialMm * coarser * exp(0.06 * random.normal()),
    lateralMm: preset.lateralMm * coarser * exp(0.06 * random.normal()),
    focusMm: frame.height * pixelMm * (0.35 + 0.3 * random.uniform()),
    dynamicRangeDb: preset.dynamicRangeDb + 4 * (2 * random.uniform() - 1),
    gain: preset.gain + 0.035 * random.normal(),
    noiseDb: preset.noiseDb + 2 * random.normal(),
    depthLossDbPerMm: preset.depthLossDbPerMm + 0.05 * random.normal(),
    smoothing: Math.max(0, preset.smoothing + 0.15 * random.normal()),
  };
}

function clip(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}
