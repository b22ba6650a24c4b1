import { describe, expect, it } from "vitest";
import { blackSurround, convexBelow, fieldOfView } from "./field-of-view.ts";
import type { Image, Mask } from "./image.ts";

/** A frame from rows of text: a dot is level 0, L the lesion, other characters tissue. */
function frameOf(...rows: readonly string[]): { image: Image; mask: Mask } {
  const dimensions = [rows[0].length, rows.length, 1] as const;
  const characters = Array.from(rows.join(""));
  return {
    image: {
      dimensions,
      spacingMm: null,
      values: Uint8Array.from(characters, (character) => (character === "." || character === "l" ? 0 : 90)),
    },
    mask: { dimensions, values: Uint8Array.from(characters, (character) => (/l/i.test(character) ? 1 : 0)) },
  };
}

/** The field of view as rows of text. */
function shown(...rows: readonly string[]): string[] {
  const { image, mask } = frameOf(...rows);
  const tissue = fieldOfView(image, mask);
  return rows.map((row, y) =>
    Array.from(row, (_, x) => (tissue[y * row.length + x] === 1 ? "#" : ".")).join(""),
  );
}

describe("the field of view", () => {
  it("is the whole frame where no pixel of its edge is black, black pixels inside included", () => {
    expect(shown("xxxx", "x.Lx", "xxxx")).toEqual(["####", "####", "####"]);
  });

  it("leaves out the black corners of a fan", () => {
    expect(shown("..xxx..", ".xxLxx.", "xxxxxxx", "..xxx..")).toEqual([
      "..###..",
      ".#####.",
      "#######",
      "..###..",
    ]);
  });

  it("keeps a shadow that reaches the lower edge, between tissue to both sides", () => {
    expect(shown("xxxxxxx", "xxxLxxx", "xx...xx", "xx...xx")).toEqual([
      "#######",
      "#######",
      "#######",
      "#######",
    ]);
  });

  it("leaves out marks apart from the tissue", () => {
    expect(shown("xxxx.m", "xLxx.m", "xxxx.m")).toEqual(["####..", "####..", "####.."]);
  });

  it("leaves out what is black above the skin line of a curved array", () => {
    expect(shown("xx...xx", "xxxxxxx", "xxxLxxx", ".xxxxx.")).toEqual([
      "##...##",
      "#######",
      "#######",
      ".#####.",
    ]);
  });

  it("holds the lesion, be it black and at the edge", () => {
    expect(shown("....", "xxxx", "xxll")).toEqual(["....", "####", "####"]);
  });

  it("is found slice by slice", () => {
    const { image, mask } = frameOf("..x.", ".xL.");
    const stack = (values: Uint8Array) => Uint8Array.of(...values, ...new Uint8Array(8).fill(1));
    const dimensions = [4, 2, 2] as const;
    const tissue = fieldOfView(
      { dimensions, spacingMm: null, values: stack(image.values as Uint8Array) },
      { dimensions, values: stack(mask.values) },
    );
    expect([...tissue]).toEqual([0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
  });
});

describe("the black surround", () => {
  it("is what reaches the edge by rows and columns of zeros", () => {
    const { image } = frameOf("..xx", "xxx.", "x.xx", "xxx.");
    expect([...blackSurround(image)]).toEqual([1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
  });
});

describe("the convex function below values", () => {
  it("lies below all of them and turns one way", () => {
    const values = Float64Array.from(
      { length: 30 },
      (_, k) => ((k * 7919) % 31) + (k - 15) * (k - 15) * 0.05,
    );
    const below = convexBelow(values);
    below.forEach((value, k) => expect(value).toBeLessThanOrEqual(values[k] + 1e-12));
    for (let k = 1; k + 1 < below.length; k++)
      expect(below[k - 1] + below[k + 1] - 2 * below[k]).toBeGreaterThanOrEqual(-1e-12);
  });
});
