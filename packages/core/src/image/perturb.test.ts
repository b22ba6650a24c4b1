import { describe, expect, it } from "vitest";
import { cos, sin } from "../math/elementary.ts";
import { createRandom } from "../math/random.ts";
import type { Image, Mask } from "./image.ts";
import { boundingBox, pixelCount } from "./mask.ts";
import { noiseLevel } from "./noise-level.ts";
import { type OutlinedImage, perturb } from "./perturb.ts";
import { type Perturbation, perturbationWords } from "./perturbation.ts";

const [width, height] = [96, 80];
const centre = [47, 38] as const;

function draw(level: (x: number, y: number) => number): Float64Array {
  return Float64Array.from({ length: width * height }, (_, p) => level(p % width, Math.floor(p / width)));
}

function ellipse(a: number, b: number): Mask {
  const inside = draw((x, y) => {
    const [u, v] = [(x - centre[0]) / a, (y - centre[1]) / b];
    return u * u + v * v <= 1 ? 1 : 0;
  });
  return { dimensions: [width, height, 1], values: Uint8Array.from(inside) };
}

/** A smooth scene without a symmetry, in levels of 8 bits where asked for. */
function scene(stored: "floats" | "bytes"): Image {
  const values = draw((x, y) => 120 + 60 * sin(x / 9) + 50 * cos((x + 2 * y) / 14));
  return {
    dimensions: [width, height, 1],
    spacingMm: [0.1, 0.1, 1],
    values: stored === "bytes" ? Uint8Array.from(values, Math.round) : values,
  };
}

const outlined: OutlinedImage = { image: scene("floats"), mask: ellipse(24, 15) };
const inBytes: OutlinedImage = { image: scene("bytes"), mask: ellipse(24, 15) };
const apply = (...steps: readonly Perturbation[]) => perturb(outlined, steps, createRandom(5).fork("case"));
const kinds: readonly Perturbation[] = [
  { kind: "rotate", degrees: 5 },
  { kind: "translate", px: [0.25, 0.75] },
  { kind: "grow", by: { share: 0.1 } },
  { kind: "grow", by: { mm: -0.2 } },
  { kind: "contour", deviation: { share: 0.06 } },
  { kind: "noise", levels: "estimated" },
  { kind: "speckle", share: 0.1 },
];

function largestDifference(first: Image, second: Image, margin: number): number {
  let largest = 0;
  for (let y = margin; y < height - margin; y++)
    for (let x = margin; x < width - margin; x++) {
      const p = y * width + x;
      largest = Math.max(largest, Math.abs(first.values[p] - second.values[p]));
    }
  return largest;
}

function overlap(first: Mask, second: Mask): number {
  const both = first.values.reduce((count, value, p) => count + (value & second.values[p]), 0);
  return (2 * both) / (pixelCount(first) + pixelCount(second));
}

describe("every perturbation", () => {
  it.each(kinds)("$kind changes something, a little, and not its input", (step) => {
    const before = structuredClone(outlined);
    const changed = apply(step);
    expect(outlined).toEqual(before);
    expect(changed.image.dimensions).toEqual(outlined.image.dimensions);
    expect(changed).not.toEqual(outlined);
    expect(overlap(changed.mask, outlined.mask)).toBeGreaterThan(0.8);
    expect(changed.image.values.every(Number.isFinite)).toBe(true);
  });

  it.each(kinds)("$kind depends on the name of the random stream alone", (step) => {
    const random = createRandom(5).fork("case");
    random.normal();
    expect(perturb(outlined, [step], random)).toEqual(apply(step));
  });

  it.each(kinds)("$kind leaves an image of bytes one", (step) => {
    const { image } = perturb(inBytes, [step], createRandom(1));
    expect(image.values).toBeInstanceOf(Uint8Array);
  });

  it("keeps whole numbers whole, and no two steps draw the same numbers", () => {
    const whole = { ...inBytes.image, values: Float32Array.from(inBytes.image.values) };
    const noise = { kind: "noise", levels: 4 } as const;
    const once = perturb({ ...inBytes, image: whole }, [noise], createRandom(1)).image.values;
    expect(once).toBeInstanceOf(Float32Array);
    expect(once.every(Number.isInteger)).toBe(true);
    const twice = apply(noise, noise).image.values;
    const first = apply(noise).image.values;
    const ratio = Array.from(
      twice,
      (value, p) => (value - outlined.image.values[p]) / (first[p] - outlined.image.values[p]),
    );
    expect(ratio.every((value) => Math.abs(value - 2) < 0.01)).toBe(false);
  });

  it("leaves an empty region empty", () => {
    const empty = { ...outlined, mask: { ...outlined.mask, values: new Uint8Array(width * height) } };
    for (const step of kinds) expect(pixelCount(perturb(empty, [step], createRandom(1)).mask)).toBe(0);
  });
});

describe("rotation and translation", () => {
  it("sample the scene where it was: a smooth image is the formula at the turned place", () => {
    const { image } = apply({ kind: "rotate", degrees: 12 });
    const [c, s] = [cos((12 * Math.PI) / 180), sin((12 * Math.PI) / 180)];
    const formula = draw((x, y) => {
      const [u, v] = [x - centre[0], y - centre[1]];
      const [oldX, oldY] = [centre[0] + c * u - s * v, centre[1] + s * u + c * v];
      return 120 + 60 * sin(oldX / 9) + 50 * cos((oldX + 2 * oldY) / 14);
    });
    expect(largestDifference(image, { ...image, values: formula }, 22)).toBeLessThan(0.01);
  });

  it("turn counter-clockwise as seen: what lies right of the middle goes up", () => {
    const lump = draw((x, y) => (Math.abs(x - 65) < 3 && Math.abs(y - 38) < 3 ? 100 : 0));
    const turned = perturb(
      { image: { ...outlined.image, values: lump }, mask: ellipse(24, 15) },
      [{ kind: "rotate", degrees: 90 }],
      createRandom(1),
    );
    expect(turned.image.values[(38 - 18) * width + 47]).toBeCloseTo(100, 6);
    expect(boundingBox(turned.mask)).toMatchObject({ width: 31, height: 49 });
  });

  it("turn in millimetres where pixels are not square", () => {
    const stretched = { ...outlined.image, spacingMm: [0.1, 0.2, 1] as const };
    const turned = perturb(
      { image: stretched, mask: ellipse(24, 12) },
      [{ kind: "rotate", degrees: 90 }],
      createRandom(1),
    );
    const box = boundingBox(turned.mask)!;
    // 25 rows of 0.2 mm become 50 columns of 0.1 mm, and 49 columns half as many rows.
    expect(Math.abs(box.width - 50)).toBeLessThanOrEqual(1);
    expect(Math.abs(box.height - 24.5)).toBeLessThanOrEqual(1);
  });

  it("undo each other", () => {
    const there = apply({ kind: "rotate", degrees: 7 }, { kind: "rotate", degrees: -7 });
    expect(largestDifference(there.image, outlined.image, 20)).toBeLessThan(0.01);
    expect(overlap(there.mask, outlined.mask)).toBeGreaterThan(0.98);
    const moved = apply({ kind: "translate", px: [0.3, 0.6] }, { kind: "translate", px: [-0.3, -0.6] });
    expect(largestDifference(moved.image, outlined.image, 12)).toBeLessThan(0.01);
    expect(overlap(moved.mask, outlined.mask)).toBeGreaterThan(0.95);
  });

  it("move by whole pixels without loss", () => {
    const { image, mask } = apply({ kind: "translate", px: [3, -2] });
    for (const [x, y] of [
      [40, 40],
      [60, 30],
    ]) {
      expect(image.values[y * width + x]).toBeCloseTo(outlined.image.values[(y + 2) * width + x - 3], 9);
      expect(mask.values[y * width + x]).toBe(outlined.mask.values[(y + 2) * width + x - 3]);
    }
    expect(pixelCount(mask)).toBe(pixelCount(outlined.mask));
  });
});

describe("growth", () => {
  it("changes the area by the share that was asked for, around the region or inside it", () => {
    for (const share of [-0.3, -0.1, -0.02, 0.02, 0.1, 0.5]) {
      const { mask } = apply({ kind: "grow", by: { share } });
      expect(pixelCount(mask) / pixelCount(outlined.mask) - 1).toBeCloseTo(share, 1.7);
      const [smaller, larger] = share < 0 ? [mask, outlined.mask] : [outlined.mask, mask];
      expect(smaller.values.every((value, p) => value <= larger.values[p])).toBe(true);
    }
  });

  it("by a length moves the outline by that length", () => {
    const values = draw((x, y) => (x >= 20 && x < 60 && y >= 30 && y < 50 ? 1 : 0));
    const box = { ...outlined, mask: { ...outlined.mask, values: Uint8Array.from(values) } };
    const by = (step: Perturbation) => boundingBox(perturb(box, [step], createRandom(1)).mask);
    expect(by({ kind: "grow", by: { px: 3 } })).toMatchObject({ x: 17, y: 27, width: 46, height: 26 });
    expect(by({ kind: "grow", by: { mm: -0.3 } })).toMatchObject({ x: 23, y: 33, width: 34, height: 14 });
  });

  it("refuses millimetres of an image that does not say what a pixel measures", () => {
    const unknown = { ...outlined, image: { ...outlined.image, spacingMm: null } };
    expect(() => perturb(unknown, [{ kind: "grow", by: { mm: 1 } }], createRandom(1))).toThrow(
      /size of a pixel/,
    );
  });

  it("leaves nothing of a region that is thinner than it shrinks, and everything of one without an edge", () => {
    expect(pixelCount(apply({ kind: "grow", by: { px: -20 } }).mask)).toBe(0);
    const full = { ...outlined.mask, values: new Uint8Array(width * height).fill(1) };
    const kept = perturb(
      { ...outlined, mask: full },
      [{ kind: "grow", by: { share: -0.1 } }],
      createRandom(1),
    );
    expect(pixelCount(kept.mask)).toBe(width * height);
  });
});

describe("random outlines", () => {
  const masks = Array.from(
    { length: 60 },
    (_, at) => perturb(outlined, [{ kind: "contour", deviation: { share: 0.06 } }], createRandom(at)).mask,
  );

  it("keep the area on average", () => {
    const average = masks.reduce((sum, mask) => sum + pixelCount(mask), 0) / masks.length;
    expect(average / pixelCount(outlined.mask)).toBeGreaterThan(0.98);
    expect(average / pixelCount(outlined.mask)).toBeLessThan(1.03);
  });

  it("lie off by the deviation that was asked for", () => {
    const radius = Math.sqrt(pixelCount(outlined.mask) / Math.PI);
    const ends = masks.map((mask) => {
      const row = mask.values.subarray(38 * width, 39 * width);
      return row.lastIndexOf(1) - (47 + 24);
    });
    const deviation = Math.sqrt(ends.reduce((sum, end) => sum + end * end, 0) / ends.length);
    expect(deviation).toBeGreaterThan(0.04 * radius);
    expect(deviation).toBeLessThan(0.09 * radius);
  });
});

describe("noise", () => {
  it("has the deviation that was asked for, and the estimate finds it again", () => {
    const smooth = { ...outlined.image, values: draw((x, y) => 60 + x + y / 2) };
    const { image } = perturb(
      { ...outlined, image: smooth },
      [{ kind: "noise", levels: 6 }],
      createRandom(8),
    );
    const differences = Array.from(image.values, (value, p) => value - smooth.values[p]);
    const deviation = Math.sqrt(differences.reduce((sum, one) => sum + one * one, 0) / differences.length);
    expect(deviation).toBeGreaterThan(5.8);
    expect(deviation).toBeLessThan(6.2);
    const estimated = noiseLevel(image, { x: 0, y: 0, z: 0, width, height, depth: 1 });
    expect(estimated).toBeGreaterThan(5.7);
    expect(estimated).toBeLessThan(6.3);
  });

  it("of speckle is proportional to the level", () => {
    const flat = { ...outlined.image, values: draw((x) => (x < width / 2 ? 10 : 100)) };
    const { image } = perturb(
      { ...outlined, image: flat },
      [{ kind: "speckle", share: 0.1 }],
      createRandom(8),
    );
    const relative = Array.from(image.values, (value, p) => value / flat.values[p] - 1);
    for (const isLeft of [true, false]) {
      const half = relative.filter((_, p) => p % width < width / 2 === isLeft);
      const deviation = Math.sqrt(half.reduce((sum, one) => sum + one * one, 0) / half.length);
      expect(deviation).toBeGreaterThan(0.095);
      expect(deviation).toBeLessThan(0.105);
    }
  });

  it("leaves the black surround of a frame black", () => {
    const framed = { ...outlined.image, values: draw((x) => (x < 10 ? 0 : 90)) };
    const { image } = perturb(
      { ...outlined, image: framed },
      [{ kind: "noise", levels: 9 }],
      createRandom(8),
    );
    expect(image.values.filter((_, p) => p % width < 10).every((value) => value === 0)).toBe(true);
  });
});

describe("perturbationWords", () => {
  it("says each kind in words", () => {
    expect(kinds.map(perturbationWords)).toEqual([
      "rotated by 5°",
      "translated by 0.25 and 0.75 pixels",
      "grown by 10 % of its size",
      "shrunk by 0.2 mm",
      "outline displaced at random by 6 % of its radius",
      "noise as strong as in the image",
      "speckle of 10 %",
    ]);
  });
});
