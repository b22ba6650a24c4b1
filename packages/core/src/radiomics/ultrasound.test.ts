import { describe, expect, it } from "vitest";
import type { Image, Mask, Spacing } from "../image/image.ts";
import { simulateUltrasound } from "../image/simulate-ultrasound.ts";
import { createRandom } from "../math/random.ts";
import { ultrasoundFeatures } from "./ultrasound-features.ts";
import { describeUltrasound } from "./ultrasound.ts";

type Feature = keyof typeof ultrasoundFeatures;
const features = Object.keys(ultrasoundFeatures) as Feature[];

function measure(image: Image, mask: Mask): Record<Feature, number | null> {
  const scene = describeUltrasound(image, mask);
  if (scene === null) throw new Error("several slices");
  return Object.fromEntries(features.map((key) => [key, ultrasoundFeatures[key].compute(scene)])) as Record<
    Feature,
    number | null
  >;
}

function frame(
  [width, height]: readonly [number, number],
  level: (x: number, y: number) => number,
  spacingMm: Spacing | null = null,
): Image {
  const values = Float64Array.from({ length: width * height }, (_, p) =>
    level(p % width, Math.floor(p / width)),
  );
  return { dimensions: [width, height, 1], spacingMm, values };
}

function region(
  [width, height]: readonly [number, number],
  isInside: (x: number, y: number) => boolean,
): Mask {
  const values = Uint8Array.from({ length: width * height }, (_, p) =>
    isInside(p % width, Math.floor(p / width)) ? 1 : 0,
  );
  return { dimensions: [width, height, 1], values };
}

/** Noise of mean 0 and standard deviation 1 that depends on the pixel alone. */
function noise(x: number, y: number): number {
  let hash = Math.imul(x + 1, 374761393) ^ Math.imul(y + 7, 668265263);
  let sum = 0;
  for (let draw = 0; draw < 12; draw++) {
    hash = Math.imul(hash ^ (hash >>> 13), 1274126177) ^ (hash >>> 16);
    sum += (hash >>> 0) / 4294967296;
  }
  return sum - 6;
}

/** Pixels twice as many along x and y as asked, each a copy. */
function enlarged(
  { dimensions: [width, height], values }: Image | Mask,
  [timesX, timesY]: readonly [number, number],
) {
  const [columns, rows] = [width * timesX, height * timesY];
  return {
    dimensions: [columns, rows, 1] as const,
    values: Float64Array.from(
      { length: columns * rows },
      (_, p) =>
        values[Math.floor(Math.floor(p / columns) / timesY) * width + Math.floor((p % columns) / timesX)],
    ),
  };
}

const size = [200, 160] as const;
const radius = 28;
const isInDisc = (x: number, y: number) => (x - 100) * (x - 100) + (y - 64) * (y - 64) <= radius * radius;
const disc = region(size, isInDisc);

const simulated = [1, 2, 3].map((seed) =>
  simulateUltrasound(
    { diameterMm: 12 + 5 * seed, imageTrait: seed - 2, highGrade: seed === 2, lymphovascularInvasion: false },
    createRandom(seed),
  ),
);

describe("ultrasound features", () => {
  it("exist for simulated lesions, all of them", () => {
    for (const { image, mask } of simulated)
      for (const [key, value] of Object.entries(measure(image, mask)))
        expect(value, key).toSatisfy(Number.isFinite);
  });

  it("do not change with gain and offset of the levels, but for the ratio of levels", () => {
    for (const { image, mask } of simulated) {
      const before = measure(image, mask);
      // An offset would turn the black surround of a frame grey; these frames have none.
      const after = measure(
        { ...image, values: Float64Array.from(image.values, (level) => 0.4 * level + 31) },
        mask,
      );
      for (const key of features)
        if (key !== "lesionToFatRatio") expect(after[key], key).toBeCloseTo(before[key] ?? NaN, 8);
      expect(after.lesionToFatRatio).not.toBeCloseTo(before.lesionToFatRatio ?? NaN, 3);
    }
  });

  it("do not change with a factor of the levels", () => {
    for (const { image, mask } of simulated) {
      const before = measure(image, mask);
      const after = measure(
        { ...image, values: Float64Array.from(image.values, (level) => 3 * level) },
        mask,
      );
      for (const key of features) expect(after[key], key).toBeCloseTo(before[key] ?? NaN, 8);
    }
  });

  it("by rank and by shape do not change with any rising grey map", () => {
    const { image, mask } = simulated[0];
    const curved = { ...image, values: Float64Array.from(image.values, (level) => level * level + level) };
    const [before, after] = [measure(image, mask), measure(curved, mask)];
    for (const key of ["echogenicityRank", "spiculation", "depthToWidthRatio"] as const)
      expect(after[key]).toBe(before[key]);
    // The percentile lies between two levels, whose pixels stay on their sides.
    expect(after.anechoicShare).toBeCloseTo(before.anechoicShare ?? NaN, 2);
  });

  it("are the same when the frame is mirrored from left to right", () => {
    for (const { image, mask } of simulated) {
      const [width] = image.dimensions;
      const mirror = (values: Image["values"]) =>
        Uint8Array.from(values, (_, p) => values[p - (p % width) + width - 1 - (p % width)]);
      const before = measure(image, mask);
      const after = measure(
        { ...image, values: mirror(image.values) },
        { ...mask, values: mirror(mask.values) },
      );
      for (const key of features) {
        const scale = Math.max(0.3, Math.abs(before[key] ?? 0));
        // Sectors and samples of the border start elsewhere, which a quantile of sectors feels most.
        const slack = key === "weakMarginSharpness" ? 0.15 : 0.08;
        expect(Math.abs((after[key] ?? NaN) - (before[key] ?? NaN)) / scale, key).toBeLessThan(slack);
      }
    }
  });

  it("hardly change where each pixel is cut into four, whether the spacing is known or not", () => {
    for (const { image, mask } of simulated) {
      const half: Spacing | null =
        image.spacingMm === null ? null : [image.spacingMm[0] / 2, image.spacingMm[1] / 2, 1];
      const finerMask = { ...enlarged(mask, [2, 2]), values: Uint8Array.from(enlarged(mask, [2, 2]).values) };
      const before = measure(image, mask);
      for (const spacingMm of [half, null]) {
        const after = measure({ ...enlarged(image, [2, 2]), spacingMm }, finerMask);
        for (const key of features) {
          if (key === "concavities") continue;
          const scale = Math.max(0.3, Math.abs(before[key] ?? 0));
          expect(Math.abs((after[key] ?? NaN) - (before[key] ?? NaN)) / scale, key).toBeLessThan(0.12);
        }
      }
    }
  });

  it("measure in mm where pixels are not square", () => {
    const image = frame(size, (x, y) => 100 + 20 * noise(x, y), [0.1, 0.1, 1]);
    const square = measure(image, disc);
    const wideMask = { ...enlarged(disc, [3, 1]), values: Uint8Array.from(enlarged(disc, [3, 1]).values) };
    const oblong = measure({ ...enlarged(image, [3, 1]), spacingMm: [0.1 / 3, 0.1, 1] }, wideMask);
    for (const key of ["depthToWidthRatio", "ellipticNormalisedCircumference", "absoluteTurning"] as const)
      expect(oblong[key], key).toBeCloseTo(square[key] ?? NaN, 1);
    for (const key of ["posteriorContrast", "marginContrast", "echogenicity"] as const)
      expect(oblong[key], key).toBeCloseTo(square[key] ?? NaN, 1);
  });

  it("are finite, or null, whatever the region", () => {
    const everywhere = frame(size, (x, y) => 90 + 20 * noise(x, y));
    const flat = frame(size, () => 90);
    const black = frame(size, () => 0);
    const masks: Record<string, Mask> = {
      "one pixel": region(size, (x, y) => x === 50 && y === 60),
      "two pixels at a corner": region(size, (x, y) => (x === 50 && y === 60) || (x === 51 && y === 61)),
      "one row": region(size, (x, y) => y === 60 && x > 20 && x < 180),
      "one column": region(size, (x, y) => x === 60 && y > 20 && y < 120),
      "the whole image": region(size, () => true),
      "at the upper left": region(size, (x, y) => x < 40 && y < 30),
      "at the lower right": region(size, (x, y) => x > 150 && y > 120),
      "two parts": region(size, (x, y) => y > 40 && y < 80 && (x < 40 || x > 160)),
      "with a hole": region(size, (x, y) => isInDisc(x, y) && !(x > 90 && x < 110 && y > 55 && y < 70)),
      "a board of chess": region(size, (x, y) => isInDisc(x, y) && (x + y) % 2 === 0),
    };
    for (const image of [everywhere, flat, black])
      for (const [name, mask] of Object.entries(masks))
        for (const [key, value] of Object.entries(measure(image, mask)))
          expect(value === null || Number.isFinite(value), `${key} of ${name}`).toBe(true);
  });

  it("do not exist for a region of several slices", () => {
    const values = Uint8Array.of(1, 1, 1, 1);
    const dimensions = [1, 2, 2] as const;
    expect(describeUltrasound({ dimensions, spacingMm: null, values }, { dimensions, values })).toBeNull();
  });

  it("look at the slice of the region in a volume", () => {
    const image = frame(size, (x, y) => 90 + 20 * noise(x, y) - (isInDisc(x, y) ? 30 : 0));
    const dimensions = [...size, 2] as unknown as Image["dimensions"];
    const stacked = Float64Array.of(...new Float64Array(size[0] * size[1]).fill(7), ...image.values);
    const stackedMask = Uint8Array.of(...new Uint8Array(size[0] * size[1]), ...disc.values);
    expect(
      measure({ dimensions, spacingMm: null, values: stacked }, { dimensions, values: stackedMask }),
    ).toEqual(measure(image, disc));
  });
});

describe("posterior echoes", () => {
  /** Tissue with a band behind the lesion that is darker or brighter by some levels. */
  const behind = (difference: (x: number) => number) =>
    frame(size, (x, y) => {
      const isBehind = Math.abs(x - 100) <= radius && y > 64 && !isInDisc(x, y);
      return 100 + 10 * noise(x, y) - (isInDisc(x, y) ? 40 : 0) + (isBehind ? difference(x) : 0);
    });

  it("are the difference from the tissue beside at the same depth, in its standard deviations", () => {
    for (const difference of [-30, 0, 25]) {
      // Levels fall with depth, which is no shadow.
      const image = behind(() => difference);
      const values = image.values.map((level, p) => level - 0.2 * Math.floor(p / size[0]));
      const { posteriorContrast, minimumSideDifference } = measure({ ...image, values }, disc);
      const around = [...values].filter((_, p) => {
        const away = Math.hypot((p % size[0]) - 100, Math.floor(p / size[0]) - 64);
        return away > radius + 0.3 && away <= 2 * radius + 0.5;
      });
      const mean = around.reduce((sum, level) => sum + level, 0) / around.length;
      const deviation = Math.sqrt(
        around.reduce((sum, level) => sum + (level - mean) * (level - mean), 0) / around.length,
      );
      expect(posteriorContrast).toBeCloseTo(difference / deviation, 1);
      expect(minimumSideDifference).toBeCloseTo(difference / deviation, 1);
    }
  });

  it("show a combined pattern by both indices", () => {
    const combined = measure(
      behind((x) => (x < 95 ? -25 : x > 105 ? 25 : 0)),
      disc,
    );
    const plain = measure(
      behind(() => 0),
      disc,
    );
    expect(combined.shadowIndex).toBeGreaterThan((plain.shadowIndex ?? NaN) + 0.8);
    expect(combined.enhancementIndex).toBeGreaterThan((plain.enhancementIndex ?? NaN) + 0.8);
  });

  it("do not exist where the frame ends below the lesion", () => {
    const low = region(size, (x, y) => y > 120 && Math.abs(x - 100) < 30);
    expect(
      measure(
        behind(() => 0),
        low,
      ).posteriorContrast,
    ).toBeNull();
  });
});

describe("the margin", () => {
  /** A dark disc whose level rises over a distance of some pixels. */
  const blurred = (width: number, rim = 0) =>
    frame(size, (x, y) => {
      const away = Math.hypot(x - 100, y - 64) - radius;
      const inside = Math.min(1, Math.max(0, 0.5 - away / width));
      return 100 + 8 * noise(x, y) - 50 * inside + (away > 0 && away < 5 ? rim : 0);
    });

  it("is sharper the faster the level rises", () => {
    const sharpness = [1, 6, 14, 30].map((width) => measure(blurred(width), disc).marginSharpness ?? NaN);
    expect(sharpness.toSorted((a, b) => b - a)).toEqual(sharpness);
    const acutance = [1, 6, 14, 30].map((width) => measure(blurred(width), disc).acutance ?? NaN);
    expect(acutance.toSorted((a, b) => b - a)).toEqual(acutance);
  });

  it("has a contrast of the difference of its sides", () => {
    const { marginContrast, marginSharpness, lesionToFatContrast } = measure(blurred(0.01), disc);
    expect(marginContrast).toBeCloseTo(50 / 8, 0);
    expect(marginSharpness).toBeGreaterThanOrEqual(0.95 * (50 / 8));
    expect(lesionToFatContrast).toBeCloseTo(-50 / 8, 0);
  });

  it("has a halo where its rim is bright", () => {
    expect(measure(blurred(1, 0), disc).halo).toBeCloseTo(0, 0);
    expect(measure(blurred(1, 20), disc).halo).toBeGreaterThan(1);
    expect(measure(blurred(1, -20), disc).halo).toBeLessThan(-1);
  });

  it("has a radial gradient near 1 around a dark disc, near -1 around a bright one, about 0 around none", () => {
    const dark = blurred(4);
    expect(measure(dark, disc).normalisedRadialGradient).toBeGreaterThan(0.85);
    const bright = { ...dark, values: dark.values.map((level) => 200 - level) };
    expect(measure(bright, disc).normalisedRadialGradient).toBeLessThan(-0.85);
    const none = frame(size, (x, y) => 100 + 8 * noise(x, y));
    expect(Math.abs(measure(none, disc).normalisedRadialGradient ?? NaN)).toBeLessThan(0.2);
  });
});

describe("echogenicity", () => {
  const lesion = (level: number, spread = 8) =>
    frame(size, (x, y) => (isInDisc(x, y) ? level + spread * noise(x, y) : 100 + 8 * noise(x, y)));

  it("is below 0 for a dark lesion and its rank below one half", () => {
    const [dark, same, bright] = [60, 100, 130].map((level) => measure(lesion(level), disc));
    expect(dark.echogenicity).toBeCloseTo(-40 / 8, 0);
    expect(same.echogenicity).toBeCloseTo(0, 0);
    expect(bright.echogenicity).toBeCloseTo(30 / 8, 0);
    expect(dark.echogenicityRank).toBeLessThan(0.01);
    expect(same.echogenicityRank).toBeCloseTo(0.5, 1);
    expect(bright.echogenicityRank).toBeGreaterThan(0.99);
    expect(dark.lesionToFatRatio).toBeCloseTo(0.6, 1);
    expect(dark.anechoicShare).toBeGreaterThan(0.99);
    expect(bright.anechoicShare).toBeLessThan(0.01);
  });

  it("is heterogeneous where the lesion varies more than the tissue around", () => {
    const [alike, twice] = [8, 16].map((spread) => measure(lesion(60, spread), disc).heterogeneity ?? NaN);
    expect(Math.abs(alike - 1)).toBeLessThan(0.1);
    expect(twice / alike).toBeCloseTo(2, 5);
  });

  it("rises inwards where the centre is brighter than the border", () => {
    const coned = (sign: number) =>
      frame(size, (x, y) => 100 + 8 * noise(x, y) - sign * Math.min(radius, Math.hypot(x - 100, y - 64)));
    expect(measure(coned(1), disc).inwardRise).toBeCloseTo(radius / 8, 0);
    expect(measure(coned(-1), disc).inwardRise).toBeCloseTo(-radius / 8, 0);
  });
});

describe("orientation and border", () => {
  const tissue = frame(size, (x, y) => 100 + 8 * noise(x, y));
  /** A region whose border lies at a distance that depends on the angle. */
  const star = (distance: (angle: number) => number) =>
    region(size, (x, y) => Math.hypot(x - 100, y - 64) <= distance(Math.atan2(y - 64, x - 100)));
  const ellipse = (a: number, b: number, tilt: number) =>
    region(size, (x, y) => {
      const [dx, dy] = [x - 100, y - 64];
      const [u, v] = [dx * Math.cos(tilt) + dy * Math.sin(tilt), dy * Math.cos(tilt) - dx * Math.sin(tilt)];
      return (u * u) / (a * a) + (v * v) / (b * b) <= 1;
    });

  it("tell a lesion that is taller than wide", () => {
    expect(measure(tissue, ellipse(40, 20, 0)).depthToWidthRatio).toBeCloseTo(0.5, 1);
    expect(measure(tissue, ellipse(40, 20, Math.PI / 2)).depthToWidthRatio).toBeCloseTo(2, 1);
  });

  it("tell the angle of the major axis to the skin", () => {
    for (const degrees of [0, 20, 45, 70, 90, 110, 150])
      expect(measure(tissue, ellipse(40, 20, (degrees * Math.PI) / 180)).majorAxisAngle).toBeCloseTo(
        Math.min(degrees, 180 - degrees),
        0,
      );
    expect(measure(tissue, disc).majorAxisAngle).toBeNull();
  });

  it("are those of a smooth border for any ellipse", () => {
    for (const [a, b, tilt] of [
      [30, 30, 0],
      [44, 22, 0],
      [44, 22, 0.7],
    ] as const) {
      const values = measure(tissue, ellipse(a, b, tilt));
      expect(Math.abs((values.ellipticNormalisedCircumference ?? NaN) - 1)).toBeLessThan(0.01);
      expect(values.borderRoughness).toBeLessThan(0.03);
      expect(values.spiculation).toBeLessThan(0.01);
      expect(values.absoluteTurning).toBeCloseTo(1, 1);
      expect(values.concavities).toBe(0);
    }
  });

  it("count lobes and tell them from spicules", () => {
    const lobed = measure(
      tissue,
      star((angle) => 34 * (1 + 0.15 * Math.cos(4 * angle))),
    );
    const spiked = measure(
      tissue,
      star((angle) => 34 * (1 + 0.15 * Math.cos(12 * angle))),
    );
    expect(lobed.concavities).toBe(4);
    expect(spiked.concavities).toBe(12);
    expect(lobed.lobulation).toBeGreaterThan(3 * (lobed.spiculation ?? NaN));
    expect(spiked.spiculation).toBeGreaterThan(3 * (spiked.lobulation ?? NaN));
    for (const key of ["borderRoughness", "absoluteTurning", "ellipticNormalisedCircumference"] as const)
      expect(spiked[key]).toBeGreaterThan(lobed[key] ?? NaN);
  });

  it("are null where pixels are too few", () => {
    const values = measure(
      tissue,
      region(size, (x, y) => x > 50 && x < 57 && y > 60 && y < 67),
    );
    expect(values.spiculation).toBeNull();
    expect(values.depthToWidthRatio).toBe(1);
  });
});
