import { describe, expect, it } from "vitest";
import { createRandom } from "./random.ts";
import { radixOrder } from "./radix-order.ts";

const random = createRandom("radix order");

function byComparison(values: Float64Array): Uint32Array {
  return Uint32Array.from(values.keys()).sort((i, j) =>
    values[i] < values[j] ? -1 : values[i] > values[j] ? 1 : i - j,
  );
}

function draw(n: number, next: () => number): Float64Array {
  return Float64Array.from({ length: n }, next);
}

describe("the order by digits", () => {
  it("is that of comparison for numbers of any size and sign", () => {
    for (const n of [0, 1, 2, 79, 80, 81, 1000, 5000])
      for (const next of [
        () => random.normal(),
        () => random.uniform(),
        () => random.normal() * 1e300,
        () => random.normal() * 1e-310,
        () => random.integer(5) - 2,
      ]) {
        const values = draw(n, next);
        expect(radixOrder(values)).toEqual(byComparison(values));
      }
  });

  it("holds where numbers differ in their last bits only", () => {
    const values = draw(3000, () => 1 + random.integer(40) * Number.EPSILON);
    expect(radixOrder(values)).toEqual(byComparison(values));
    const few = draw(300, () => random.integer(30) + random.integer(3) * 1e-13);
    expect(radixOrder(few)).toEqual(byComparison(few));
  });

  it("takes infinities, and 0 and -0 as equal", () => {
    const values = draw(200, () => [0, -0, Infinity, -Infinity, 1, -1][random.integer(6)]);
    expect(radixOrder(values)).toEqual(byComparison(values));
  });

  it("leaves the values alone", () => {
    const values = draw(150, () => random.normal());
    const before = values.slice();
    radixOrder(values);
    expect(values).toEqual(before);
  });
});
