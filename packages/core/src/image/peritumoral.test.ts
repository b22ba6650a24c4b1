import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import type { Image, Length, Mask, Spacing } from "./image.ts";
import { ringAround } from "./peritumoral.ts";

const [width, height] = [60, 50];

function discAt(cx: number, cy: number, radius: number): Mask {
  const values = new Uint8Array(width * height);
  for (let p = 0; p < values.length; p++)
    if (Math.hypot((p % width) - cx, Math.floor(p / width) - cy) <= radius) values[p] = 1;
  return { dimensions: [width, height, 1], values };
}

function grey(spacingMm: Spacing | null, level = 100): Image {
  return { dimensions: [width, height, 1], spacingMm, values: new Uint8Array(width * height).fill(level) };
}

/** The definition, pixel by pixel. */
function byDefinition(mask: Mask, [x, y]: readonly [number, number], reach: number): number[] {
  const inside = [...mask.values.keys()].filter((p) => mask.values[p] !== 0);
  return Array.from(mask.values, (value, p) => {
    const isNear = inside.some(
      (q) =>
        Math.hypot(((p % width) - (q % width)) * x, (Math.floor(p / width) - Math.floor(q / width)) * y) <=
        reach + 1e-9,
    );
    return value === 0 && isNear ? 1 : 0;
  });
}

describe("a ring around a lesion", () => {
  for (const [length, spacing, reach] of [
    [{ px: 5 }, null, 5],
    [{ px: 2.5 }, [0.1, 0.1, 1], 2.5],
    [{ mm: 0.9 }, [0.1, 0.25, 1], 0.9],
  ] as readonly [Length, Spacing | null, number][])
    it(`holds the pixels outside it within ${JSON.stringify(length)}`, () => {
      const mask = discAt(25, 24, 7);
      const unit = "mm" in length && spacing !== null ? spacing : ([1, 1, 1] as const);
      expect([...ringAround(mask, length, grey(spacing)).values]).toEqual(
        byDefinition(mask, [unit[0], unit[1]], reach),
      );
    });

  it("ends at the edge of the image", () => {
    const mask = discAt(2, 24, 7);
    expect([...ringAround(mask, { px: 4 }, grey(null)).values]).toEqual(byDefinition(mask, [1, 1], 4));
  });

  it("ends where the field of view of a fan does", () => {
    const mask = discAt(25, 24, 7);
    const values = new Uint8Array(width * height).fill(100);
    for (let p = 0; p < values.length; p++) if (p % width < 16) values[p] = 0;
    const ring = ringAround(mask, { px: 5 }, { ...grey(null), values });
    byDefinition(mask, [1, 1], 5).forEach((expected, p) =>
      expect(ring.values[p]).toBe(p % width < 16 ? 0 : expected),
    );
  });

  it("has the same pixels whatever the gain", () => {
    const mask = discAt(25, 24, 7);
    expect(ringAround(mask, { px: 5 }, grey(null, 3)).values).toEqual(
      ringAround(mask, { px: 5 }, grey(null, 250)).values,
    );
  });

  it("lies in the slices of the lesion", () => {
    const mask = discAt(25, 24, 7);
    const dimensions = [width, height, 2] as const;
    const ring = ringAround(
      { dimensions, values: Uint8Array.of(...new Uint8Array(width * height), ...mask.values) },
      { px: 3 },
      { dimensions, spacingMm: null, values: new Uint8Array(2 * width * height).fill(9) },
    );
    expect([...ring.values.subarray(0, width * height)].every((value) => value === 0)).toBe(true);
    expect([...ring.values.subarray(width * height)]).toEqual(byDefinition(mask, [1, 1], 3));
  });

  it("refuses a width that is none, mm without spacing, an empty mask, and a lesion that leaves no tissue", () => {
    const mask = discAt(25, 24, 7);
    for (const px of [0, -1, NaN, Infinity])
      expect(() => ringAround(mask, { px }, grey(null))).toThrow(InputError);
    expect(() => ringAround(mask, { mm: 2 }, grey(null))).toThrow(/spacing/);
    expect(() =>
      ringAround({ ...mask, values: new Uint8Array(width * height) }, { px: 2 }, grey(null)),
    ).toThrow(/empty/);
    const whole = { ...mask, values: new Uint8Array(width * height).fill(1) };
    expect(() => ringAround(whole, { px: 2 }, grey(null))).toThrow(/tissue/);
  });
});
