import { describe, expect, it } from "vitest";
import type { Image } from "../image.ts";
import { filterBox, filterImage } from "./filter-box.ts";
import type { PointFilter } from "./image-filter.ts";

const kinds = ["square", "squareRoot", "logarithm", "exponential"] as const;
const row = (...values: number[]): Image => ({
  dimensions: [values.length, 1, 1],
  spacingMm: null,
  values: Float64Array.from(values),
});
const apply = (kind: PointFilter["kind"], image: Image) => [...filterImage(image, { kind }).values];

describe("point filters", () => {
  it("leave the largest magnitude of the image what it is", () => {
    for (const kind of kinds) expect(apply(kind, row(3, 40, 1)).at(1)).toBeCloseTo(40, 10);
  });

  it("are as PyRadiomics defines them", () => {
    const image = row(-100, 25, 0);
    expect(apply("square", image)).toEqual(
      [100, 6.25, 0].map((value) => expect.closeTo(value, 10) as number),
    );
    expect(apply("squareRoot", image)).toEqual([-100, 50, 0]);
    const scale = 100 / Math.log(101);
    expect(apply("logarithm", image)).toEqual([
      expect.closeTo(-100, 10),
      expect.closeTo(scale * Math.log(26), 10),
      0,
    ]);
    expect(apply("exponential", image)).toEqual([
      expect.closeTo(0.01, 10),
      expect.closeTo(Math.pow(100, 0.25), 10),
      1,
    ]);
  });

  it("give the same for bytes as for the same numbers otherwise stored", () => {
    const values = Uint8Array.from({ length: 256 }, (_, k) => k);
    for (const kind of kinds)
      expect(apply(kind, { dimensions: [16, 16, 1], spacingMm: null, values })).toEqual(
        apply(kind, row(...values)),
      );
  });

  it("leave an image of zeros what it is", () => {
    for (const kind of kinds) expect(apply(kind, row(0, 0))).toEqual([0, 0]);
  });

  it("scale by the whole image, whatever box is asked for", () => {
    const image = row(200, 3, 4);
    const box = { x: 1, y: 0, z: 0, width: 2, height: 1, depth: 1 };
    for (const kind of kinds) {
      const [part] = filterBox(image, box, [{ kind }]);
      expect([...part.values]).toEqual(apply(kind, image).slice(1));
    }
  });

  it("scale by finite intensities only", () => {
    expect(apply("squareRoot", row(Infinity, 16, -4, NaN)).slice(1, 3)).toEqual([16, -8]);
  });
});
