import { describe, expect, it } from "vitest";
import type { FeatureDefinition } from "../features/feature-definition.ts";
import type { Image, Mask } from "../image/image.ts";
import { createRandom } from "../math/random.ts";
import { type Morphology, describeMorphology } from "./morphology.ts";
import { morphologyFeatures } from "./morphology-features.ts";

interface Region {
  readonly image: Image;
  readonly mask: Mask;
}

function regionOf(
  dimensions: readonly [number, number, number],
  spacingMm: readonly [number, number, number] | null,
  inside: (x: number, y: number, z: number) => boolean,
): Region {
  const [width, height, depth] = dimensions;
  const random = createRandom("morphology");
  const values = Float64Array.from({ length: width * height * depth }, () => 10 + random.normal());
  const mask = Uint8Array.from(values, (_, p) =>
    inside(p % width, Math.floor(p / width) % height, Math.floor(p / (width * height))) ? 1 : 0,
  );
  return { image: { dimensions, spacingMm, values }, mask: { dimensions, values: mask } };
}

const morphologyOf = ({ image, mask }: Region) => describeMorphology(image, mask, mask)!;
const ball = (radius: number) => {
  const side = 2 * radius + 3;
  const c = (side - 1) / 2;
  return regionOf(
    [side, side, side],
    [1, 1, 1],
    (x, y, z) => (x - c) ** 2 + (y - c) ** 2 + (z - c) ** 2 <= radius ** 2,
  );
};
const box = (w: number, h: number, d: number, spacing: readonly [number, number, number]) =>
  regionOf(
    [w + 2, h + 2, d + 2],
    spacing,
    (x, y, z) => x > 0 && x <= w && y > 0 && y <= h && z > 0 && z <= d,
  );

describe("morphology", () => {
  it("of a ball comes near that of a sphere", () => {
    const m = morphologyOf(ball(20));
    const volume = (4 / 3) * Math.PI * 20 ** 3;
    expect(m.mesh().volume / volume).toBeCloseTo(1, 1);
    expect(morphologyFeatures.sphericity.compute(m)).toBeGreaterThan(0.9);
    expect(morphologyFeatures.volumeDensityHull.compute(m)).toBeGreaterThan(0.95);
    expect(morphologyFeatures.volumeDensityHull.compute(m)).toBeLessThanOrEqual(1);
    expect(morphologyFeatures.elongation.compute(m)).toBeCloseTo(1, 10);
    expect(m.diameter()).toBeGreaterThanOrEqual(41);
    expect(m.diameter()).toBeLessThan(42);
    const semiAxes = m.hull()!.ellipsoid();
    for (const axis of semiAxes) expect(axis / 20.5).toBeCloseTo(1, 1);
  });

  it("of a box knows its sides, whatever the spacing", () => {
    const m = morphologyOf(box(6, 4, 3, [0.5, 1, 2]));
    expect(m.box).toEqual([3, 4, 6]);
    expect(morphologyFeatures.approximateVolume.compute(m)).toBeCloseTo(72, 12);
    expect(morphologyFeatures.volumeDensityBox.compute(m)).toBeCloseTo(m.mesh().volume / 72, 12);
    const [, , least] = [...m.hull()!.orientedBox()].sort((a, b) => b - a);
    expect(least).toBeCloseTo(3, 10);
  });

  it("does not change with the place or the order of axes", () => {
    const shape = (x: number, y: number, z: number) =>
      (x - 4) ** 2 / 12 + (y - 5) ** 2 / 20 + (z - 3) ** 2 / 5 <= 1;
    const first = morphologyOf(regionOf([12, 13, 9], [1, 1, 1], shape));
    const moved = morphologyOf(regionOf([15, 17, 11], [1, 1, 1], (x, y, z) => shape(x - 3, y - 2, z - 2)));
    const turned = morphologyOf(regionOf([13, 12, 9], [1, 1, 1], (x, y, z) => shape(y, x, z)));
    for (const key of [
      "volume",
      "surfaceArea",
      "maximumDiameter",
      "majorAxisLength",
      "volumeDensityHull",
    ] as const) {
      const value = morphologyFeatures[key].compute(first)!;
      expect(morphologyFeatures[key].compute(moved)).toBeCloseTo(value, 9);
      expect(morphologyFeatures[key].compute(turned)).toBeCloseTo(value, 9);
    }
  });

  it("finds the largest distance of all pairs of vertices", () => {
    const random = createRandom("blobs");
    const centres = Array.from({ length: 6 }, () => [
      3 + random.integer(18),
      3 + random.integer(14),
      3 + random.integer(9),
    ]);
    const region = regionOf([24, 20, 15], [0.7, 1.1, 1.9], (x, y, z) =>
      centres.some(([a, b, c]) => (x - a) ** 2 + (y - b) ** 2 + (z - c) ** 2 <= 7),
    );
    const m = morphologyOf(region);
    const [w, h] = region.mask.dimensions;
    const at = (x: number, y: number, z: number) => region.mask.values[(z * h + y) * w + x] ?? 0;
    const vertices: number[][] = [];
    for (let z = 0; z < 14; z++)
      for (let y = 0; y < 19; y++)
        for (let x = 0; x < 23; x++) {
          if (at(x, y, z) !== at(x + 1, y, z)) vertices.push([(x + 0.5) * 0.7, y * 1.1, z * 1.9]);
          if (at(x, y, z) !== at(x, y + 1, z)) vertices.push([x * 0.7, (y + 0.5) * 1.1, z * 1.9]);
          if (at(x, y, z) !== at(x, y, z + 1)) vertices.push([x * 0.7, y * 1.1, (z + 0.5) * 1.9]);
        }
    let largest = 0;
    for (const a of vertices)
      for (const b of vertices)
        largest = Math.max(largest, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
    expect(m.diameter()).toBeCloseTo(largest, 12);
  });

  it("sums Moran's and Geary's weights over all pairs, by transforms as directly", () => {
    const { image, mask } = regionOf([9, 7, 5], [0.6, 0.9, 2], (x, y, z) => (x * y + 3 * z) % 5 !== 0);
    const { moransI, gearysC } = describeMorphology(image, mask, mask)!.autocorrelation()!;
    const places = [...mask.values.keys()].filter((p) => mask.values[p] === 1);
    const mean = places.reduce((sum, p) => sum + image.values[p], 0) / places.length;
    const at = (p: number) => [(p % 9) * 0.6, (Math.floor(p / 9) % 7) * 0.9, Math.floor(p / 63) * 2];
    let [weight, products, differences, squares] = [0, 0, 0, 0];
    for (const p of places) {
      squares += (image.values[p] - mean) ** 2;
      for (const q of places) {
        if (p === q) continue;
        const [a, b] = [at(p), at(q)];
        const w = 1 / Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        weight += w;
        products += w * (image.values[p] - mean) * (image.values[q] - mean);
        differences += w * (image.values[p] - image.values[q]) ** 2;
      }
    }
    expect(moransI).toBeCloseTo(((places.length / weight) * products) / squares, 11);
    expect(gearysC).toBeCloseTo((((places.length - 1) / (2 * weight)) * differences) / squares, 11);
  });

  it.each<[string, Region]>([
    ["one voxel", regionOf([3, 3, 3], [1, 1, 1], (x, y, z) => x === 1 && y === 1 && z === 1)],
    ["one row", regionOf([7, 3, 3], [1, 1, 1], (_, y, z) => y === 1 && z === 1)],
    ["one slice", regionOf([7, 6, 1], [1, 1, 1], () => true)],
    ["the whole image", regionOf([4, 4, 4], [1, 1, 1], () => true)],
    ["a slanting plane", regionOf([7, 7, 6], [0.7, 0.9, 1.3], (x, y) => x === y)],
    ["two voxels at corners", regionOf([5, 5, 5], [1, 1, 1], (x, y, z) => x === y && y === z && x % 4 === 0)],
  ])("of %s is finite or does not exist", (_, region) => {
    const m = morphologyOf(region);
    const features: Readonly<Record<string, FeatureDefinition<Morphology>>> = morphologyFeatures;
    for (const [key, feature] of Object.entries(features)) {
      const value = feature.compute(m);
      if (value === null) expect(feature.undefinedWhen, key).toBeTruthy();
      else expect(Number.isFinite(value), key).toBe(true);
    }
  });

  it("of a slanting plane has no thickness", () => {
    const m = morphologyOf(regionOf([9, 9, 7], [0.7, 0.9, 1.3], (x, y) => x === y));
    expect(morphologyFeatures.flatness.compute(m)).toBe(0);
    expect(morphologyFeatures.volumeDensityPrincipalEllipsoid.compute(m)).toBeNull();
  });

  it("knows the shape of a region whose intensities are not all finite", () => {
    const region = regionOf([5, 5, 5], [1, 1, 1], () => true);
    region.image.values[40] = NaN;
    const m = morphologyOf(region);
    expect(morphologyFeatures.volume.compute(m)).toBeGreaterThan(0);
    for (const key of ["centreOfMassShift", "integratedIntensity", "moransI", "gearysC"] as const)
      expect(morphologyFeatures[key].compute(m)).toBeNull();
  });

  it("needs spacing", () => {
    const { image, mask } = regionOf([3, 3, 3], null, () => true);
    expect(describeMorphology(image, mask, mask)).toBeNull();
  });
});
