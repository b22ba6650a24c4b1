import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { frameStatisticList, frameStatistics } from "./frame-statistics.ts";
import type { Image, Mask } from "./image.ts";

const [width, height] = [60, 45];

function frame(grey: (x: number, y: number) => number, pixelMm: number | null = 0.1): Image {
  return {
    dimensions: [width, height, 1],
    spacingMm: pixelMm === null ? null : [pixelMm, pixelMm, 1],
    values: Uint8Array.from({ length: width * height }, (_, p) => grey(p % width, Math.floor(p / width))),
  };
}

const lesion: Mask = {
  dimensions: [width, height, 1],
  values: Uint8Array.from({ length: width * height }, (_, p) =>
    Math.abs((p % width) - 30) < 8 && Math.abs(Math.floor(p / width) - 20) < 6 ? 1 : 0,
  ),
};

function named(image: Image, mask = lesion): Record<string, number | null> {
  const values = frameStatistics(image, mask);
  return Object.fromEntries(frameStatisticList.map(({ name }, index) => [name, values[index]]));
}

function noise(seed: number, scale = 1): Image {
  const random = createRandom(seed);
  return frame(() => Math.round(scale * (60 + 80 * random.uniform())));
}

describe("frameStatistics", () => {
  it("does not see the lesion", () => {
    const plain = noise(1);
    const dark = { ...plain, values: plain.values.map((value, p) => (lesion.values[p] === 1 ? 7 : value)) };
    expect(frameStatistics(dark, lesion)).toEqual(frameStatistics(plain, lesion));
  });

  it("a gain moves level and spread by its logarithm and leaves the grain", () => {
    const before = named(frame((x, y) => 10 * ((x * 7 + y * 3) % 11) + 20));
    const after = named(frame((x, y) => 15 * ((x * 7 + y * 3) % 11) + 30));
    expect(after["mean"]! - before["mean"]!).toBeCloseTo(Math.log(1.5), 12);
    expect(after["spread"]! - before["spread"]!).toBeCloseTo(Math.log(1.5), 12);
    for (const name of ["fine-across", "fine-along", "grain-across", "grain-along", "depth"])
      expect(after[name]).toBeCloseTo(before[name]!, 12);
  });

  it("white noise has neighbours that differ by twice the variance and no grain", () => {
    const statistics = named(noise(2));
    expect(statistics["fine-across"]).toBeCloseTo(Math.log(2), 1);
    expect(statistics["grain-along"]).toBeCloseTo(0, 1);
  });

  it("smoothing across the beam makes neighbours across it alike and the grain larger", () => {
    const sharp = noise(3);
    const smooth = {
      ...sharp,
      values: sharp.values.map((value, p) =>
        Math.round((value + sharp.values[Math.min(p + 1, sharp.values.length - 1)]) / 2),
      ),
    };
    expect(named(smooth)["fine-across"]).toBeLessThan(named(sharp)["fine-across"]! - 0.4);
    expect(named(smooth)["fine-along"]).toBeCloseTo(named(sharp)["fine-along"]!, 1);
    expect(named(smooth)["grain-across"]).toBeLessThan(named(sharp)["grain-across"]! - 0.4);
  });

  it("has nothing to say where there is nothing", () => {
    expect(named(noise(4), { ...lesion, values: lesion.values.map(() => 1) })["mean"]).toBeNull();
    expect(named(frame(() => 90))["grain-along"]).toBeNull();
    expect(named(frame(() => 90, null))["pixel-size"]).toBeNull();
  });
});
