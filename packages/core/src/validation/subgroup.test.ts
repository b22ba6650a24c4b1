import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { delongAuc } from "./delong.ts";
import { aucHeterogeneity, interactionTest, subgroupRows } from "./subgroup.ts";

const random = createRandom("subgroup");
const codes = Int16Array.from({ length: 200 }, (_, i) => (i % 5) - 1);
const outcome = Uint8Array.from({ length: 200 }, (_, i) => Number(codes[i] !== 3 && random.bernoulli(0.4)));
const score = Float64Array.from(outcome, (event, i) => (codes[i] === 0 ? 2 : 0.1) * event + random.normal());
const subgroups = { levels: ["strong", "weak", "also weak", "no event", "nobody"], codes };

describe("subgroups", () => {
  const rows = subgroupRows(outcome, score, subgroups);

  it("have the AUC of their own patients; patients without a level are left out", () => {
    const members = (values: Float64Array | Uint8Array) => values.filter((_, i) => codes[i] === 1);
    expect(rows[1].auc).toEqual(delongAuc(members(outcome) as Uint8Array, members(score) as Float64Array));
    expect(rows.reduce((count, row) => count + row.patients, 0)).toBe(160);
  });

  it("of one class or of nobody are shown with counts and a reason", () => {
    expect(rows[3]).toMatchObject({ patients: 40, events: 0, auc: null, oddsRatio: null, pValue: null });
    expect(rows[3].reason).toMatch(/patients of each outcome/);
    expect(rows[4]).toMatchObject({ patients: 0, auc: null });
  });

  it("with one event have an AUC without an interval", () => {
    const [row] = subgroupRows(Uint8Array.of(0, 1, 0, 0), Float64Array.of(1, 2.5, 3, 2), {
      levels: ["all"],
      codes: [0, 0, 0, 0],
    });
    expect(row.auc).toMatchObject({ lower: null, upper: null });
    expect(row.auc!.value).toBeCloseTo(2 / 3, 14);
    expect(row.reason).toMatch(/one of the rarer/);
  });

  it("whose scores separate the outcomes say that DeLong's interval has no width", () => {
    const [row] = subgroupRows(Uint8Array.of(0, 0, 1, 1), Float64Array.of(1, 2, 3, 4), {
      levels: ["all"],
      codes: [0, 0, 0, 0],
    });
    expect(row.auc).toMatchObject({ value: 1, lower: 1, upper: 1 });
    expect(row.reason).toMatch(/Newcombe's interval/);
  });

  it("that differ are found by each test, those that do not are not", () => {
    expect(interactionTest(outcome, score, subgroups).likelihoodRatio).toMatchObject({ degreesOfFreedom: 2 });
    expect(interactionTest(outcome, score, subgroups).likelihoodRatio.pValue).toBeLessThan(0.001);
    expect(aucHeterogeneity(outcome, score, subgroups).pValue).toBeLessThan(0.001);
    const alike = { levels: ["weak", "also weak"], codes: codes.map((code) => code - 1) };
    expect(interactionTest(outcome, score, alike).wald.pValue).toBeGreaterThan(0.01);
  });

  it("cannot be tested with one level left", () => {
    const one = {
      levels: ["weak", "no event"],
      codes: codes.map((code) => (code === 3 ? 1 : code === 1 ? 0 : -1)),
    };
    expect(() => interactionTest(outcome, score, one)).toThrow(/two levels/);
  });

  it("need a level for every patient", () => {
    expect(() => subgroupRows(outcome, score, { levels: ["a"], codes: [0] })).toThrow(/every patient/);
  });
});
