import { describe, expect, it } from "vitest";
import { connectedComponents } from "./components.ts";
import { boundingBox, pixelCount, touchesBorder } from "./mask.ts";

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
