import { describe, expect, it } from "vitest";
import { fitLogisticLine } from "./logistic-line.ts";

const ones = (count: number) => new Float64Array(count).fill(1);

describe("the logistic regression on one variable", () => {
  it("finds a line far from the diagonal, where the first step loses the curvature: R's glm gives the same", () => {
    const x = Float64Array.from(
      [
        "-33.8,-9.5,-40.1,32.9,-5.1,-39.6,-0.4,7.1,2.3,-24.2,30.4,-3.3,-33.6,-81.4,18.7,-16.3,-15.5,13.3,9.6,2.8",
        "12.6,8.5,-12.8,-74.7,3.6,-16.7,-19.7,-59.1,-29.3,-2.5,47.8,3.9,18.6,5.4,-34.3,-5.4,-4.8,5.2,40,29.9,2.1",
        "-0.6,27.9,23.7,-13.7,-14.2,17.9,30.1,3.6,33.4",
      ].flatMap((line) => line.split(",").map(Number)),
    );
    const outcome = Uint8Array.from(x, (_, i) => (i < 30 ? 0 : 1));
    const line = fitLogisticLine({ x, outcome, counts: ones(50) })!;
    expect(line.intercept).toBeCloseTo(-0.4198305288121784, 8);
    expect(line.slope).toBeCloseTo(0.0435692450472405, 9);
    expect(line.loss).toBeCloseTo(28.4169628749227101, 9);
  });

  it("exists however far the variable is stretched", () => {
    const x = Float64Array.of(-3, -1, 0, 1, 2, 4, 5, 7);
    const outcome = Uint8Array.of(0, 0, 1, 0, 1, 0, 1, 1);
    const slope = (factor: number) =>
      fitLogisticLine({ x: x.map((value) => factor * value), outcome, counts: ones(8) })!.slope * factor;
    for (const factor of [0.01, 1, 10, 100, 1000, 1e5]) expect(slope(factor)).toBeCloseTo(slope(1), 6);
    expect(slope(-100)).toBeCloseTo(slope(1), 6);
  });

  it("does not exist where the variable separates the outcomes", () => {
    const separated = { x: Float64Array.of(1, 2, 3, 4), outcome: Uint8Array.of(0, 0, 1, 1), counts: ones(4) };
    expect(fitLogisticLine(separated)).toBeNull();
  });
});
