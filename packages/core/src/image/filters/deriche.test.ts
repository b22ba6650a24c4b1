import { describe, expect, it } from "vitest";
import { type RecursiveFilter, gaussianFilters } from "./deriche.ts";

/** The response to one bright pixel, from it outwards, by the definition of the filter. */
function impulseResponse({ n, d }: RecursiveFilter, length: number): number[] {
  const w: number[] = [];
  for (let k = 0; k < length; k++)
    w.push((k === 0 ? 1 : 0) - d.reduce((sum, pole, j) => sum + pole * (w[k - 1 - j] ?? 0), 0));
  return w.map((_, k) => n.reduce((sum, weight, j) => sum + weight * (w[k - j] ?? 0), 0));
}

const moment = (response: readonly number[], power: number) =>
  response.reduce((sum, value, k) => sum + (k === 0 ? 1 : 2) * value * k ** power, 0);

describe("Deriche's filters", () => {
  const sigmas = [0.7, 1, 2, 3.5, 8, 20];

  it("keep a constant, and give no second derivative of it and 2 of x²", () => {
    for (const sigma of sigmas) {
      const { smooth, second } = gaussianFilters(sigma, 1);
      const length = Math.ceil(40 * sigma) + 40;
      expect(moment(impulseResponse(smooth, length), 0)).toBeCloseTo(1, 9);
      expect(moment(impulseResponse(second, length), 0)).toBeCloseTo(0, 9);
      expect(moment(impulseResponse(second, length), 2)).toBeCloseTo(2, 8);
    }
  });

  it("are close to the Gaussian and its second derivative", () => {
    for (const sigma of sigmas.filter((one) => one >= 1)) {
      const { smooth, second } = gaussianFilters(sigma, sigma * sigma);
      const gaussian = (x: number) =>
        Math.exp((-x * x) / (2 * sigma * sigma)) / (sigma * Math.sqrt(2 * Math.PI));
      const length = Math.ceil(5 * sigma);
      impulseResponse(smooth, length).forEach((value, k) =>
        expect(Math.abs(value - gaussian(k))).toBeLessThan(0.006 * gaussian(0)),
      );
      impulseResponse(second, length).forEach((value, k) =>
        expect(Math.abs(value - ((k * k) / (sigma * sigma) - 1) * gaussian(k))).toBeLessThan(
          0.03 * gaussian(0),
        ),
      );
    }
  });

  it("run backward as they run forward, without the pixel itself", () => {
    const { n, m, d } = gaussianFilters(2, 1).smooth;
    const forward = impulseResponse({ n, m, d }, 60);
    const backward = impulseResponse({ n: [0, ...m], m, d }, 60);
    expect(backward[0]).toBe(0);
    forward.slice(1).forEach((value, k) => expect(backward[k + 1]).toBeCloseTo(value, 12));
  });
});
