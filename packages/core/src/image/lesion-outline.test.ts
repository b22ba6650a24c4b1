import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { drawLesionOutline, drawReaderOutline, outlineReach, radiusTowards } from "./lesion-outline.ts";

const draw = (irregularity: number, seed: number) =>
  drawLesionOutline({ diameterMm: 20, aspectRatio: 0.7, tilt: 0.3, irregularity }, createRandom(seed));

/** Mean squared step from one angle to the next: rough margins have larger ones. */
const roughness = ({ radiusMm }: { readonly radiusMm: Float64Array }) =>
  radiusMm.reduce((sum, radius, k) => sum + (radius - radiusMm[(k + 1) % radiusMm.length]) ** 2, 0);

/** Short over long axis by the spread of points that fill the contour, counted on a grid. */
function momentRatio(radiusMm: Float64Array): number {
  const inside: (readonly [number, number])[] = [];
  for (let x = -20; x <= 20; x += 0.1)
    for (let y = -20; y <= 20; y += 0.1)
      if (Math.hypot(x, y) < radiusTowards({ radiusMm }, x, y)) inside.push([x, y]);
  const average = (of: (point: readonly [number, number]) => number) =>
    inside.reduce((sum, point) => sum + of(point), 0) / inside.length;
  const [mx, my] = [average(([x]) => x), average(([, y]) => y)];
  const [xx, yy] = [average(([x]) => (x - mx) ** 2), average(([, y]) => (y - my) ** 2)];
  const xy = average(([x, y]) => (x - mx) * (y - my));
  const root = Math.hypot(xx - yy, 2 * xy);
  return Math.sqrt((xx + yy - root) / (xx + yy + root));
}

describe("lesion outlines", () => {
  it("have the largest diameter that was asked for", () => {
    for (let seed = 0; seed < 10; seed++) {
      const outline = draw(0.5, seed);
      const point = (k: number) => {
        const angle = (2 * Math.PI * k) / outline.radiusMm.length;
        return [outline.radiusMm[k] * Math.cos(angle), outline.radiusMm[k] * Math.sin(angle)] as const;
      };
      let largest = 0;
      for (let i = 0; i < outline.radiusMm.length; i++)
        for (let j = 0; j < i; j++)
          largest = Math.max(largest, Math.hypot(point(i)[0] - point(j)[0], point(i)[1] - point(j)[1]));
      expect(largest / 20).toBeGreaterThanOrEqual(1);
      expect(largest / 20).toBeLessThan(1.02);
    }
  });

  it("have the axes that were asked for, lobules and spicules included", () => {
    for (const aspectRatio of [0.4, 0.7, 0.95])
      for (const irregularity of [-2, 0, 2]) {
        const { radiusMm } = drawLesionOutline(
          { diameterMm: 20, aspectRatio, tilt: 0.3, irregularity },
          createRandom(irregularity),
        );
        expect(Math.abs(momentRatio(radiusMm) - aspectRatio)).toBeLessThan(0.03);
      }
  });

  it("grow rougher with irregularity", () => {
    const mean = (irregularity: number) =>
      Array.from({ length: 40 }, (_, seed) => roughness(draw(irregularity, seed))).reduce((a, b) => a + b, 0);
    expect(mean(1.5)).toBeGreaterThan(2 * mean(-1.5));
  });

  it("come back from a reader smoother and a little different, but of like size", () => {
    const outline = draw(1.5, 3);
    const drawn = drawReaderOutline(outline, createRandom(4));
    expect(drawn.radiusMm).not.toEqual(outline.radiusMm);
    expect(roughness(drawn)).toBeLessThan(roughness(outline));
    drawn.radiusMm.forEach((radius, k) => expect(Math.abs(radius - outline.radiusMm[k])).toBeLessThan(3));
  });

  it("are read at any angle, and a circle has the same radius everywhere", () => {
    const circle = { radiusMm: new Float64Array(360).fill(7) };
    for (const [dx, dy] of [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
      [0.3, -2],
      [-1, -1e-9],
    ] as const)
      expect(radiusTowards(circle, dx, dy)).toBe(7);
    const reach = outlineReach(circle);
    for (const side of [reach.left, reach.right, reach.up, reach.down]) expect(side).toBeCloseTo(7, 12);
  });
});
