import { describe, expect, it } from "vitest";
import { createRandom } from "../../math/random.ts";
import { type Block, type Ranges, blockSize } from "./block.ts";
import { type Kernel, correlateAxis } from "./correlate.ts";

const ranges: Ranges = [
  [-2, 9],
  [3, 15],
  [-5, 7],
];

function noise(seed: number): Block {
  const random = createRandom(seed);
  return { ranges, values: Float64Array.from({ length: 11 * 12 * 12 }, () => random.normal()) };
}

const at = ({ ranges: [x, y, z], values }: Block, coordinates: readonly number[]) => {
  const [width, height] = blockSize([x, y, z]);
  const [i, j, k] = [coordinates[0] - x[0], coordinates[1] - y[0], coordinates[2] - z[0]];
  return values[(k * height + j) * width + i];
};

describe("correlateAxis", () => {
  it("sums what the kernel is defined to sum, for kernels of any length and origin along any axis", () => {
    const random = createRandom(3);
    const source = noise(1);
    for (let length = 1; length <= 9; length++)
      for (const axis of [0, 1, 2] as const) {
        const origin = random.integer(length);
        const weights = Array.from({ length }, () => (random.bernoulli(0.3) ? 0 : random.normal()));
        const [first, last] = ranges[axis];
        const range = [first + origin, last - (length - 1 - origin)] as const;
        const response = correlateAxis(source, { weights, origin }, range, axis);
        expect(response.ranges[axis]).toEqual(range);
        for (let trial = 0; trial < 20; trial++) {
          const where = response.ranges.map(([from, to]) => from + random.integer(to - from));
          const expected = weights.reduce((sum, weight, k) => {
            const read = where.with(axis, where[axis] + k - origin);
            return sum + weight * at(source, read);
          }, 0);
          expect(at(response, where)).toBeCloseTo(expected, 12);
        }
      }
  });

  it("spreads a pixel that is not finite no further than the kernel reaches", () => {
    const source = noise(2);
    source.values[(6 * 12 + 6) * 11 + 5] = NaN;
    const kernel: Kernel = { weights: [1, 2, 1], origin: 1 };
    const { values } = correlateAxis(source, kernel, [4, 14], 1);
    expect(values.filter((value) => Number.isNaN(value)).length).toBe(3);
  });
});
