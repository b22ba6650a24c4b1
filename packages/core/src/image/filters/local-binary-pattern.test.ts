import { describe, expect, it } from "vitest";
import { createRandom } from "../../math/random.ts";
import type { Image } from "../image.ts";
import { filterBox, filterImage } from "./filter-box.ts";
import type { LocalBinaryPatternFilter } from "./image-filter.ts";

const filter: LocalBinaryPatternFilter = { kind: "localBinaryPattern", radiusPx: 1, samples: 8 };
const image = (rows: readonly (readonly number[])[]): Image => ({
  dimensions: [rows[0].length, rows.length, 1],
  spacingMm: null,
  values: Float64Array.from(rows.flat()),
});
const centreCode = (
  rows: readonly (readonly number[])[],
  changes: Partial<LocalBinaryPatternFilter> = {},
) => {
  const { values, dimensions } = filterImage(image(rows), { ...filter, ...changes });
  return values[Math.floor(dimensions[1] / 2) * dimensions[0] + Math.floor(dimensions[0] / 2)];
};

describe("local binary patterns", () => {
  it("count the samples that are at least as bright", () => {
    expect(
      centreCode([
        [5, 5, 5],
        [5, 5, 5],
        [5, 5, 5],
      ]),
    ).toBe(8);
    expect(
      centreCode([
        [0, 0, 0],
        [0, 9, 0],
        [0, 0, 0],
      ]),
    ).toBe(0);
    expect(
      centreCode([
        [0, 9, 0],
        [0, 5, 0],
        [0, 0, 0],
      ]),
    ).toBe(1);
  });

  it("have one code for all patterns of more than one arc", () => {
    expect(
      centreCode([
        [0, 9, 0],
        [0, 5, 0],
        [0, 9, 0],
      ]),
    ).toBe(9);
    expect(
      centreCode(
        [
          [0, 9, 0],
          [0, 5, 0],
          [0, 9, 0],
        ],
        { samples: 4 },
      ),
    ).toBe(5);
  });

  it("take zeros outside the image", () => {
    expect([...filterImage(image([[7]]), filter).values]).toEqual([0]);
    expect([...filterImage(image([[0]]), filter).values]).toEqual([8]);
  });

  it("are whole numbers up to one more than the samples, in any box as in the whole image", () => {
    const random = createRandom(1);
    const noise: Image = {
      dimensions: [19, 15, 3],
      spacingMm: null,
      values: Uint8Array.from({ length: 19 * 15 * 3 }, () => random.integer(4)),
    };
    for (const [radiusPx, samples] of [
      [1, 8],
      [1, 9],
      [2.5, 16],
      [3, 24],
    ] as const) {
      const settings = { ...filter, radiusPx, samples };
      const whole = filterImage(noise, settings).values;
      expect(whole.every((code) => Number.isInteger(code) && code >= 0 && code <= samples + 1)).toBe(true);
      const [part] = filterBox(noise, { x: 4, y: 2, z: 1, width: 13, height: 9, depth: 2 }, [settings]);
      part.values.forEach((code, k) => {
        const [x, y, z] = [4 + (k % 13), 2 + (Math.floor(k / 13) % 9), 1 + Math.floor(k / 117)];
        expect(code).toBe(whole[(z * 15 + y) * 19 + x]);
      });
    }
  });
});
