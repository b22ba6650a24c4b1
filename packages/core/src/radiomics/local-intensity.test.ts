import { describe, expect, it } from "vitest";
import type { Dimensions, Image, Mask, Spacing } from "../image/image.ts";
import { createRandom } from "../math/random.ts";
import { type LocalIntensity, describeLocalIntensity } from "./local-intensity.ts";

const radiusMm = Math.cbrt(3000 / (4 * Math.PI));

interface Place {
  readonly index: number;
  readonly at: readonly number[];
}

/** Every voxel around every voxel, as the definition says. */
function byDefinition({ dimensions: [width, height], spacingMm, values }: Image, mask: Mask): LocalIntensity {
  const places = Array.from(values, (_, index): Place => {
    const at = [index % width, Math.floor(index / width) % height, Math.floor(index / (width * height))];
    return { index, at: at.map((k, axis) => k * spacingMm![axis]) };
  });
  const meanAround = (centre: Place): number => {
    const near = places.filter(
      ({ index, at }) =>
        Math.hypot(...at.map((x, axis) => x - centre.at[axis])) <= radiusMm && Number.isFinite(values[index]),
    );
    return near.reduce((sum, { index }) => sum + values[index], 0) / near.length;
  };
  const inside = places.filter(({ index }) => mask.values[index] === 1);
  const largest = Math.max(...inside.map(({ index }) => values[index]));
  return {
    localPeak: Math.max(...inside.filter(({ index }) => values[index] === largest).map(meanAround)),
    globalPeak: Math.max(...inside.map(meanAround)),
  };
}

function regionOf(dimensions: Dimensions, spacingMm: Spacing, seed: string): { image: Image; mask: Mask } {
  const random = createRandom(seed);
  const size = dimensions[0] * dimensions[1] * dimensions[2];
  const values = Float64Array.from({ length: size }, () => random.integer(20));
  const mask = Uint8Array.from(values, () => (random.uniform() < 0.3 ? 1 : 0));
  mask[Math.floor(size / 2)] = 1;
  return { image: { dimensions, spacingMm, values }, mask: { dimensions, values: mask } };
}

function expectSame({ image, mask }: { image: Image; mask: Mask }): void {
  const ours = describeLocalIntensity(image, mask)!;
  const expected = byDefinition(image, mask);
  expect(ours.localPeak).toBeCloseTo(expected.localPeak, 11);
  expect(ours.globalPeak).toBeCloseTo(expected.globalPeak, 11);
}

describe("intensity peaks", () => {
  it.each<[Dimensions, Spacing]>([
    [
      [9, 8, 7],
      [2, 3, 4],
    ],
    [
      [12, 11, 5],
      [1, 1.7, 2.6],
    ],
    [
      [40, 30, 1],
      [0.4, 0.5, 1],
    ],
    [
      [6, 5, 4],
      [7, 7, 7],
    ],
    [
      [4, 3, 30],
      [9, 1, 0.5],
    ],
  ])("are those of the definition, image of %j, spacing %j", (dimensions, spacing) => {
    for (let seed = 0; seed < 5; seed++) expectSame(regionOf(dimensions, spacing, `peaks ${seed}`));
  });

  it("of several largest voxels take the one of the brightest surroundings", () => {
    const image: Image = {
      dimensions: [7, 1, 1],
      spacingMm: [4, 4, 4],
      values: Uint8Array.of(0, 9, 0, 0, 5, 9, 5),
    };
    const mask = { dimensions: image.dimensions, values: Uint8Array.of(0, 1, 0, 0, 0, 1, 0) };
    expect(describeLocalIntensity(image, mask)!.localPeak).toBeCloseTo(19 / 3, 12);
  });

  it("leave out voxels without a finite intensity", () => {
    const { image, mask } = regionOf([9, 8, 7], [2, 3, 4], "peaks with gaps");
    for (let p = 0; p < image.values.length; p++)
      if (mask.values[p] === 0 && p % 3 === 0) image.values[p] = p % 2 === 0 ? NaN : Infinity;
    expectSame({ image, mask });
  });

  it("of voxels larger than the sphere are their intensities", () => {
    const { image, mask } = regionOf([6, 5, 4], [7, 7, 7], "large voxels");
    const { localPeak, globalPeak } = describeLocalIntensity(image, mask)!;
    expect(localPeak).toBe(globalPeak);
    expect(globalPeak).toBe(Math.max(...image.values.filter((_, p) => mask.values[p] === 1)));
  });

  it("need spacing", () => {
    const { image, mask } = regionOf([3, 3, 3], [1, 1, 1], "no spacing");
    expect(describeLocalIntensity({ ...image, spacingMm: null }, mask)).toBeNull();
  });
});
