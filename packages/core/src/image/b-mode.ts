import { cos, exp, log, pow, sin } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import type { AcousticMap } from "./acoustic-map.ts";
import { type ComplexField, convolvePointSpread } from "./point-spread.ts";
import type { ScannerSettings } from "./ultrasound-plan.ts";

/** ln(10) / 20: an amplitude of 1 dB is exp of this. */
const nepersPerDb = 0.11512925464970229;

/** Phases that a scatterer may have, and quantiles of the exponential distribution. */
const phases = 1024;
const cosine = Float32Array.from({ length: phases }, (_, k) => cos((2 * Math.PI * k) / phases));
const sine = Float32Array.from({ length: phases }, (_, k) => sin((2 * Math.PI * k) / phases));
const exponential = Float32Array.from({ length: phases }, (_, k) => -log((k + 0.5) / phases));

/**
 * Power in dB by the exponent and the first 8 bits of the fraction of a single-precision number, from 2^-33 to 2^16:
 * a step is 0.017 dB, less than a tenth of a grey level, as the table of a scanner's own logarithmic amplifier.
 */
const logFirst = (127 - 33) << 8;
const logTable = Float32Array.from({ length: 49 << 8 }, (_, k) => {
  const power = (1 + ((k & 255) + 0.5) / 256) * pow(2, (k >> 8) - 33);
  return log(power) / (2 * nepersPerDb);
});

/**
 * The B-mode image that a scanner makes of a tissue: scatterers of random phase, point spread, noise, detection,
 * logarithmic compression to the dynamic range, grey map.
 *
 * Time-gain compensation takes back the tissue's own attenuation but for the loss that the scanner's settings state, and
 * the excess of the map; with depth it amplifies the noise. The pulse grows longer with depth, since tissue absorbs its
 * high frequencies first, and the beam wider away from the focus, so speckle coarsens.
 *
 * @param random Generator of this frame alone.
 * @returns 8-bit grey levels, row-major.
 */
export function scanTissue(map: AcousticMap, scanner: ScannerSettings, random: Random): Uint8Array {
  const field = scatter(map, scanner.depthLossDbPerMm * map.pixelMm, random.fork("scatterers"));
  convolvePointSpread(field, {
    axialPx: (y) => (scanner.axialMm / map.pixelMm) * (1 + 0.008 * (y + 0.5) * map.pixelMm),
    lateralPx: (y) => {
      const defocus = ((y + 0.5) * map.pixelMm - scanner.focusMm) / scanner.focusMm;
      return (scanner.lateralMm / map.pixelMm) * Math.sqrt(1 + 1.6 * defocus * defocus);
    },
  });
  const power = detect(field, scanner, random.fork("noise"));
  compound(power, field, scanner.smoothing);
  return greyLevels(power, scanner);
}

/** Fully developed speckle before the beam: point scatterers of random phase, plus coherent interfaces. */
function scatter(map: AcousticMap, lossDbPerRow: number, random: Random): ComplexField {
  const { width, height } = map;
  const [re, im] = [new Float32Array(width * height), new Float32Array(width * height)];
  const lossDb = new Float32Array(width);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      lossDb[x] += map.attenuationDb[at] + lossDbPerRow;
      const drawn = random.uniform() * phases;
      const phase = Math.floor(drawn);
      const share = map.scattererShare[at];
      // An interface is rough: parts of it reflect more than others.
      if (map.reflector[at] > 0.01)
        re[at] = map.reflector[at] * (0.3 + 1.4 * (drawn - phase)) * exp(-nepersPerDb * lossDb[x]);
      if (drawn - phase >= share) continue;
      // Sparse scatterers are stronger, so that the mean backscatter stays that of the map.
      const amplitude = exp(nepersPerDb * (map.echogenicityDb[at] - lossDb[x])) / Math.sqrt(share);
      re[at] += amplitude * cosine[phase];
      im[at] = amplitude * sine[phase];
    }
  }
  return { width, height, re, im };
}

/** Echo power and receiver noise. The power of complex Gaussian noise is exponential; its interference is left out. */
function detect(
  { re, im, width, height }: ComplexField,
  scanner: ScannerSettings,
  random: Random,
): Float32Array {
  const power = new Float32Array(re.length);
  for (let y = 0, at = 0; y < height; y++) {
    const noise = exp(2 * nepersPerDb * (scanner.noiseDb + scanner.noiseRiseDbPerMm * y * scanner.pixelMm));
    for (let x = 0; x < width; x++, at++)
      power[at] =
        re[at] * re[at] + im[at] * im[at] + noise * exponential[Math.floor(random.uniform() * phases)];
  }
  return power;
}

/** Passes of the speckle reduction, whole ones and the rest. */
function compound(power: Float32Array, size: ComplexField, passes: number): void {
  for (let left = passes; left > 0; left--) blend(power, size, Math.min(1, left));
}

/** Blends the power of every pixel with the binomial mean around it, as spatial compounding averages looks. */
function blend(power: Float32Array, { width, height }: ComplexField, strength: number): void {
  const rows = power.slice();
  for (let at = 1; at < power.length - 1; at++)
    rows[at] = 0.25 * (power[at - 1] + 2 * power[at] + power[at + 1]);
  for (let y = 0; y < height; y++) {
    const [above, below] = [y === 0 ? 0 : -width, y === height - 1 ? 0 : width];
    for (let at = y * width; at < (y + 1) * width; at++) {
      const around = 0.25 * (rows[at + above] + 2 * rows[at] + rows[at + below]);
      power[at] += strength * (around - power[at]);
    }
  }
}

/** Logarithmic compression and grey map; speckle's mean in dB lies 2.5 below the backscatter. */
function greyLevels(power: Float32Array, scanner: ScannerSettings): Uint8Array {
  const grey = new Uint8Array(power.length);
  const steepness = (255 * scanner.contrast) / scanner.dynamicRangeDb;
  const offset = 255 * scanner.gain + 2.5 * steepness;
  const bits = new Uint32Array(power.buffer);
  for (let at = 0; at < power.length; at++) {
    const step = Math.min(logTable.length - 1, Math.max(0, (bits[at] >>> 15) - logFirst));
    grey[at] = Math.round(Math.min(255, Math.max(0, offset + steepness * logTable[step])));
  }
  return grey;
}
