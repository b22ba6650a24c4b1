import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../math/random.ts";
import { copiedImages } from "./copied-images.ts";
import { imageFingerprint } from "./fingerprint.ts";
import type { Image, Mask } from "./image.ts";

interface Frame {
  readonly image: Image;
  readonly mask: Mask;
}

/** Speckle of a few pixels over slow tissue that darkens with depth, with a dark lesion, as all frames have in common. */
function frame(name: string, [width, height]: readonly [number, number] = [240, 200]): Frame {
  const random = createRandom(name);
  const speckle = smooth(random, width, height);
  const [cx, cy] = [width * (0.4 + 0.2 * random.uniform()), height * (0.35 + 0.2 * random.uniform())];
  const [rx, ry] = [width * (0.1 + 0.08 * random.uniform()), height * (0.1 + 0.08 * random.uniform())];
  const values = new Uint8Array(width * height);
  const inside = new Uint8Array(width * height);
  for (let y = 0, p = 0; y < height; y++)
    for (let x = 0; x < width; x++, p++) {
      inside[p] = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1 ? 1 : 0;
      const tissue = 150 - (70 * y) / height - 60 * inside[p];
      values[p] = Math.min(255, Math.max(0, Math.round(tissue + 28 * speckle[p])));
    }
  const dimensions = [width, height, 1] as const;
  return { image: { dimensions, spacingMm: null, values }, mask: { dimensions, values: inside } };
}

/** Noise averaged over 5 by 5 pixels, three times the deviation of one such mean. */
function smooth(random: Random, width: number, height: number): Float64Array {
  const noise = Float64Array.from({ length: (width + 4) * (height + 4) }, () => random.normal());
  const smoothed = new Float64Array(width * height);
  for (let y = 0, p = 0; y < height; y++)
    for (let x = 0; x < width; x++, p++) {
      for (let dy = 0; dy < 5; dy++)
        for (let dx = 0; dx < 5; dx++) smoothed[p] += noise[(y + dy) * (width + 4) + x + dx] / 5;
    }
  return smoothed;
}

/** A frame of another size whose pixel (x, y) is the one that `from` names, its level changed. */
function redrawn(
  { image, mask }: Frame,
  [width, height]: readonly [number, number],
  from: (x: number, y: number) => readonly [number, number],
  level: (value: number) => number = (value) => value,
): Frame {
  const at = ({ dimensions, values }: Image | Mask, x: number, y: number) => {
    const [sx, sy] = from(x, y);
    return values[Math.floor(sy) * dimensions[0] + Math.floor(sx)];
  };
  const draw = (grid: Image | Mask, change: (value: number) => number) =>
    Uint8Array.from({ length: width * height }, (_, p) =>
      Math.min(255, Math.max(0, Math.round(change(at(grid, p % width, Math.floor(p / width)))))),
    );
  const dimensions = [width, height, 1] as const;
  return {
    image: { dimensions, spacingMm: null, values: draw(image, level) },
    mask: { dimensions, values: draw(mask, (value) => value) },
  };
}

const originals = Array.from({ length: 12 }, (_, k) => frame(`frame ${String(k)}`));
const printsOf = (frames: readonly Frame[]) => frames.map(({ image, mask }) => imageFingerprint(image, mask));
const original = originals[3];

describe("copies of an image", () => {
  const copies: readonly { how: string; copy: Frame }[] = [
    { how: "unchanged", copy: original },
    { how: "mirrored", copy: redrawn(original, [240, 200], (x, y) => [239 - x, y]) },
    { how: "upside down", copy: redrawn(original, [240, 200], (x, y) => [x, 199 - y]) },
    { how: "turned by a right angle", copy: redrawn(original, [200, 240], (x, y) => [y, 199 - x]) },
    { how: "cropped by a fifth on two sides", copy: redrawn(original, [192, 160], (x, y) => [x + 48, y]) },
    { how: "half as large", copy: redrawn(original, [120, 100], (x, y) => [2 * x, 2 * y]) },
    {
      how: "stretched to a square",
      copy: redrawn(original, [224, 224], (x, y) => [(x * 240) / 224, (y * 200) / 224]),
    },
    {
      how: "of higher gain",
      copy: redrawn(
        original,
        [240, 200],
        (x, y) => [x, y],
        (v) => 1.4 * v,
      ),
    },
    {
      how: "of lower contrast",
      copy: redrawn(
        original,
        [240, 200],
        (x, y) => [x, y],
        (v) => 40 + 0.6 * v,
      ),
    },
    {
      how: "cropped, mirrored and of coarse levels",
      copy: redrawn(
        original,
        [216, 180],
        (x, y) => [227 - x, y + 10],
        (v) => 16 * Math.round(v / 16),
      ),
    },
  ];

  it.each(copies)("$how are found", ({ copy }) => {
    const pairs = copiedImages(printsOf([...originals, copy]));
    expect(pairs.map(({ first, second }) => [first, second])).toEqual([[3, originals.length]]);
    expect(pairs[0].correlation).toBeGreaterThan(0.75);
  });

  it("are found where the lesion was outlined anew", () => {
    const { image, mask } = redrawn(original, [240, 200], (x, y) => [239 - x, y]);
    const [width] = mask.dimensions;
    const wider = mask.values.map(
      (inside, p) => inside | (mask.values[p - 6] ?? 0) | (mask.values[p + 5 * width] ?? 0),
    );
    const pairs = copiedImages(printsOf([...originals, { image, mask: { ...mask, values: wider } }]));
    expect(pairs.map(({ first, second }) => [first, second])).toEqual([[3, originals.length]]);
  });

  it("are not looked for between images of one owner", () => {
    expect(copiedImages(printsOf([original, original]), () => true)).toEqual([]);
  });
});

describe("images of different patients", () => {
  it("are no copies though their layout is alike", () => {
    const same = Array.from({ length: 40 }, (_, k) => frame(`other ${String(k)}`));
    expect(copiedImages(printsOf([...originals, ...same]))).toEqual([]);
  });

  it("are no copies in the same fan, which is black outside", () => {
    const fanned = originals.map(({ image, mask }) => {
      const [width] = image.dimensions;
      const values = image.values.map((level, p) =>
        Math.abs((p % width) - 120) < 40 + Math.floor(p / width) / 2.6 ? level + 1 : 0,
      );
      return { image: { ...image, values: Uint8Array.from(values) }, mask };
    });
    expect(copiedImages(printsOf(fanned))).toEqual([]);
  });

  it("have no fingerprint where nothing is outlined or the frame has one level", () => {
    const { image, mask } = originals[0];
    const dimensions = mask.dimensions;
    expect(imageFingerprint(image, { dimensions, values: new Uint8Array(mask.values.length) })).toBeNull();
    expect(imageFingerprint({ ...image, values: new Uint8Array(mask.values.length) }, mask)).toBeNull();
    expect(copiedImages([null, null])).toEqual([]);
  });
});
