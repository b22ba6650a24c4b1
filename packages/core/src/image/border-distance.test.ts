import { describe, expect, it } from "vitest";
import { borderDistance } from "./border-distance.ts";

/** Least number of steps along the axes to a pixel that is not in the region, by trying them all. */
function bruteForce(inside: readonly boolean[], width: number): number[] {
  return inside.map((isInside, p) => {
    if (!isInside) return 0;
    const distances = inside.flatMap((other, q) =>
      other
        ? []
        : [Math.abs((p % width) - (q % width)) + Math.abs(Math.floor(p / width) - Math.floor(q / width))],
    );
    return Math.min(...distances);
  });
}

describe("borderDistance", () => {
  it("is the city-block distance to the nearest pixel outside, for any shape", () => {
    const [width, height] = [13, 11];
    for (let seed = 1; seed <= 20; seed++) {
      const inside = Array.from({ length: width * height }, (_, p) => {
        const [x, y] = [p % width, Math.floor(p / width)];
        const border = x === 0 || y === 0 || x === width - 1 || y === height - 1;
        return !border && (p * 7919 * seed) % 23 > 2;
      });
      const positions = Int32Array.from(inside.flatMap((isInside, p) => (isInside ? [p] : [])));
      expect([...borderDistance({ width, height, depth: 1 }, positions, true)]).toEqual(
        bruteForce(inside, width),
      );
    }
  });

  it("counts steps across slices for a volume", () => {
    const padded = { width: 5, height: 5, depth: 3 };
    const positions = Int32Array.from([31, 32, 33, 36, 37, 38, 41, 42, 43]);
    expect(borderDistance(padded, positions, false)[37]).toBe(1);
    expect(borderDistance(padded, positions, true)[37]).toBe(2);
  });
});
