import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { delongAuc, delongCovariance, delongLogitAuc, delongVariance } from "./delong.ts";
import { delongGlobalTest, delongTest, delongTestUnpaired } from "./delong-test.ts";
import { pooledDelongAuc, pooledDelongTest } from "./pooled-repeats.ts";

const random = createRandom("delong");
const outcome = Uint8Array.from({ length: 120 }, (_, i) => Number(i % 3 === 0));
const signal = (strength: number) =>
  Float64Array.from(outcome, (event) => strength * event + random.normal());
const [weak, strong] = [signal(0.5), signal(1.5)];

describe("DeLong's interval", () => {
  it("equals the definition by pairs", () => {
    const kernel = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0);
    const [positive, negative] = [1, 0].map((label) =>
      Array.from(weak.filter((_, i) => outcome[i] === label)),
    );
    const v10 = positive.map((x) => average(negative.map((y) => kernel(x, y))));
    const v01 = negative.map((y) => average(positive.map((x) => kernel(x, y))));
    const variance = spread(v10) / v10.length + spread(v01) / v01.length;
    expect(delongVariance(outcome, weak)).toBeCloseTo(variance, 14);
  });

  it("has zero width for a perfect and for a constant score", () => {
    const perfect = delongAuc(outcome, Float64Array.from(outcome));
    expect([perfect.lower, perfect.upper]).toEqual([1, 1]);
    const constant = delongAuc(outcome, new Float64Array(120));
    expect([constant.lower, constant.value, constant.upper]).toEqual([0.5, 0.5, 0.5]);
  });

  it("is clipped to 1, while the one on the logit scale stays inside without it", () => {
    const events = Uint8Array.of(0, 0, 0, 1, 1, 1);
    const score = Float64Array.of(1, 2, 4, 3, 5, 6);
    expect(delongAuc(events, score).upper).toBe(1);
    expect(delongLogitAuc(events, score).upper).toBeLessThan(1);
    expect(() => delongLogitAuc(outcome, Float64Array.from(outcome))).toThrow(/between 0 and 1/);
  });

  it("does not depend on the order of the patients", () => {
    const order = random.shuffle(Array.from(outcome.keys()));
    const shuffled = delongAuc(
      Uint8Array.from(order, (i) => outcome[i]),
      Float64Array.from(order, (i) => weak[i]),
    );
    expect(shuffled.lower).toBeCloseTo(delongAuc(outcome, weak).lower, 14);
  });

  it("refuses a class of one patient and says how many there are", () => {
    expect(() => delongAuc(Uint8Array.of(0, 0, 1), Float64Array.of(1, 2, 3))).toThrow("got 1 and 2");
  });

  it("manages a hundred thousand patients", () => {
    const many = Uint8Array.from({ length: 100_000 }, (_, i) => i & 1);
    const score = Float64Array.from(many, (event, i) => event + ((i * 7919) % 1000) / 500);
    expect(delongAuc(many, score).value).toBeCloseTo(0.875, 2);
  });
});

describe("DeLong's tests", () => {
  it("swap sign with the order of the scores", () => {
    const [there, back] = [delongTest(outcome, weak, strong), delongTest(outcome, strong, weak)];
    expect(there.difference).toBe(-back.difference);
    expect(there.pValue).toBe(back.pValue);
    expect(there.lower).toBeCloseTo(-back.upper!, 14);
  });

  it("agree with the covariance matrix", () => {
    const [[a, b], [, c]] = delongCovariance(outcome, [weak, strong]) as [[number, number], [number, number]];
    expect(delongTest(outcome, weak, strong).variance).toBeCloseTo(a - 2 * b + c, 14);
  });

  it("of two scores that rank alike give the difference and a reason, exactly", () => {
    const test = delongTest(
      outcome,
      weak,
      weak.map((value) => 3 * value + 1),
    );
    expect(test).toMatchObject({
      difference: 0,
      variance: 0,
      lower: null,
      upper: null,
      z: null,
      pValue: null,
    });
    expect(test.reason).toMatch(/without variance/);
  });

  it("of two scores and of several scores are the same test for two", () => {
    const [pair, global] = [delongTest(outcome, weak, strong), delongGlobalTest(outcome, [weak, strong])];
    expect(global.chiSquared).toBeCloseTo(pair.z! * pair.z!, 10);
    expect(global.pValue).toBeCloseTo(pair.pValue!, 12);
    expect(() => delongGlobalTest(outcome, [weak, weak])).toThrow(/rank the patients differently/);
  });

  it("of unpaired groups refuse two perfect scores", () => {
    const group = { outcome: Uint8Array.of(0, 0, 1, 1), score: Float64Array.of(1, 2, 3, 4) };
    expect(() => delongTestUnpaired(group, group)).toThrow(/needs a variance/);
  });
});

describe("pooling over repeats of cross-validation", () => {
  it("of one repeat changes nothing", () => {
    expect(pooledDelongAuc(outcome, [weak])).toEqual(delongAuc(outcome, weak));
    expect(pooledDelongTest(outcome, [weak], [strong])).toEqual(delongTest(outcome, weak, strong));
  });

  it("of equal repeats does not narrow the interval, since the patients are the same", () => {
    const [once, often] = [delongAuc(outcome, weak), pooledDelongAuc(outcome, [weak, weak, weak])];
    expect(often.lower).toBeCloseTo(once.lower, 14);
    expect(often.method).toMatch(/mean over 3 repeats/);
  });

  it("averages the AUC of the repeats and their variances", () => {
    const pooled = pooledDelongAuc(outcome, [weak, strong]);
    const [a, b] = [delongAuc(outcome, weak), delongAuc(outcome, strong)];
    expect(pooled.value).toBeCloseTo((a.value + b.value) / 2, 14);
    const variance = (delongVariance(outcome, weak) + delongVariance(outcome, strong)) / 2;
    expect(pooled.value - pooled.lower).toBeCloseTo(1.959963984540054 * Math.sqrt(variance), 12);
  });
});

function average(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function spread(values: readonly number[]): number {
  const centre = average(values);
  return values.reduce((a, b) => a + (b - centre) ** 2, 0) / (values.length - 1);
}
