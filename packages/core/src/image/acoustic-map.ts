import type { ScannerSettings } from "./ultrasound-plan.ts";

/** Acoustic properties of the tissue under every pixel of a frame, row-major. */
export interface AcousticMap {
  readonly width: number;
  readonly height: number;
  readonly pixelMm: number;
  /** Backscatter in dB against fibroglandular tissue. */
  readonly echogenicityDb: Float32Array;
  /** Amplitude of smooth interfaces that reflect coherently: skin, fascia, ligaments, calcifications. */
  readonly reflector: Float32Array;
  /** Share of pixels that hold a scatterer, 0 to 1. */
  readonly scattererShare: Float32Array;
  /** Two-way attenuation in dB a pixel beyond what the scanner compensates. */
  readonly attenuationDb: Float32Array;
}

/** A map without echoes on the grid of a scanner. */
export function emptyAcousticMap({ width, height, pixelMm }: ScannerSettings): AcousticMap {
  const pixels = width * height;
  return {
    width,
    height,
    pixelMm,
    echogenicityDb: new Float32Array(pixels),
    reflector: new Float32Array(pixels),
    scattererShare: new Float32Array(pixels).fill(1),
    attenuationDb: new Float32Array(pixels),
  };
}
