import { describe, expect, it } from "vitest";
import { rStream } from "./mersenne-twister.ts";

describe("R's generator", () => {
  // Values of R 4.2.2, printed with 17 digits.
  it("repeats runif after set.seed", () => {
    const stream = rStream(123456);
    expect([stream.uniform(), stream.uniform(), stream.uniform()]).toEqual([
      0.79778432077728212, 0.75356509489938617, 0.39125568419694901,
    ]);
  });

  it("repeats rnorm after set.seed", () => {
    const stream = rStream(42);
    for (const expected of [1.3709584471466685, -0.56469817139608869, 0.3631284113373392])
      expect(stream.normal()).toBeCloseTo(expected, 14);
  });

  it("goes on past its first block of 624 words", () => {
    const stream = rStream(7);
    for (let k = 0; k < 1999; k++) stream.uniform();
    expect(stream.uniform()).toBe(0.9389032437466085);
  });
});
