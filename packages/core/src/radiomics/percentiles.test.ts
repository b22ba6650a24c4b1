import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { quantile } from "../math/quantiles.ts";
import { percentiles } from "./percentiles.ts";

const shares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

describe("percentiles", () => {
  it.each([1, 2, 3, 10, 1000, 20_000])("of %i values are those of the sorted values", (count) => {
    const random = createRandom(count);
    const values = Float64Array.from({ length: count }, () => Math.round(1e4 * random.normal()) / 1e4);
    const found = percentiles({ values, counts: null, total: count }, shares);
    shares.forEach((share, k) => expect(found[k]).toBeCloseTo(quantile(values, share), 12));
  });

  it("do not mind values that lie in one bin, or spread over all numbers", () => {
    const skewed = Float64Array.from({ length: 5000 }, (_, k) => (k === 0 ? 1e300 : k % 7));
    const found = percentiles({ values: skewed, counts: null, total: 5000 }, shares);
    shares.forEach((share, k) => expect(found[k]).toBe(quantile(skewed, share)));
    const wide = Float64Array.of(-1.7e308, 0, 1.7e308);
    expect(percentiles({ values: wide, counts: null, total: 3 }, [0.5])).toEqual([0]);
  });
});
