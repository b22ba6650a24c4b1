import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { chiSquaredUpper, poissonCdf, poissonDensity } from "./distributions.ts";
import { hash128 } from "./hash128.ts";
import { createRandom } from "./random.ts";
import { mean, sampleVariance } from "./statistics.ts";

const draws = <T>(n: number, draw: () => T): T[] => Array.from({ length: n }, draw);

/** Probability of counts at least as uneven under the expected ones. */
function fit(counts: readonly number[], expected: readonly number[]): number {
  const statistic = counts.reduce((total, count, i) => total + (count - expected[i]) ** 2 / expected[i], 0);
  return chiSquaredUpper(statistic, counts.length - 1);
}

function tally(values: readonly number[], bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[value] += 1;
  return counts;
}

describe("forks", () => {
  it("do not depend on what was drawn before", () => {
    const [fresh, used] = [createRandom(7), createRandom(7)];
    draws(13, () => used.normal());
    used.shuffle([1, 2, 3]);
    expect(used.fork("a").fork("b").uniform()).toBe(fresh.fork("a").fork("b").uniform());
  });

  it("do not disturb the stream they come from", () => {
    const [alone, forked] = [createRandom("s"), createRandom("s")];
    forked.fork("x").uniform();
    expect(forked.uniform()).toBe(alone.uniform());
  });

  it("differ by label, by path and by seed", () => {
    const root = createRandom(1);
    const streams = [
      root,
      root.fork("a"),
      root.fork("b"),
      root.fork("ab"),
      root.fork("a").fork("b"),
      root.fork("b").fork("a"),
      root.fork(""),
      createRandom(2),
      createRandom("1 "),
    ];
    expect(new Set(streams.map((stream) => stream.uniform())).size).toBe(streams.length);
  });

  it("of like labels are uncorrelated", () => {
    const root = createRandom(3);
    const first = draws(20000, () => 0).map((_, i) => root.fork(`patient ${i}`).uniform());
    expect(
      fit(
        tally(
          first.map((u) => Math.floor(u * 50)),
          50,
        ),
        new Array<number>(50).fill(400),
      ),
    ).toBeGreaterThan(1e-3);
    const products = first.slice(1).map((u, i) => (u - 0.5) * (first[i] - 0.5));
    expect(Math.abs(mean(products))).toBeLessThan(4 / 12 / Math.sqrt(products.length));
  });

  it("take a number and its text for the same seed", () => {
    expect(createRandom(42).uniform()).toBe(createRandom("42").uniform());
    expect(() => createRandom(NaN)).toThrow(InputError);
  });
});

describe("hash128", () => {
  const packed = (text: string) =>
    text.replace(/[^]{2}/g, (pair) => String.fromCharCode(pair.charCodeAt(0) | (pair.charCodeAt(1) << 8)));
  const hash = (text: string, seed: number) => [...hash128(text, new Uint32Array(4).fill(seed))];
  const sentence = "I will not buy this record, it is scratched.";

  it("is MurmurHash3_x86_128 as in the reference code (values of Python's mmh3)", () => {
    expect(hash(packed(sentence), 0)).toEqual([0xa0a9683b, 0x25ac5e40, 0xd9af2895, 0x890dddf5]);
    expect(hash(packed(sentence.slice(0, 32)), 0)).toEqual([0x8b30b4a2, 0x5c6402a9, 0x93b42419, 0x21ceeca8]);
    expect(hash(packed(sentence.slice(0, 36)), 7)).toEqual([0xa5566786, 0xe2a89403, 0x7c789f93, 0xa15c7342]);
    expect(hash("Hello", 0)).toEqual([0xfe58f65d, 0x4f696d4e, 0x31bf87cc, 0x3f7ecf4c]);
  });
});

describe("uniform numbers", () => {
  const random = createRandom("uniform");

  it("fill [0, 1) evenly, also in their last bits", () => {
    const values = draws(100000, () => random.uniform());
    expect(values.every((u) => u >= 0 && u < 1)).toBe(true);
    const even = new Array<number>(100).fill(1000);
    expect(
      fit(
        tally(
          values.map((u) => Math.floor(u * 100)),
          100,
        ),
        even,
      ),
    ).toBeGreaterThan(1e-3);
    const last = values.map((u) => (u * 2 ** 53) % 64);
    expect(fit(tally(last, 64), new Array<number>(64).fill(100000 / 64))).toBeGreaterThan(1e-3);
  });

  it("are even in pairs", () => {
    const cells = draws(
      100000,
      () => Math.floor(random.uniform() * 16) * 16 + Math.floor(random.uniform() * 16),
    );
    expect(fit(tally(cells, 256), new Array<number>(256).fill(100000 / 256))).toBeGreaterThan(1e-3);
  });
});

describe("integers", () => {
  const random = createRandom("integers");

  it.each([1, 2, 6, 7, 1000])("are even on 0..%d-1", (n) => {
    const counts = tally(
      draws(n * 500, () => random.integer(n)),
      n,
    );
    if (n > 1) expect(fit(counts, new Array<number>(n).fill(500))).toBeGreaterThan(1e-3);
    else expect(counts).toEqual([500]);
  });

  it("have no bias where the range does not divide 2^32", () => {
    const n = 3 * 2 ** 30;
    const low = draws(30000, () => random.integer(n)).filter((value) => value < n / 3).length;
    expect(Math.abs(low - 10000)).toBeLessThan(4 * Math.sqrt((30000 * 2) / 9));
  });

  it("reach beyond 2^32 and refuse what is no range", () => {
    const values = draws(1000, () => random.integer(2 ** 53));
    expect(values.every(Number.isSafeInteger)).toBe(true);
    expect(Math.max(...values)).toBeGreaterThan(2 ** 52);
    for (const n of [0, -1, 1.5, NaN]) expect(() => random.integer(n)).toThrow(InputError);
  });
});

describe("normal numbers", () => {
  it("have the moments of the standard normal", () => {
    const random = createRandom("normal");
    const values = draws(100000, () => random.normal());
    expect(Math.abs(mean(values))).toBeLessThan(4 / Math.sqrt(1e5));
    expect(Math.abs(sampleVariance(values) - 1)).toBeLessThan(4 * Math.sqrt(2 / 1e5));
    expect(Math.abs(mean(values.map((z) => z ** 3)))).toBeLessThan(4 * Math.sqrt(15 / 1e5));
    expect(Math.abs(mean(values.map((z) => z ** 4)) - 3)).toBeLessThan(4 * Math.sqrt(96 / 1e5));
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe("Poisson counts", () => {
  it.each([0.3, 4, 9.99, 10, 37.5, 250])("with a mean of %d have its distribution", (poissonMean) => {
    const random = createRandom(`poisson ${poissonMean}`);
    const n = 20000;
    const counts = draws(n, () => random.poisson(poissonMean));
    const spread = Math.sqrt(poissonMean);
    const [least, most] = [
      Math.max(0, Math.floor(poissonMean - 2.5 * spread)),
      Math.ceil(poissonMean + 2.5 * spread),
    ];
    // all counts up to the least and from the most on are one bin each
    const bins = most - least + 1;
    const observed = tally(
      counts.map((count) => Math.min(most, Math.max(least, count)) - least),
      bins,
    );
    const expected = Array.from({ length: bins }, (_, i) => {
      if (i === 0) return n * poissonCdf(least, poissonMean);
      return (
        n * (i === bins - 1 ? 1 - poissonCdf(most - 1, poissonMean) : poissonDensity(least + i, poissonMean))
      );
    });
    expect(fit(observed, expected)).toBeGreaterThan(1e-3);
  });

  it("are 0 for a mean of 0, and refuse a mean below 0", () => {
    expect(createRandom(1).poisson(0)).toBe(0);
    expect(() => createRandom(1).poisson(-1)).toThrow(InputError);
  });
});

describe("shuffle and bernoulli", () => {
  it("gives every order of four equally often and leaves the items alone", () => {
    const random = createRandom("shuffle");
    const items = [1, 2, 3, 4] as const;
    const orders = new Map<string, number>();
    for (let i = 0; i < 24000; i++) {
      const order = random.shuffle(items).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(24);
    expect(fit([...orders.values()], new Array<number>(24).fill(1000))).toBeGreaterThan(1e-3);
    expect(items).toEqual([1, 2, 3, 4]);
  });

  it("never happens at 0, always at 1", () => {
    const random = createRandom("coin");
    expect(draws(1000, () => random.bernoulli(0)).some(Boolean)).toBe(false);
    expect(draws(1000, () => random.bernoulli(1)).every(Boolean)).toBe(true);
    expect(() => random.bernoulli(1.1)).toThrow(InputError);
  });
});
