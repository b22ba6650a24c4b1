import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Components, connectedComponents } from "./components.ts";
import type { Mask } from "./image.ts";
import { boundingBox, firstInside, pixelCount, touchesBorder } from "./mask.ts";

const cube = { dimensions: [2, 2, 2], values: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1) } as const;

describe("connectedComponents", () => {
  it("joins across slices by corners, not by faces", () => {
    expect(connectedComponents(cube, "corners").sizes).toEqual([2]);
    expect(connectedComponents(cube, "faces").sizes).toEqual([1, 1]);
  });

  it("does not join the end of a row to the start of the next", () => {
    const mask = { dimensions: [3, 2, 1], values: Uint8Array.of(0, 0, 1, 1, 0, 0) } as const;
    expect(connectedComponents(mask, "corners").sizes).toEqual([1, 1]);
  });

  it("labels in the order of a scan and handles a component as long as the image", () => {
    const values = new Uint8Array(300 * 300).fill(1);
    values.fill(0, 600, 900);
    const { labels, sizes } = connectedComponents({ dimensions: [300, 300, 1], values }, "faces");
    expect(sizes).toEqual([600, 300 * 297]);
    expect([labels[0], labels[700], labels[900]]).toEqual([1, 0, 2]);
  });
});

describe("mask measures", () => {
  it("describe the pixels inside", () => {
    expect(pixelCount(cube)).toBe(2);
    expect(boundingBox(cube)).toEqual({ x: 0, y: 0, z: 0, width: 2, height: 2, depth: 2 });
    expect(boundingBox({ dimensions: [2, 1, 1], values: new Uint8Array(2) })).toBeNull();
    expect(touchesBorder({ dimensions: [2, 1, 1], values: new Uint8Array(2) })).toBe(false);
  });
});

const steps = [-1, 0, 1].flatMap((dz) => [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy, dz])));

/** Pixels of a mask that share a face, or a corner, with one. */
function neighboursOf(
  { dimensions: [width, height, depth], values }: Mask,
  p: number,
  corners: boolean,
): number[] {
  const [x, y, z] = [p % width, Math.floor(p / width) % height, Math.floor(p / (width * height))];
  return steps
    .filter((step) => corners || step.reduce((sum, one) => sum + Math.abs(one), 0) === 1)
    .map(([dx, dy, dz]) => [x + dx, y + dy, z + dz])
    .filter(([u, v, w]) => u >= 0 && u < width && v >= 0 && v < height && w >= 0 && w < depth)
    .map(([u, v, w]) => (w * height + v) * width + u)
    .filter((q) => values[q] !== 0);
}

/** Components by flooding, pixel after pixel. */
function flooded(mask: Mask, corners: boolean): Components {
  const labels = new Int32Array(mask.values.length);
  const sizes: number[] = [];
  for (let seed = 0; seed < labels.length; seed++) {
    if (mask.values[seed] === 0 || labels[seed] !== 0) continue;
    const label = sizes.push(0);
    const waiting = [seed];
    labels[seed] = label;
    for (let p = waiting.pop(); p !== undefined; p = waiting.pop()) {
      sizes[label - 1]++;
      for (const q of neighboursOf(mask, p, corners).filter((one) => labels[one] === 0)) {
        labels[q] = label;
        waiting.push(q);
      }
    }
  }
  return { labels, sizes };
}

describe("the first pixel inside", () => {
  it("is found from any place on, wherever the memory of the mask begins and however large its levels are", () => {
    for (const kind of [Uint8Array, Uint16Array])
      for (let shift = 0; shift < 4; shift++) {
        const buffer = new ArrayBuffer(1000);
        const values = new kind(buffer, shift * kind.BYTES_PER_ELEMENT, 300);
        for (const inside of [0, 1, 15, 16, 17, 63, 64, 130, 297, 298, 299]) {
          values.fill(0);
          values[inside] = 256 ** (kind.BYTES_PER_ELEMENT - 1);
          for (const from of [0, 1, 2, 3, 60, 130, 299])
            expect(firstInside(values, from, 300)).toBe(inside >= from ? inside : -1);
          expect(firstInside(values, 0, inside)).toBe(-1);
        }
      }
  });
});

describe("components of any mask", () => {
  it("are those that flooding finds, in its order", () => {
    fc.assert(
      fc.property(
        fc.tuple(
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 1, max: 9 }),
          fc.integer({ min: 1, max: 4 }),
        ),
        fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (dimensions, draws, share, corners) => {
          const count = dimensions[0] * dimensions[1] * dimensions[2];
          const values = Uint8Array.from({ length: count }, () => (draws.next().value < share ? 1 : 0));
          const mask = { dimensions, values };
          expect(connectedComponents(mask, corners ? "corners" : "faces")).toEqual(flooded(mask, corners));
        },
      ),
      { numRuns: 300 },
    );
  });
});
