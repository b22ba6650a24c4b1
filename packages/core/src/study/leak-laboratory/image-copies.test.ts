import { describe, expect, it } from "vitest";
import type { OutlinedImage } from "../../image/perturb.ts";
import { createRandom } from "../../math/random.ts";
import { cropped, mirrored, recompressed } from "./image-copies.ts";

const [width, height] = [40, 32];
const random = createRandom(3);
const frame: OutlinedImage = {
  image: {
    dimensions: [width, height, 1],
    spacingMm: [0.1, 0.1, 0.1],
    values: Uint8Array.from({ length: width * height }, () => random.integer(256)),
  },
  mask: {
    dimensions: [width, height, 1],
    values: Uint8Array.from({ length: width * height }, (_, p) =>
      p % width >= 12 && p % width < 20 && p >= 10 * width && p < 18 * width ? 1 : 0,
    ),
  },
};
const insideLevels = ({ image, mask }: OutlinedImage) =>
  Array.from(image.values).filter((_, p) => mask.values[p] === 1);

describe("copies of images", () => {
  it("are as before when mirrored twice, and hold the same levels inside the outline", () => {
    expect(mirrored(mirrored(frame))).toEqual(frame);
    expect(mirrored(frame)).not.toEqual(frame);
    expect(insideLevels(mirrored(frame)).sort((a, b) => a - b)).toEqual(
      insideLevels(frame).sort((a, b) => a - b),
    );
  });

  it("lose a border and nothing of the lesion when cropped", () => {
    const copy = cropped(frame, 5);
    expect(copy.image.dimensions).toEqual([width - 10, height - 10, 1]);
    expect(insideLevels(copy)).toEqual(insideLevels(frame));
  });

  it("are cropped less where the outline is near the border", () => {
    expect(insideLevels(cropped(frame, 15))).toEqual(insideLevels(frame));
  });

  it("change with the step of the compression, and not at all with a tiny one", () => {
    const change = (step: number) =>
      Array.from(recompressed(frame, step).image.values).reduce(
        (sum, level, p) => sum + Math.abs(level - frame.image.values[p]),
        0,
      );
    expect(change(0.01)).toBe(0);
    expect(change(4)).toBeGreaterThan(0);
    expect(change(16)).toBeGreaterThan(change(4));
    expect(change(4) / (width * height)).toBeLessThan(8);
  });
});
