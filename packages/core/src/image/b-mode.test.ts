import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { mean, pearson, sampleStandardDeviation } from "../math/statistics.ts";
import { type AcousticMap, emptyAcousticMap } from "./acoustic-map.ts";
import { scanTissue } from "./b-mode.ts";
import type { ScannerSettings } from "./ultrasound-plan.ts";

const scanner: ScannerSettings = {
  width: 256,
  height: 192,
  pixelMm: 0.15,
  axialMm: 0.15,
  lateralMm: 0.3,
  focusMm: 14,
  dynamicRangeDb: 100,
  gain: 0.6,
  contrast: 1,
  noiseDb: -120,
  noiseRiseDbPerMm: 0,
  depthLossDbPerMm: 0,
  smoothing: 0,
};

/** Grey levels back in dB, without the border, which lies beyond the reach of the point spread. */
function decibels(map: AcousticMap, settings: ScannerSettings, seed = 1): Float64Array {
  const grey = scanTissue(map, settings, createRandom(seed));
  const inner = grey.filter((_, at) => {
    const [x, y] = [at % map.width, Math.floor(at / map.width)];
    return x > 15 && x < map.width - 16 && y > 10 && y < map.height - 11;
  });
  return Float64Array.from(
    inner,
    (level) => ((level / 255 - settings.gain) * settings.dynamicRangeDb) / settings.contrast,
  );
}

describe("scanTissue", () => {
  it("shows fully developed speckle where scatterers are many: 5.57 dB after logarithmic compression", () => {
    // Goodman: the log of an exponential variable has standard deviation π/√6, times 10/ln 10.
    const theory = ((Math.PI / Math.sqrt(6)) * 10) / Math.LN10;
    expect(sampleStandardDeviation(decibels(emptyAcousticMap(scanner), scanner))).toBeCloseTo(theory, 0.7);
  });

  it("keeps the backscatter: mean level in dB follows it, the logarithm lowers it by 2.5", () => {
    const map = emptyAcousticMap(scanner);
    expect(mean(decibels(map, scanner))).toBeCloseTo(0, 0.3);
    map.echogenicityDb.fill(-12);
    expect(mean(decibels(map, scanner))).toBeCloseTo(-12, 0.3);
  });

  it("gives sparse scatterers a wider spread than many", () => {
    const map = emptyAcousticMap(scanner);
    const many = sampleStandardDeviation(decibels(map, scanner));
    map.scattererShare.fill(0.05);
    expect(sampleStandardDeviation(decibels(map, scanner))).toBeGreaterThan(many + 0.5);
  });

  it("averages speckle when it compounds", () => {
    const map = emptyAcousticMap(scanner);
    const [single, compounded] = [0, 1].map((smoothing) =>
      sampleStandardDeviation(decibels(map, { ...scanner, axialMm: 0.07, lateralMm: 0.17, smoothing })),
    );
    expect(compounded).toBeLessThan(single - 1);
  });

  it("darkens what lies behind attenuation", () => {
    const map = emptyAcousticMap(scanner);
    map.attenuationDb.fill(0.1);
    const grey = scanTissue(map, scanner, createRandom(1));
    const rowMean = (y: number) => mean(grey.slice(y * map.width, (y + 1) * map.width));
    const perRow = (0.1 * 255) / scanner.dynamicRangeDb;
    expect((rowMean(20) - rowMean(170)) / (150 * perRow)).toBeCloseTo(1, 0.7);
  });

  it("darkens with depth by the loss that the gain leaves", () => {
    const map = emptyAcousticMap(scanner);
    const grey = scanTissue(map, { ...scanner, depthLossDbPerMm: 0.5 }, createRandom(1));
    const around = (y: number) => mean(grey.slice((y - 8) * map.width, (y + 8) * map.width));
    const perRow = (0.5 * map.pixelMm * 255) / scanner.dynamicRangeDb;
    expect((around(20) - around(170)) / (150 * perRow)).toBeCloseTo(1, 0.7);
  });

  it("shows coarser speckle far from the focus and at depth", () => {
    const map = emptyAcousticMap(scanner);
    const grey = scanTissue(map, { ...scanner, focusMm: 5 }, createRandom(2));
    const likeness = (first: number, step: number) => {
      const rows = grey.subarray(first * map.width, (first + 40) * map.width);
      return pearson(
        Float64Array.from(rows.subarray(0, rows.length - step)),
        Float64Array.from(rows.subarray(step)),
      );
    };
    expect(likeness(140, 3)).toBeGreaterThan(likeness(20, 3) + 0.1);
    expect(likeness(140, map.width)).toBeGreaterThan(likeness(20, map.width));
  });
});
