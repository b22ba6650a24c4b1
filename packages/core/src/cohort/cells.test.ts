import { describe, expect, it } from "vitest";
import { missingCells } from "./cell.ts";
import { codeBookProblems, findLevel } from "./code-book.ts";
import { dateCell, isoDate } from "./date-cell.ts";
import { nearNames } from "./near-names.ts";
import { numberCell } from "./number-cell.ts";
import { fillPathPattern, parsePathPattern } from "./path-pattern.ts";
import type { CategoricalVariable } from "./variable.ts";

const isMissing = missingCells(["NA", "Not Available"]);

describe("a number", () => {
  it.each([
    ["1", 1],
    [" 2.50 ", 2.5],
    ["-.5", -0.5],
    ["+7", 7],
    ["\u22123", -3],
    ["1e-3", 0.001],
    ["１２", 12],
    ["\u00a05", 5],
  ])("is read from %j", (text, value) => {
    expect(numberCell(text, ".", isMissing)).toEqual({ kind: "value", value });
  });

  it.each(["", "  ", "NA", "na", "not available"])("is missing in %j", (text) => {
    expect(numberCell(text, ".", isMissing)).toEqual({ kind: "missing" });
  });

  it.each([
    ["<0.1", "censored"],
    ["> 300", "censored"],
    ["Inf", "no finite"],
    ["-Infinity", "no finite"],
    ["NaN", "no finite"],
    ["1e999", "too large"],
    ["1,234", "comma"],
    ["1,5", "comma"],
    ["1 234", "thousands"],
    ["1'234.5", "thousands"],
    ["1.2.3", "decimal point"],
    ["45y", "letters"],
    ["12 %", "letters"],
    ["#VALUE!", "spreadsheet"],
    ["forty", "text"],
    ["0x10", "letters"],
    ["1-2", "letters"],
  ])("is refused in %j with the cause", (text, cause) => {
    expect(numberCell(text, ".", isMissing)).toMatchObject({
      kind: "unreadable",
      reason: expect.stringContaining(cause),
    });
  });

  it("with a decimal comma refuses a point beside the comma", () => {
    expect(numberCell("1.234,5", ",", isMissing).kind).toBe("unreadable");
    expect(numberCell("1,234,5", ",", isMissing).kind).toBe("unreadable");
    expect(numberCell("1.234", ",", isMissing)).toMatchObject({
      kind: "unreadable",
      reason: expect.stringContaining("thousands"),
    });
    expect(numberCell("12,5", ",", isMissing)).toEqual({ kind: "value", value: 12.5 });
    expect(numberCell("12.5", ",", isMissing)).toEqual({ kind: "value", value: 12.5 });
  });
});

describe("a date", () => {
  it.each([
    ["2021-03-07", "2021-03-07"],
    ["2021/3/7", "2021-03-07"],
    ["2021.03.07", "2021-03-07"],
    ["2021年3月7日", "2021-03-07"],
    ["20210307", "2021-03-07"],
    ["2021-03-07T23:59", "2021-03-07"],
    ["2021-03-07 00:00:00", "2021-03-07"],
    ["27.03.2021", "2021-03-27"],
    ["03/27/2021", "2021-03-27"],
    ["05.05.2021", "2021-05-05"],
    ["2020-02-29", "2020-02-29"],
  ])("is read from %s", (text, day) => {
    const cell = dateCell(text, isMissing);
    expect(cell.kind === "value" ? isoDate(cell.value) : cell).toBe(day);
  });

  it.each([
    "03/04/2021",
    "2021-02-29",
    "2021-13-01",
    "1821-01-01",
    "7.3.21",
    "44262",
    "2021-03/07",
    "yesterday",
  ])("is refused in %s", (text) => {
    expect(dateCell(text, isMissing).kind).toBe("unreadable");
  });
});

describe("a level", () => {
  const levels = [
    { code: "0", label: "Negative" },
    { code: "1", label: "Positive" },
    { code: "4a", label: "4A" },
  ];

  it("is found by code, by a code of equal number, by label, and without regard to case", () => {
    expect(
      ["0", " 1 ", "1.0", "Positive", "negative", "4A", "4a"].map((text) => findLevel(levels, text, ".")),
    ).toEqual([0, 1, 1, 1, 0, 2, 2]);
  });

  it("is not found by a code with leading zeros, by part of a label, or where two differ in case alone", () => {
    expect(findLevel(levels, "01", ".")).toBe(-1);
    expect(findLevel(levels, "pos", ".")).toBe(-1);
    expect(
      findLevel(
        [
          { code: "a", label: "a" },
          { code: "A", label: "A" },
        ],
        "A",
        ".",
      ),
    ).toBe(1);
    expect(
      findLevel(
        [
          { code: "ab", label: "x" },
          { code: "AB", label: "y" },
        ],
        "Ab",
        ".",
      ),
    ).toBe(-1);
  });

  it("belongs to a sound code-book", () => {
    const variable = (changes: Partial<CategoricalVariable>): CategoricalVariable => ({
      kind: "categorical",
      name: "er",
      label: "ER",
      knownAt: "before-surgery",
      levels,
      reference: "0",
      ...changes,
    });
    expect(codeBookProblems(variable({}))).toEqual([]);
    expect(codeBookProblems(variable({ reference: "1.0" }))).toEqual([]);
    expect(codeBookProblems(variable({ kind: "binary" }))).toEqual([
      expect.stringMatching(/exactly 2.*got 3/),
    ]);
    expect(codeBookProblems(variable({ levels: [], reference: "0" }))).toHaveLength(1);
  });
});

describe("names and paths", () => {
  it("find what a misspelt name means, and nothing where nothing is near", () => {
    expect(nearNames("patientid", ["patient_id", "age"])).toEqual(["patient_id"]);
    expect(nearNames("Tumour Size", ["age", "tumour-size", "tumor_size"])).toEqual([
      "tumour-size",
      "tumor_size",
    ]);
    expect(nearNames("grade", ["age", "birads_reader"])).toEqual([]);
  });

  it("fill a pattern with the row's cells and refuse broken braces", () => {
    const pattern = parsePathPattern("{centre}/images/{image}.png");
    expect(fillPathPattern(pattern, ["A", " case1 "])).toBe("A/images/case1.png");
    for (const broken of ["images/{image", "images/image}", "images/{}"])
      expect(() => parsePathPattern(broken)).toThrow(/braces/);
  });
});
