import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { checkRegion } from "./check-region.ts";
import type { Image, Mask } from "./image.ts";

const image: Image = { dimensions: [8, 6, 1], spacingMm: null, values: new Uint8Array(48) };

function maskOf(...rows: string[]): Mask {
  const values = Uint8Array.from(rows.join(""), (character) => (character === "#" ? 1 : 0));
  return { dimensions: [rows[0].length, rows.length, 1], values };
}

const codes = (mask: Mask) => checkRegion(image, mask, "case7.png").map((finding) => finding.code);

describe("checkRegion", () => {
  it("has nothing to say about one region inside the image", () => {
    expect(codes(maskOf("........", "..##....", ".####...", "..##....", "........", "........"))).toEqual([]);
  });

  it("warns of components, with their number and the share of the largest", () => {
    const mask = maskOf("........", ".##..#..", ".##..#..", ".##.....", "......#.", "........");
    expect(codes(mask)).toEqual(["mask-several-components"]);
    expect(checkRegion(image, mask, "case7.png")[0].message).toMatch(
      /case7\.png.*3 components.*6 of 9 pixels \(66\.7 %\)/,
    );
  });

  it("counts pixels that touch at a corner as one component", () => {
    expect(codes(maskOf("........", ".#......", "..#.....", "...#....", "........", "........"))).toEqual([]);
  });

  it("warns of a region at any border", () => {
    const inner = "........";
    for (const mask of [
      maskOf("..##....", "..##....", inner, inner, inner, inner),
      maskOf(inner, inner, inner, inner, inner, "..##...."),
      maskOf(inner, "##......", inner, inner, inner, inner),
      maskOf(inner, "......##", inner, inner, inner, inner),
    ])
      expect(codes(mask)).toEqual(["mask-touches-border"]);
  });

  it("warns of a region that is the whole image", () => {
    expect(codes(maskOf(...Array<string>(6).fill("########")))).toEqual(["mask-whole-image"]);
  });

  it("refuses an empty mask, a single pixel and another size, and names the mask", () => {
    const inner = "........";
    const cases: [Mask, RegExp][] = [
      [maskOf(inner, inner, inner, inner, inner, inner), /case7\.png.*0 pixels/],
      [maskOf(inner, inner, "...#....", inner, inner, inner), /case7\.png.*1 pixel/],
      [maskOf("...#.....", "...#.....", "...#....."), /case7\.png.*8 × 6.*9 × 3/],
    ];
    for (const [mask, message] of cases) {
      expect(() => checkRegion(image, mask, "case7.png")).toThrow(InputError);
      expect(() => checkRegion(image, mask, "case7.png")).toThrow(message);
    }
  });
});
