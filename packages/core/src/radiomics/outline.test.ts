import { describe, expect, it } from "vitest";
import type { Spacing } from "../image/image.ts";
import { gatherRegion } from "../image/region.ts";
import {
  type Point,
  convexHull,
  polygonArea,
  polygonDiameter,
  polygonPerimeter,
  polygonWidth,
} from "./convex-hull.ts";
import { type Outline, measureOutlines } from "./outline.ts";
import { describeShape2d } from "./shape2d.ts";

function outlineOf(
  width: number,
  height: number,
  inside: (x: number, y: number) => boolean,
  size: Point = [1, 1],
): Outline {
  const dimensions = [width, height, 1] as const;
  const values = Uint8Array.from({ length: width * height }, (_, p) =>
    inside(p % width, Math.floor(p / width)) ? 1 : 0,
  );
  const image = { dimensions, spacingMm: null, values: new Uint8Array(width * height) };
  return measureOutlines(gatherRegion(image, { dimensions, values }, false), [size])[0];
}

describe("measureOutlines", () => {
  it("measures a rectangle whose corners marching squares cuts off", () => {
    const outline = outlineOf(10, 8, (x, y) => x >= 2 && x < 8 && y >= 1 && y < 5);
    expect(outline.pixelArea).toBe(24);
    expect(outline.meshArea).toBe(24 - 4 / 8);
    expect(outline.perimeter).toBeCloseTo(2 * 5 + 2 * 3 + 4 * Math.SQRT1_2, 12);
    expect(outline.hullArea).toBe(outline.meshArea);
    expect(outline.hullPerimeter).toBeCloseTo(outline.perimeter, 12);
    // Discrete uniform coordinates of n values have variance (n² - 1) / 12.
    expect(outline.majorAxisLength).toBeCloseTo(4 * Math.sqrt(35 / 12), 12);
    expect(outline.minorAxisLength).toBeCloseTo(4 * Math.sqrt(15 / 12), 12);
    expect(outline.maximumDiameter).toBeCloseTo(Math.hypot(6, 3), 12);
    expect(outline.minimumWidth).toBe(4);
    expect([outline.width, outline.height]).toEqual([6, 4]);
  });

  it("approaches a disc's axes, diameter and area", () => {
    const radius = 150;
    const outline = outlineOf(311, 311, (x, y) => (x - 155) ** 2 + (y - 155) ** 2 <= radius ** 2);
    expect(outline.meshArea / (Math.PI * radius ** 2)).toBeCloseTo(1, 2);
    expect(outline.majorAxisLength / (2 * radius)).toBeCloseTo(1, 2);
    expect(outline.minorAxisLength / (2 * radius)).toBeCloseTo(1, 2);
    expect(outline.maximumDiameter / (2 * radius)).toBeCloseTo(1, 2);
    expect(outline.minimumWidth / (2 * radius)).toBeCloseTo(1, 2);
    expect(outline.hullPerimeter / (2 * Math.PI * radius)).toBeCloseTo(1, 2);
  });

  it("measures a single pixel as a diamond without axes", () => {
    const outline = outlineOf(3, 3, (x, y) => x === 1 && y === 1);
    expect(outline).toMatchObject({
      pixelArea: 1,
      meshArea: 0.5,
      hullArea: 0.5,
      majorAxisLength: 0,
      minorAxisLength: 0,
    });
    expect(outline.maximumDiameter).toBe(1);
  });

  it("keeps pixels that touch at a corner apart", () => {
    const outline = outlineOf(4, 4, (x, y) => (x === 1 && y === 1) || (x === 2 && y === 2));
    expect(outline.meshArea).toBe(1);
    expect(outline.perimeter).toBeCloseTo(8 * Math.SQRT1_2, 12);
  });

  it("leaves a hole out of the area and adds its edge to the perimeter", () => {
    const ring = outlineOf(7, 7, (x, y) => x >= 1 && x < 6 && y >= 1 && y < 6 && !(x === 3 && y === 3));
    const full = outlineOf(7, 7, (x, y) => x >= 1 && x < 6 && y >= 1 && y < 6);
    expect(full.meshArea - ring.meshArea).toBe(0.5);
    expect(ring.perimeter - full.perimeter).toBeCloseTo(4 * Math.SQRT1_2, 12);
    expect(ring.hullArea).toBe(full.hullArea);
  });

  it("scales with pixels that are not square", () => {
    const inside = (x: number, y: number) => x >= 1 && x < 9 && y >= 1 && y < 4;
    const outline = outlineOf(10, 8, inside, [0.5, 2]);
    expect(outline.pixelArea).toBe(24);
    expect([outline.width, outline.height]).toEqual([4, 6]);
    expect(outline.majorAxisLength).toBeCloseTo(4 * 2 * Math.sqrt(8 / 12), 12);
    expect(outline.maximumDiameter).toBeCloseTo(Math.hypot(3.5, 6), 12);
  });
});

describe("describeShape2d", () => {
  const region = (depth: number, spacingMm: Spacing | null) => {
    const dimensions = [2, 2, depth] as const;
    const values = new Uint8Array(4 * depth).fill(1);
    return gatherRegion({ dimensions, spacingMm, values }, { dimensions, values }, false);
  };

  it("has lengths in mm only where the image states its spacing", () => {
    expect(describeShape2d(region(1, null))!.inMm).toBeNull();
    expect(describeShape2d(region(1, [0.1, 0.2, 1]))!.inMm!.pixelArea).toBeCloseTo(0.08, 12);
  });

  it("does not exist for several slices", () => {
    expect(describeShape2d(region(2, null))).toBeNull();
  });
});

describe("polygons", () => {
  const square = convexHull([
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
    [2, 2],
    [2, 0],
    [0, 0],
  ]);

  it("of a square have its measures", () => {
    expect(square).toEqual([
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ]);
    expect([polygonArea(square), polygonPerimeter(square), polygonWidth(square)]).toEqual([16, 16, 4]);
    expect(polygonDiameter(square)).toBeCloseTo(Math.sqrt(32), 12);
  });
});
