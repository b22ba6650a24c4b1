import { describe, expect, it } from "vitest";
import { adjustPValues } from "./adjust-p-values.ts";
import { chiSquareTest } from "./chi-square-test.ts";
import { type ContingencyTable, contingencyTable } from "./contingency-table.ts";
import { kendallTest, pearsonTest, spearmanTest } from "./correlation-tests.ts";
import { cohenKappa } from "./kappa.ts";
import { kruskalWallis, wilcoxonRankSum, wilcoxonSignedRank } from "./rank-tests.ts";
import { shapiroWilk } from "./shapiro-wilk.ts";
import { skewness } from "./skewness.ts";
import { studentTTest, welchTTest } from "./t-tests.ts";
import { leveneTest, oneWayAnova, welchAnova } from "./variance-analysis.ts";

// Expected values without another source are those of SciPy 1.17.1 for the same data.
const a = [23.1, 19.4, 27.8, 31.2, 22.0, 18.7, 25.5, 29.9];
const b = [30.2, 28.4, 35.1, 26.6, 33.3, 41.0, 29.0];
const c = [22.5, 24.1, 38.2, 27.7, 19.9, 30.5];
const tiedA = [1, 2, 2, 3, 3, 3, 5, 7];
const tiedB = [2, 3, 4, 4, 5, 6, 6];
const tiedC = [1, 1, 2, 5, 5, 8];

const near = (value: number, expected: number): void => {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-10 * Math.abs(expected));
};

describe("tests of means", () => {
  it("agree with SciPy for equal and unequal variances", () => {
    const equal = studentTTest(a, b);
    near(equal.t, -2.912625033052273);
    near(equal.pValue, 0.01211080144520349);
    near(equal.lower, -12.615069967062922);
    near(equal.upper, -1.870644318651359);
    const welch = welchTTest(a, b);
    near(welch.degreesOfFreedom, 12.509772570065042);
    near(welch.pValue, 0.012804853050648147);
    near(welch.lower, -12.657591089699965);
  });

  it("agree with SciPy for three groups", () => {
    near(oneWayAnova([a, b, c]).f, 3.4722941481097864);
    near(oneWayAnova([a, b, c]).pValue, 0.053047568484874824);
    near(welchAnova([a, b, c]).f, 3.994807883215998);
    near(welchAnova([a, b, c]).pValue, 0.050017759343441);
    near(leveneTest([a, b, c]).pValue, 0.7327327399696747);
  });

  it("of two groups are the same as t-test or as analysis of variance", () => {
    near(oneWayAnova([a, b]).pValue, studentTTest(a, b).pValue);
    near(welchAnova([a, b]).pValue, welchTTest(a, b).pValue);
    near(welchAnova([a, b]).denominatorDegrees, welchTTest(a, b).degreesOfFreedom);
  });

  it("do not exist for constant values", () => {
    expect(() => studentTTest([1, 1], [1, 1])).toThrow(/do not vary/);
    expect(() =>
      welchAnova([
        [1, 1],
        [1, 2],
      ]),
    ).toThrow(/do not vary/);
    expect(() => oneWayAnova([[2, 2], [2]])).toThrow(/do not vary/);
    expect(() => studentTTest([0.1, 0.1, 0.1], [0.3, 0.3])).toThrow(/do not vary/);
    expect(() =>
      oneWayAnova([
        [0.1, 0.1, 0.1],
        [0.3, 0.3],
      ]),
    ).toThrow(/do not vary/);
    expect(() => welchTTest([1], [1, 2])).toThrow(/2 values a group; got 1 and 2/);
    expect(() => studentTTest([1, NaN], [1, 2])).toThrow(/finite/);
  });
});

describe("tests of ranks", () => {
  it("agree with SciPy with and without ties", () => {
    near(kruskalWallis([a, b, c]).h, 5.4769635126777985);
    near(kruskalWallis([tiedA, tiedB, tiedC]).h, 1.4048252279635238);
    near(kruskalWallis([tiedA, tiedB, tiedC]).pValue, 0.49538867922136254);
    expect(wilcoxonRankSum(a, b)).toMatchObject({ statistic: 8, method: "exact" });
    near(wilcoxonRankSum(a, b).pValue, 0.020512820512820513);
    near(wilcoxonRankSum(tiedA, tiedB).pValue, 0.21719776249760814);
    near(wilcoxonRankSum(tiedA, tiedB, { continuity: false }).pValue, 0.19608841866018056);
    const differences = [1.5, -0.4, 2.2, 3.1, -1.1, 0.7, 2.9, -0.2, 1.9];
    near(wilcoxonSignedRank(differences).pValue, 0.07421875);
    const tied = [1, 1, -2, 3, 3, -1, 4, 5, 2, -3, 6];
    near(wilcoxonSignedRank(tied).pValue, 0.08972156870443226);
    near(wilcoxonSignedRank(tied, { continuity: false }).pValue, 0.0815919987286842);
  });

  it("are exact for large samples too", () => {
    const first = Float64Array.from({ length: 48 }, (_, i) => i);
    const second = Float64Array.from({ length: 45 }, (_, i) => i * 1.1 + 0.05);
    near(wilcoxonRankSum(first, second).pValue, 0.7977095853238136);
  });

  it("do not change when the groups are exchanged or the values are transformed monotonically", () => {
    near(wilcoxonRankSum(b, a).pValue, wilcoxonRankSum(a, b).pValue);
    expect(kruskalWallis([b, c, a]).h).toBeCloseTo(kruskalWallis([a, b, c]).h, 12);
    const cubed = [a, b, c].map((group) => group.map((value) => value * value * value));
    expect(kruskalWallis(cubed).h).toBe(kruskalWallis([a, b, c]).h);
  });

  it("of two groups without continuity correction are Kruskal and Wallis's", () => {
    near(
      kruskalWallis([tiedA, tiedB]).pValue,
      wilcoxonRankSum(tiedA, tiedB, { continuity: false, exact: false }).pValue,
    );
  });

  it("do not exist where all values are equal", () => {
    expect(() => kruskalWallis([[1, 1], [1]])).toThrow(/all values are equal/);
    expect(() => wilcoxonRankSum([1, 1], [1])).toThrow(/all values are equal/);
    expect(() => wilcoxonSignedRank([0, 0])).toThrow(/got 2 of zero/);
  });
});

describe("the Shapiro-Wilk test", () => {
  it.each([
    [[1, 2, 4], 0.9642857142857142, 0.6368868450289689],
    [a, 0.9438142267828604, 0.6489540148716444],
    [[...a, ...b], 0.9753585509709758, 0.9279624407132883],
    [[...a, ...b, ...c], 0.9694431845684496, 0.7206745765475209],
    [Array.from({ length: 40 }, (_, i) => Math.exp(i / 10)), 0.8158866751998577, 1.4776616148801702e-5],
  ])("agrees with SciPy's AS R94 (case %#)", (values, w, pValue) => {
    expect(shapiroWilk(values).w).toBeCloseTo(w, 7);
    expect(Math.abs(shapiroWilk(values).pValue / pValue - 1)).toBeLessThan(1e-5);
  });

  it("does not depend on unit or order", () => {
    const moved = a.map((value) => 1e6 - 3 * value).reverse();
    expect(shapiroWilk(moved).w).toBeCloseTo(shapiroWilk(a).w, 9);
    expect(() => shapiroWilk([1, 1, 1])).toThrow(/all values are equal/);
    expect(() => shapiroWilk([1, 2])).toThrow(/got 2/);
  });
});

describe("the chi-square test", () => {
  it("agrees with SciPy with and without Yates's correction", () => {
    const table = contingencyTable([
      [12, 5],
      [7, 14],
    ]);
    near(chiSquareTest(table, true).pValue, 0.05028491606049412);
    near(chiSquareTest(table).pValue, 0.022384010692177766);
    const wide = contingencyTable([
      [12, 5, 9],
      [7, 14, 3],
    ]);
    near(chiSquareTest(wide, true).pValue, 0.014174882222918836);
    expect(chiSquareTest(wide).degreesOfFreedom).toBe(2);
  });

  it("leaves empty levels out and does not exist for one level", () => {
    const padded = contingencyTable([
      [12, 0, 5],
      [0, 0, 0],
      [7, 0, 14],
    ]);
    near(chiSquareTest(padded, true).pValue, 0.05028491606049412);
    expect(() =>
      chiSquareTest(
        contingencyTable([
          [3, 4],
          [0, 0],
        ]),
      ),
    ).toThrow(/two levels/);
  });
});

describe("correlations", () => {
  it("agree with SciPy", () => {
    const pearson = pearsonTest(a.slice(0, 7), b);
    near(pearson.correlation, -0.4754073035055188);
    near(pearson.pValue, 0.28094677550469);
    near(pearson.lower, -0.9046074943041617);
    near(spearmanTest(tiedA.slice(0, 7), tiedB).pValue, 0.00790602321879379);
    const kendall = kendallTest(tiedA.slice(0, 7), tiedB);
    near(kendall.correlation, 0.8346223261119857);
    near(kendall.pValue, 0.015024079042239333);
    near(skewness(tiedA), 0.9390113504658418);
  });

  it("are 1 for a variable with itself and do not exist for a constant", () => {
    expect(pearsonTest(a, a)).toMatchObject({ pValue: 0, lower: 1, upper: 1 });
    expect(kendallTest(a, a).correlation).toBeCloseTo(1, 14);
    expect(() =>
      spearmanTest(
        a,
        a.map(() => 1),
      ),
    ).toThrow(/variables that vary/);
    expect(() =>
      kendallTest(
        a,
        a.map(() => 1),
      ),
    ).toThrow(/variables that vary/);
  });
});

describe("adjusted p-values", () => {
  it("keep the order, never fall below the p-value, and leave NaN alone", () => {
    const pValues = [0.2, 0.001, NaN, 0.04, 0.04, 0.9];
    for (const adjustment of [
      "bonferroni",
      "holm",
      "hochberg",
      "benjamini-hochberg",
      "benjamini-yekutieli",
    ] as const) {
      const adjusted = adjustPValues(pValues, adjustment);
      expect(adjusted[2]).toBeNaN();
      expect(adjusted[3]).toBe(adjusted[4]);
      for (const i of [0, 1, 3, 4, 5]) expect(adjusted[i]).toBeGreaterThanOrEqual(pValues[i]);
      expect(adjusted[1]).toBeLessThan(adjusted[3]);
    }
    expect(() => adjustPValues([1.1], "holm")).toThrow(/0 to 1/);
  });
});

describe("kappa", () => {
  it("is 1 for full agreement, 0 for chance, and the same for two levels with any weights", () => {
    expect(
      cohenKappa(
        contingencyTable([
          [10, 0],
          [0, 7],
        ]),
      ).value,
    ).toBe(1);
    expect(
      cohenKappa(
        contingencyTable([
          [4, 4],
          [4, 4],
        ]),
      ).value,
    ).toBe(0);
    const table = contingencyTable([
      [20, 5],
      [10, 15],
    ]);
    // Worked example of Cohen's kappa: observed 0.7, expected 0.5.
    near(cohenKappa(table).value, 0.4);
    near(cohenKappa(table, "quadratic").variance, cohenKappa(table).variance);
    expect(
      cohenKappa(
        contingencyTable([
          [0, 5],
          [0, 9],
        ]),
      ).value,
    ).toBe(0);
    expect(() =>
      cohenKappa(
        contingencyTable([
          [3, 0],
          [0, 0],
        ]),
      ),
    ).toThrow(/more than one level/);
  });

  it("has the variance that the delta method gives for counts of a multinomial", () => {
    const rows = [
      [7, 6, 2, 0],
      [5, 9, 3, 1],
      [1, 4, 7, 2],
      [0, 1, 2, 5],
    ];
    for (const weights of ["none", "linear", "quadratic"] as const) {
      const kappa = (cells: readonly number[][]): number => cohenKappa(scaledTable(cells), weights).value;
      const total = rows.flat().reduce((sum, count) => sum + count, 0);
      let [mean, squares] = [0, 0];
      rows.forEach((row, i) =>
        row.forEach((count, j) => {
          const step = 1e-4;
          const moved = (by: number): number[][] =>
            rows.map((own, a) => own.map((value, b) => (a === i && b === j ? value + by : value)));
          const slope = ((kappa(moved(step)) - kappa(moved(-step))) / (2 * step)) * total;
          mean += (count / total) * slope;
          squares += (count / total) * slope * slope;
        }),
      );
      const variance = (squares - mean * mean) / total;
      expect(cohenKappa(scaledTable(rows), weights).variance / variance).toBeCloseTo(1, 6);
    }
  });
});

/** A table whose counts need not be whole, to differentiate by them. */
function scaledTable(rows: readonly (readonly number[])[]): ContingencyTable {
  const counts = rows[0].flatMap((_, j) => rows.map((row) => row[j]));
  return { rows: rows.length, columns: rows[0].length, counts: Float64Array.from(counts) };
}
