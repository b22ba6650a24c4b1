import { describe, expect, it } from "vitest";
import type { Cohort } from "./cohort.ts";
import { patientId } from "./patient.ts";
import { categoricalDifference, numericDifference } from "./standardised-difference.ts";
import type { CategoricalRow, NumericRow } from "./table-one-row.ts";
import { outcomeGrouping, splitGrouping, tableOne } from "./table-one.ts";

const base = { knownAt: "before-surgery" } as const;
const ages = [34, 45, 51, 38, 62, 47, 55, 41, NaN, 58, 49, 66];
const cohort: Cohort = {
  patients: ages.map((_, i) => patientId(`P${i}`)),
  outcome: Uint8Array.from(ages, (_, i) => i % 2),
  columns: [
    {
      variable: { ...base, kind: "numeric", name: "age", label: "Age", unit: "years" },
      values: Float64Array.from(ages),
    },
    {
      variable: {
        ...base,
        kind: "binary",
        name: "lvi",
        label: "LVI",
        reference: "0",
        levels: [
          { code: "0", label: "no" },
          { code: "1", label: "yes" },
        ],
      },
      codes: Int16Array.from(ages, (_, i) => (i === 3 ? -1 : i % 3 === 0 ? 1 : 0)),
    },
    {
      variable: { ...base, kind: "numeric", name: "one", label: "Constant", unit: null },
      values: new Float64Array(12).fill(1),
    },
    {
      variable: { ...base, kind: "date", name: "seen", label: "Seen" },
      values: Float64Array.from(ages, (_, i) => 18000 + i),
    },
  ],
  images: [],
};

describe("Table 1", () => {
  const table = tableOne(cohort, outcomeGrouping(cohort, "metastasis"));

  it("has a row a variable and a column a group, and counts missing values apart", () => {
    expect(table.groups).toEqual([
      { label: "no metastasis", patients: 6 },
      { label: "metastasis", patients: 6 },
    ]);
    const [age, lvi] = [table.rows[0] as NumericRow, table.rows[1] as CategoricalRow];
    expect(age.overall).toMatchObject({ present: 11, missing: 1, minimum: 34, maximum: 66, median: 49 });
    expect(age.groups.map(({ missing }) => missing)).toEqual([1, 0]);
    expect(lvi.overall.counts).toEqual([8, 3]);
    expect(lvi.groups[0].percentages.reduce((sum: number, share) => sum + (share ?? 0), 0)).toBeCloseTo(
      100,
      10,
    );
  });

  it("names each test", () => {
    expect(table.rows.map(({ test }) => test.name)).toEqual([
      "Wilcoxon rank-sum (exact)",
      "Fisher's exact",
      "Wilcoxon rank-sum",
      "Wilcoxon rank-sum (exact)",
    ]);
    expect((table.rows[0] as NumericRow).meanTest.name).toBe("t-test (equal variances)");
  });

  it("gives no p-value and no difference for a constant, and says why", () => {
    const constant = table.rows[2] as NumericRow;
    for (const test of [constant.test, constant.meanTest]) {
      expect(test.pValue).toBeNull();
      expect(test.reason).toMatch(/equal|vary/);
    }
    expect(constant.standardisedDifference).toBeNull();
    expect(constant.differenceReason).toMatch(/do not vary/);
  });

  it("compares the parts of a split and leaves patients of no part out of the groups", () => {
    const split = {
      development: cohort.patients.slice(0, 6),
      test: cohort.patients.slice(6, 11),
      prospective: [],
    };
    const grouping = splitGrouping(cohort, split);
    expect(grouping.levels).toEqual(["development", "test"]);
    const bySplit = tableOne(cohort, grouping);
    expect(bySplit.groups.map(({ patients }) => patients)).toEqual([6, 5]);
    expect(bySplit.patients).toBe(12);
  });

  it("is plain data", () => {
    expect(JSON.parse(JSON.stringify(table))).toEqual(table);
  });

  it("refuses a grouping of another cohort", () => {
    const grouping = outcomeGrouping(cohort, "x");
    expect(() => tableOne(cohort, { ...grouping, membership: new Int16Array(3) })).toThrow(
      /12 patients; got 3/,
    );
    expect(() => tableOne(cohort, { ...grouping, levels: ["all"] })).toThrow(/two groups/);
    expect(() => tableOne(cohort, { ...grouping, membership: new Int16Array(12).fill(7) })).toThrow(
      /memberships/,
    );
  });
});

describe("the standardised difference", () => {
  it("is the distance of means in pooled standard deviations and does not depend on unit or order", () => {
    const [a, b] = [
      [1, 2, 3, 4],
      [3, 4, 5, 6],
    ];
    const difference = numericDifference([a, b]);
    expect(difference).toBeCloseTo(2 / Math.sqrt(5 / 3), 12);
    expect(numericDifference([b, a])).toBe(difference);
    expect(numericDifference([a, b].map((group) => group.map((value) => 25.4 * value)))).toBeCloseTo(
      difference,
      12,
    );
  });

  it("of two levels is the difference of shares over their mean standard deviation", () => {
    const [p, q] = [0.2, 0.5];
    const expected = Math.abs(p - q) / Math.sqrt((p * (1 - p) + q * (1 - q)) / 2);
    expect(
      categoricalDifference([
        [80, 20],
        [50, 50],
      ]),
    ).toBeCloseTo(expected, 12);
    expect(
      categoricalDifference([
        [20, 80],
        [50, 50],
      ]),
    ).toBeCloseTo(expected, 12);
  });

  it("does not depend on the order of levels or on levels that nobody has, and averages over pairs", () => {
    const groups = [
      [5, 10, 15],
      [10, 10, 10],
      [20, 5, 5],
    ];
    const difference = categoricalDifference(groups);
    expect(categoricalDifference(groups.map(([a, b, c]) => [c, a, b]))).toBeCloseTo(difference, 12);
    expect(categoricalDifference(groups.map(([a, b, c]) => [a, 0, b, c]))).toBeCloseTo(difference, 12);
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 2],
    ].map(([i, j]) => categoricalDifference([groups[i], groups[j]]));
    expect(difference).toBeCloseTo((pairs[0] + pairs[1] + pairs[2]) / 3, 12);
  });

  it("does not exist between groups that share no level", () => {
    expect(() =>
      categoricalDifference([
        [5, 0],
        [0, 5],
      ]),
    ).toThrow(/share no level/);
    expect(() =>
      categoricalDifference([
        [5, 0],
        [0, 0],
      ]),
    ).toThrow(/patients in every group/);
    expect(() =>
      numericDifference([
        [1, 1],
        [1, 1],
      ]),
    ).toThrow(/do not vary/);
  });
});
