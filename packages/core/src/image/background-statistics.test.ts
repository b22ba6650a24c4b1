import { describe, expect, it } from "vitest";
import { backgroundStatisticList, backgroundStatistics } from "./background-statistics.ts";
import type { Image, Mask } from "./image.ts";

const [width, height] = [40, 40];
const lesion: Mask = {
  dimensions: [width, height, 1],
  values: Uint8Array.from({ length: width * height }, (_, p) =>
    Math.abs((p % width) - 20) < 5 && Math.abs(Math.floor(p / width) - 20) < 5 ? 1 : 0,
  ),
};

function frame(grey: (x: number, y: number) => number): Image {
  return {
    dimensions: [width, height, 1],
    spacingMm: null,
    values: Uint8Array.from({ length: width * height }, (_, p) => grey(p % width, Math.floor(p / width))),
  };
}

function named(image: Image, mask = lesion): Record<string, number | null> {
  const values = backgroundStatistics(image, mask);
  return Object.fromEntries(backgroundStatisticList.map(({ name }, index) => [name, values[index]]));
}

describe("backgroundStatistics", () => {
  it("does not see the lesion nor what lies close to it", () => {
    const plain = frame((x, y) => (x * 7 + y * 13) % 200);
    const changed = frame((x, y) =>
      Math.abs(x - 20) < 7 && Math.abs(y - 20) < 7 ? 255 : (x * 7 + y * 13) % 200,
    );
    expect(backgroundStatistics(changed, lesion)).toEqual(backgroundStatistics(plain, lesion));
  });

  it("says where the frame is bright", () => {
    const statistics = named(frame((x, y) => (x < 4 && y < 4 ? 255 : 0)));
    expect(statistics["corner-top-left"]).toBe(1);
    expect(statistics["corner-bottom-right"]).toBe(0);
    expect(statistics["near-field"]).toBeCloseTo(16 / 400, 12);
  });

  it("sees marks as bright pixels with hard edges", () => {
    const marked = named(frame((x, y) => (x === 2 && y % 2 === 0 ? 255 : 50)));
    const plain = named(frame(() => 50));
    expect(plain["bright"]).toBe(0);
    expect(plain["edges"]).toBe(0);
    expect(marked["bright"]).toBeGreaterThan(0);
    expect(marked["edges"]).toBeGreaterThan(marked["bright"]!);
  });

  it("has nothing to say of a frame that is all lesion", () => {
    const all = { ...lesion, values: lesion.values.map(() => 1) };
    expect(
      backgroundStatistics(
        frame(() => 9),
        all,
      ).every((value) => value === null),
    ).toBe(true);
  });
});
