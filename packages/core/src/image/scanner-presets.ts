/** Factory settings of an ultrasound scanner for the breast. */
export interface ScannerPreset {
  /** Standard deviations of the pulse and of the focused beam in mm, near the skin. */
  readonly axialMm: number;
  readonly lateralMm: number;
  readonly dynamicRangeDb: number;
  /** Grey level of fibroglandular tissue as a share of white. */
  readonly gain: number;
  /** Steepness of the grey map: 1 is linear in dB. */
  readonly contrast: number;
  /** Noise floor at the skin and its rise with depth by the gain that compensates attenuation. */
  readonly noiseDb: number;
  readonly noiseRiseDbPerMm: number;
  /** Two-way loss that the time-gain compensation leaves. */
  readonly depthLossDbPerMm: number;
  /** Passes of the speckle reduction; a fraction is a weaker pass. */
  readonly smoothing: number;
}

/**
 * Scanners of a simulated department, invented: from an old one with strong noise and coarse speckle (S2) to a new one
 * with strong speckle reduction and a steep grey map (S4). None is the preset of a maker.
 */
export const scannerPresets = {
  S1: {
    axialMm: 0.075,
    lateralMm: 0.18,
    dynamicRangeDb: 62,
    gain: 0.37,
    contrast: 1.2,
    noiseDb: -50,
    noiseRiseDbPerMm: 0.45,
    depthLossDbPerMm: 0.07,
    smoothing: 0.8,
  },
  S2: {
    axialMm: 0.085,
    lateralMm: 0.21,
    dynamicRangeDb: 57,
    gain: 0.38,
    contrast: 1.15,
    noiseDb: -46,
    noiseRiseDbPerMm: 0.55,
    depthLossDbPerMm: 0.12,
    smoothing: 0.45,
  },
  S3: {
    axialMm: 0.068,
    lateralMm: 0.165,
    dynamicRangeDb: 68,
    gain: 0.39,
    contrast: 1.3,
    noiseDb: -54,
    noiseRiseDbPerMm: 0.38,
    depthLossDbPerMm: 0.05,
    smoothing: 1.1,
  },
  S4: {
    axialMm: 0.062,
    lateralMm: 0.155,
    dynamicRangeDb: 72,
    gain: 0.35,
    contrast: 1.45,
    noiseDb: -57,
    noiseRiseDbPerMm: 0.32,
    depthLossDbPerMm: 0.04,
    smoothing: 1.6,
  },
} as const satisfies Readonly<Record<string, ScannerPreset>>;
