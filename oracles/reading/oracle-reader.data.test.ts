import { describe, expect, it } from "vitest";
import { compareToExpected, toleranceFor } from "../compare-to-expected.ts";
import { joinTables, numbers, parseTable, rowsWhere, texts } from "../oracle-table.ts";

describe("the judge of answers", () => {
  const paths = (expected: unknown, answer: unknown, tolerances = {}) =>
    compareToExpected(expected, answer, tolerances).map((mismatch) => mismatch.path);

  it("allows an absolute and a relative difference", () => {
    const tolerances = { default: { abs: 0.1, rel: 0.1 } };
    expect(paths({ a: 10, b: 10 }, { a: 11.05, b: 11.2 }, tolerances)).toEqual(["b"]);
  });

  it("takes the tolerance of the longest run of the path", () => {
    const [short, long, other] = [1, 2, 3].map((abs) => ({ abs, rel: 0 }));
    const tolerances = { default: other, cvm: short, "auc.cvm": long };
    expect(toleranceFor(tolerances, ["auc", "cvm", "0"])).toBe(long);
    expect(toleranceFor(tolerances, ["deviance", "cvm"])).toBe(short);
    expect(toleranceFor(tolerances, ["auc", "x", "cvm"])).toBe(short);
    expect(toleranceFor(tolerances, ["auc"])).toBe(other);
  });

  it("does not take a number for what cannot be estimated, nor nothing for a number", () => {
    expect(paths([null, "NaN", null], [0, 1, NaN])).toEqual(["0", "1"]);
    expect(paths([1, 1, 1], [null, NaN, undefined])).toEqual(["0", "1", "2"]);
    expect(paths(["Infinity", "-Infinity"], [Infinity, Infinity])).toEqual(["1"]);
  });

  it("misses keys and lengths, and takes typed arrays and dropped dimensions", () => {
    expect(paths({ a: 1, b: null }, { c: 1 })).toEqual(["a"]);
    expect(paths({ a: [1, 2] }, { a: Float64Array.of(1, 2, 3) })).toEqual(["a"]);
    expect(paths({ a: [1] }, { a: 1 })).toEqual([]);
  });

  it("compares means of runs by their standard errors, texts of a behaviour not at all", () => {
    const runs = { mean: 1, sd: 1, n: 100 };
    const tolerances = { default: { abs: 0, rel: 0 } };
    const judged = (mean: number) =>
      compareToExpected(runs, { mean, sd: 1, n: 100 }, tolerances, "stochastic").length;
    expect([judged(1.56), judged(1.57)]).toEqual([0, 1]);
    expect(
      compareToExpected({ says: "x", ok: true }, { says: "y", ok: false }, {}, "behaviour"),
    ).toHaveLength(1);
  });
});

describe("tables", () => {
  const table = parseTable('y,split,note,x\n1,train,"a, ""b""",0.5\n0,valid,,\n1,train,c,2\n');

  it("type their columns and keep what is missing apart", () => {
    expect([...numbers(table, "x")]).toEqual([0.5, NaN, 2]);
    expect(texts(table, "note")).toEqual(['a, "b"', null, "c"]);
    expect(() => numbers(table, "split")).toThrow("text");
  });

  it("select rows by comparisons and by their number", () => {
    const selected = (where: string) => [...numbers(rowsWhere(table, where), "x")];
    expect(selected("split == 'train'")).toEqual([0.5, 2]);
    expect(selected("split == 'train', first 1 rows")).toEqual([0.5]);
    expect(selected("y == 0")).toEqual([NaN]);
    expect(selected("x >= 1 & y == 1")).toEqual([2]);
    expect(() => rowsWhere(table, "y is 1")).toThrow("cannot read");
  });

  it("stand side by side in the same row order", () => {
    const joined = joinTables([table, parseTable("y,z\n5,1\n5,2\n5,3\n")]);
    expect([...numbers(joined, "y"), ...numbers(joined, "z")]).toEqual([1, 0, 1, 1, 2, 3]);
  });
});
