import { describe, expect, it } from "vitest";
import { contingencyTable, margins } from "./contingency-table.ts";
import { fisherExactTest } from "./fisher-exact.ts";
import { fisherMonteCarlo } from "./fisher-monte-carlo.ts";
import { fisherNetwork } from "./fisher-network.ts";
import { fisherOddsRatio } from "./fisher-odds-ratio.ts";

const pValue = (rows: readonly (readonly number[])[]): number =>
  fisherExactTest(contingencyTable(rows)).pValue;

const fillings = ([first, ...others]: readonly number[], total: number): number[][] => {
  if (others.length === 0) return total <= first ? [[total]] : [];
  return Array.from({ length: Math.min(first, total) + 1 }, (_, count) => count).flatMap((count) =>
    fillings(others, total - count).map((rest) => [count, ...rest]),
  );
};

/** Sums the tables one by one: slow, but without a network. */
const bruteForce = (rows: readonly (readonly number[])[]): number => {
  const table = contingencyTable(rows);
  const sums = margins(table);
  const logFactorial = (n: number): number =>
    Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((x, y) => x + y, 0);
  const weight = (cells: readonly number[]): number =>
    -cells.reduce((total, count) => total + logFactorial(count), 0);
  const scale = -weight(sums.rows) - weight(sums.columns) - logFactorial(sums.total);
  const observed = weight([...table.counts]);
  // Whole rows of cells, one column after the other, each with what is left of the rows.
  let tables: { readonly cells: readonly number[]; readonly left: readonly number[] }[] = [
    { cells: [], left: sums.rows },
  ];
  for (const size of sums.columns)
    tables = tables.flatMap(({ cells, left }) =>
      fillings(left, size).map((filling) => ({
        cells: [...cells, ...filling],
        left: left.map((room, row) => room - filling[row]),
      })),
    );
  const asLikely = tables.filter(({ cells }) => weight(cells) <= observed + 1e-7);
  return asLikely.reduce((total, { cells }) => total + Math.exp(weight(cells) + scale), 0);
};

describe("Fisher's exact test", () => {
  it("agrees with the published tables: tea tasting and job satisfaction (Agresti)", () => {
    expect(
      pValue([
        [3, 1],
        [1, 3],
      ]),
    ).toBeCloseTo(34 / 70, 12);
    // R's help page of fisher.test prints 0.7827.
    expect(
      pValue([
        [1, 2, 1, 0],
        [3, 3, 6, 1],
        [10, 10, 14, 9],
        [6, 7, 12, 11],
      ]),
    ).toBeCloseTo(0.7827, 4);
  });

  it.each([
    [
      [
        [4, 1, 3],
        [2, 5, 2],
      ],
      0.23385438091320443,
    ],
    [
      [
        [2, 0, 3],
        [1, 4, 1],
        [0, 2, 2],
      ],
      0.18081918081918083,
    ],
    [
      [
        [1, 0, 2, 3],
        [2, 1, 0, 1],
        [0, 3, 1, 1],
      ],
      0.25274725274725274,
    ],
    [
      [
        [12, 5, 9],
        [7, 14, 3],
      ],
      0.01526802871233439,
    ],
    [
      [
        [2, 1],
        [0, 3],
        [4, 0],
        [1, 1],
        [0, 2],
      ],
      0.0337995337995338,
    ],
  ])("agrees with sums of exact fractions (case %#)", (rows, expected) => {
    expect(Math.abs(pValue(rows) / expected - 1)).toBeLessThan(1e-11);
  });

  it("agrees with the sum of all tables one by one", () => {
    let state = 7;
    const draw = (n: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % n;
    for (let trial = 0; trial < 40; trial++) {
      const [height, width] = [2 + draw(2), 3 + draw(2)];
      const rows = Array.from({ length: height }, () => Array.from({ length: width }, () => draw(4)));
      const sums = margins(contingencyTable(rows));
      if (Math.min(...sums.rows, ...sums.columns) === 0) continue;
      expect(Math.abs(pValue(rows) / bruteForce(rows) - 1)).toBeLessThan(1e-9);
    }
  });

  it("does not depend on the order of rows and columns or on empty levels", () => {
    const rows = [
      [5, 1, 0, 3],
      [2, 6, 4, 1],
      [0, 2, 5, 5],
    ];
    const transposed = rows[0].map((_, column) => rows.map((row) => row[column]));
    expect(pValue(transposed)).toBeCloseTo(pValue(rows), 12);
    expect(pValue([...rows].reverse())).toBeCloseTo(pValue(rows), 12);
    expect(pValue([...rows, [0, 0, 0, 0]])).toBeCloseTo(pValue(rows), 12);
    expect(() =>
      pValue([
        [1, 2],
        [0, 0],
      ]),
    ).toThrow(/two levels/);
  });

  it("draws tables where the exact sum is too long, near the exact p-value and always the same", () => {
    const table = contingencyTable([
      [12, 5, 9],
      [7, 14, 3],
    ]);
    const drawn = fisherMonteCarlo(table, 20_000);
    expect(Math.abs(drawn - fisherNetwork(table)!)).toBeLessThan(4 * Math.sqrt(0.01527 / 20_000));
    expect(fisherMonteCarlo(table, 20_000)).toBe(drawn);
    const large = contingencyTable(
      Array.from({ length: 7 }, (_, i) => Array.from({ length: 7 }, (_v, j) => 10 + ((i * j) % 5))),
    );
    expect(fisherExactTest(large).simulatedTables).toBe(10_000);
    expect(fisherExactTest(large).pValue).toBeGreaterThan(0);
  });
});

describe("the exact odds ratio", () => {
  it("is 6.408309 for tea tasting, as R's help page of fisher.test prints", () => {
    expect(fisherOddsRatio([3, 1, 1, 3]).value).toBeCloseTo(6.4083, 4);
  });

  it("agrees with SciPy 1.17.1 for another table", () => {
    const { value, lower, upper } = fisherOddsRatio([12, 5, 7, 14]);
    expect(value).toBeCloseTo(4.586730434376699, 4);
    expect(lower).toBeCloseTo(1.0063298166860701, 4);
    expect(upper / 24.264482923282195).toBeCloseTo(1, 4);
  });

  it("inverts when the rows are exchanged, and is 0 or infinite at the edge of the margins", () => {
    const [direct, exchanged] = [fisherOddsRatio([12, 5, 7, 14]), fisherOddsRatio([7, 14, 12, 5])];
    expect(exchanged.value * direct.value).toBeCloseTo(1, 10);
    expect(exchanged.lower * direct.upper).toBeCloseTo(1, 10);
    expect(fisherOddsRatio([0, 5, 4, 3])).toMatchObject({ value: 0, lower: 0 });
    expect(fisherOddsRatio([5, 0, 3, 4])).toMatchObject({ value: Infinity, upper: Infinity });
  });
});
