import { describe, expect, it } from "vitest";
import { greyFromSamples } from "./grey.ts";

describe("greyFromSamples", () => {
  it("keeps the level of pixels whose channels are equal, at every bit depth", () => {
    for (const bitDepth of [1, 2, 4, 8, 16] as const) {
      const full = 2 ** bitDepth - 1;
      const levels = [0, 1, Math.floor(full / 3), full];
      const samples = Uint16Array.from(levels.flatMap((level) => [level, level, level, full]));
      const raster = { width: 2, height: 2, channels: 4, bitDepth, samples } as const;
      expect([...greyFromSamples(raster).values]).toEqual(levels);
      expect(greyFromSamples(raster).findings).toEqual([]);
    }
  });

  it("composites on black, so that colour behind a transparent border does not show", () => {
    const grey = greyFromSamples({
      width: 3,
      height: 1,
      channels: 4,
      bitDepth: 8,
      samples: Uint8Array.of(255, 255, 255, 0, 200, 200, 200, 51, 10, 10, 10, 255),
    });
    expect([...grey.values]).toEqual([0, 40, 10]);
    expect(grey.findings.map((finding) => finding.code)).toEqual(["grey-alpha-composited"]);
  });

  it("weighs colour by Rec. 601 and says so", () => {
    const samples = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255);
    const grey = greyFromSamples({ width: 4, height: 1, channels: 3, bitDepth: 8, samples });
    expect([...grey.values]).toEqual([76, 150, 29, 255]);
    expect(grey.findings[0]?.message).toContain("3 of 4 pixels are coloured");
  });

  it("refuses samples that do not fit", () => {
    const raster = { width: 2, height: 1, channels: 1, bitDepth: 4, samples: Uint8Array.of(1, 16) } as const;
    expect(() => greyFromSamples(raster)).toThrow("at most 15");
    expect(() => greyFromSamples({ ...raster, height: 2 })).toThrow("needs 4 samples; got 2");
  });
});
