import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { pooledAucHeterogeneity } from "./pooled-heterogeneity.ts";
import { aucHeterogeneity } from "./subgroup.ts";

const random = createRandom("pooled heterogeneity");
const codes = Int16Array.from({ length: 240 }, (_, i) => (i % 4) - 1);
const outcome = Uint8Array.from({ length: 240 }, () => Number(random.bernoulli(0.4)));
const repeat = () =>
  Float64Array.from(outcome, (event, i) => (codes[i] === 0 ? 2 : 0.3) * event + random.normal());
const repeats = [repeat(), repeat(), repeat()];
const subgroups = { levels: ["strong", "weak", "also weak"], codes };

describe("heterogeneity over repeats", () => {
  it("of one repeat is that of the repeat", () => {
    const { chiSquared, degreesOfFreedom, pValue } = aucHeterogeneity(outcome, repeats[0], subgroups);
    expect(pooledAucHeterogeneity(outcome, [repeats[0]], subgroups)).toMatchObject({
      chiSquared,
      degreesOfFreedom,
      pValue,
      levels: 3,
    });
  });

  it("does not grow with the number of equal repeats", () => {
    const once = pooledAucHeterogeneity(outcome, repeats, subgroups);
    const twice = pooledAucHeterogeneity(outcome, [...repeats, ...repeats], subgroups);
    expect(twice.chiSquared).toBeCloseTo(once.chiSquared, 10);
  });

  it("names the smallest class that took part and leaves out levels of one outcome", () => {
    const withOne = codes.map((code, i) => (code === 2 && outcome[i] === 0 ? -1 : code));
    const test = pooledAucHeterogeneity(outcome, repeats, { ...subgroups, codes: withOne });
    const members = [0, 1].flatMap((code) =>
      [0, 1].map((event) => outcome.filter((own, i) => withOne[i] === code && own === event).length),
    );
    expect(test).toMatchObject({ levels: 2, degreesOfFreedom: 1, fewest: Math.min(...members) });
  });

  it("needs two levels and a level for every patient", () => {
    expect(() => pooledAucHeterogeneity(outcome, repeats, { levels: ["all"], codes })).toThrow(/two levels/);
    expect(() => pooledAucHeterogeneity(outcome, repeats, { ...subgroups, codes: [0] })).toThrow(
      /every patient/,
    );
  });
});
