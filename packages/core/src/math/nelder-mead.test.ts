import { describe, expect, it } from "vitest";
import { nelderMead } from "./nelder-mead.ts";

describe("Nelder and Mead's search", () => {
  it("finds the minimum of Rosenbrock's valley", () => {
    const valley = ([x, y]: readonly number[]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    const { at, value } = nelderMead(valley, [-1.2, 1], 0.5, 1e-10);
    expect(at[0]).toBeCloseTo(1, 8);
    expect(at[1]).toBeCloseTo(1, 8);
    expect(value).toBeLessThan(1e-16);
  });

  it("finds the minimum of a function with an edge", () => {
    const roof = ([x, y, z]: readonly number[]) =>
      Math.abs(x - 1) + Math.max(y - 2, 2 * (2 - y)) + Math.abs(z);
    expect(nelderMead(roof, [0, 0, 1], 0.7, 1e-9).value).toBeCloseTo(0, 6);
  });

  it("never ends above its start", () => {
    const comb = ([x]: readonly number[]) => Math.abs(Math.sin(40 * x)) + Math.abs(x);
    for (let x = -2; x < 2; x += 0.13)
      expect(nelderMead(comb, [x], 0.3, 1e-8).value).toBeLessThanOrEqual(comb([x]));
  });
});
