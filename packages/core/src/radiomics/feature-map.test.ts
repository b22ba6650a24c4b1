import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import type { Discretisation } from "../features/feature-source.ts";
import type { Image, Mask } from "../image/image.ts";
import { catalogue } from "./catalogue.ts";
import { drawFeatureMap } from "./draw-feature-map.ts";
import { extractRadiomics } from "./extract.ts";
import { type MappedFamily, featureMap } from "./feature-map.ts";

const [width, height] = [40, 30];

/** Speckle of whole levels from 0 to 255 whose neighbours resemble each other. */
function speckle(): Image {
  const values = new Uint8Array(width * height);
  let state = 7;
  for (let p = 0; p < values.length; p++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const drawn = Math.floor(state / 65536) % 256;
    values[p] = p % width === 0 ? drawn : Math.floor((2 * values[p - 1] + drawn) / 3);
  }
  return { dimensions: [width, height, 1], spacingMm: null, values };
}

function disc(radius: number): Mask {
  const values = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if ((x - 19) * (x - 19) + (y - 14) * (y - 14) <= radius * radius) values[y * width + x] = 1;
  return { dimensions: [width, height, 1], values };
}

/** The part of a mask in a square window. */
function windowMask(mask: Mask, [cx, cy]: readonly [number, number], radius: number): Mask {
  const values = mask.values.map((inside, p) =>
    Math.abs((p % width) - cx) <= radius && Math.abs(Math.floor(p / width) - cy) <= radius ? inside : 0,
  );
  return { dimensions: mask.dimensions, values };
}

const families: readonly MappedFamily[] = ["glcm", "glrlm", "glszm", "ngtdm", "ngldm"];
/** Features that depend on the number of levels of the binning, which a map takes from the whole region. */
const dependOnLevels = new Set(["normalisedInverseDifference", "normalisedInverseDifferenceMoment"]);

describe("a feature map", () => {
  for (const binWidth of [25, 3])
    for (const family of families)
      it(`holds at each pixel what ${family} of the window alone is, binned as the region (width ${binWidth})`, () => {
        const [image, mask] = [speckle(), disc(12)];
        const discretisation: Discretisation = {
          method: "fixed-bin-width",
          width: binWidth,
          lowerBound: 0,
        };
        const pixels = [
          [19, 14],
          [8, 16],
          [19, 2],
        ] as const;
        const ofWindows = pixels.map((pixel) =>
          extractRadiomics(image, windowMask(mask, pixel, 4), {
            families: [family],
            discretisations: [discretisation],
            aggregation: "averaged",
          }),
        );
        Object.keys(catalogue[family].features).forEach((feature, k) => {
          if (dependOnLevels.has(feature)) return;
          const map = featureMap(image, mask, { family, feature, discretisation, radiusPx: 4 });
          pixels.forEach(([x, y], window) => {
            const { value } = ofWindows[window][k].value;
            if (value === null) expect(map.values[y * width + x], feature).toBeNaN();
            else expect(map.values[y * width + x] / value, feature).toBeCloseTo(1, 10);
          });
        });
      });

  it("is not a number outside the region, and where no two pixels of a window are neighbours", () => {
    const mask = disc(5);
    mask.values[0] = 1;
    const map = featureMap(speckle(), mask, {
      family: "glcm",
      feature: "contrast",
      discretisation: { method: "fixed-bin-number", bins: 8 },
      radiusPx: 2,
    });
    mask.values.forEach((inside, p) => expect(Number.isNaN(map.values[p])).toBe(inside === 0 || p === 0));
  });

  it("takes bins from the whole region, so that a brighter part has a higher joint average", () => {
    const mask = disc(12);
    const values = speckle().values.map((value, p) => Math.floor(value / 4) + (p % width > 19 ? 150 : 0));
    const map = featureMap({ dimensions: mask.dimensions, spacingMm: null, values }, mask, {
      family: "glcm",
      feature: "jointAverage",
      discretisation: { method: "fixed-bin-number", bins: 16 },
      radiusPx: 3,
    });
    expect(map.values[14 * width + 28]).toBeGreaterThan(map.values[14 * width + 10] + 5);
  });

  it("refuses an unknown feature, a radius that is none, and a region of several slices", () => {
    const settings = {
      family: "glcm",
      feature: "contrast",
      discretisation: { method: "fixed-bin-number", bins: 8 },
      radiusPx: 2,
    } as const;
    const [image, mask] = [speckle(), disc(5)];
    expect(() => featureMap(image, mask, { ...settings, feature: "contrats" })).toThrow(InputError);
    for (const radiusPx of [0, 1.5, -1, NaN, 1000])
      expect(() => featureMap(image, mask, { ...settings, radiusPx })).toThrow(InputError);
    const volume: Image = {
      dimensions: [width, height, 2],
      spacingMm: null,
      values: Uint8Array.of(...image.values, ...image.values),
    };
    const both: Mask = {
      dimensions: [width, height, 2],
      values: Uint8Array.of(...mask.values, ...mask.values),
    };
    expect(() => featureMap(volume, both, settings)).toThrow(/one slice/);
  });
});

describe("the picture of a feature map", () => {
  const [image, mask] = [speckle(), disc(12)];
  const map = featureMap(image, mask, {
    family: "ngtdm",
    feature: "contrast",
    discretisation: { method: "fixed-bin-number", bins: 8 },
    radiusPx: 2,
  });

  it("states the least and the largest value", () => {
    const values = Array.from(map.values).filter((value) => !Number.isNaN(value));
    expect(drawFeatureMap(image, mask, map).range).toEqual([Math.min(...values), Math.max(...values)]);
  });

  it("is grey outside the region and coloured inside", () => {
    const { rgb, width: columns, height: rows } = drawFeatureMap(image, mask, map);
    const isGrey = (at: number) => rgb[3 * at] === rgb[3 * at + 1] && rgb[3 * at + 1] === rgb[3 * at + 2];
    expect(isGrey(0)).toBe(true);
    expect(isGrey(Math.floor(rows / 2) * columns + Math.floor(rows / 2))).toBe(false);
    expect(rgb.length).toBe(3 * columns * rows);
  });

  it("exists for a map without a value and for a region of one pixel", () => {
    const single: Mask = {
      dimensions: mask.dimensions,
      values: mask.values.map((_, p) => (p === 0 ? 1 : 0)),
    };
    const empty: Image = { ...map, values: map.values.map(() => NaN) };
    const picture = drawFeatureMap(image, single, empty);
    expect(picture.range).toBeNull();
    expect(picture.width).toBeGreaterThan(0);
  });
});
