/** Stationary wavelet transforms of small images by PyWavelets, as PyRadiomics calls it: `pywavelets.py` prints them. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filterImage } from "../../packages/core/src/image/filters/filter-box.ts";
import type { WaveletName } from "../../packages/core/src/image/filters/image-filter.ts";
import { readReferenceTable } from "./reference-table.ts";

const rows = readReferenceTable(join(import.meta.dirname, "pywavelets.csv"));
const numbersOf = (text: string) => text.split(" ").map(Number);

describe("PyWavelets", () => {
  it.each(rows)("$wavelet, $width by $height, level $level, $band", (row) => {
    const image = {
      dimensions: [Number(row["width"]), Number(row["height"]), 1] as const,
      spacingMm: null,
      values: Float64Array.from(numbersOf(row["image"])),
    };
    const response = filterImage(image, {
      kind: "wavelet",
      wavelet: row["wavelet"] as WaveletName,
      level: Number(row["level"]),
      band: row["band"],
      decimated: false,
      pooling: "none",
      scheme: "pyradiomics",
      dimensions: 2,
      boundary: "periodic",
    });
    const expected = numbersOf(row["response"]);
    expected.forEach((value, k) => expect(response.values[k]).toBeCloseTo(value, 8));
    expect(response.values.length).toBe(expected.length);
  });
});
