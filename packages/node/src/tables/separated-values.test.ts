import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { FormatError, InputError } from "@sentinode/core";
import { describe, expect, it } from "vitest";
import { detectDecimal } from "./detect-decimal.ts";
import { detectDelimiter } from "./detect-delimiter.ts";
import { readRecords } from "./separated-values.ts";

const cellsOf = (text: string, delimiter = ",") =>
  readRecords(text, delimiter, "t.csv").map(({ cells }) => cells);

describe("readRecords", () => {
  it("agrees with csv-parse on any table that is quoted as RFC 4180 asks", () => {
    const cell = fc.string({
      unit: fc.constantFrom("a", "é", "1", ",", ";", '"', "\n", "\r", " ", "病"),
      maxLength: 6,
    });
    const quoted = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        (rows) => {
          const text = rows.map((row) => row.map(quoted).join(",")).join("\n");
          expect(cellsOf(text)).toEqual(parse(text, { relax_column_count: true, record_delimiter: "\n" }));
        },
      ),
    );
  });

  it("counts the lines of the file, also inside quoted cells and over blank lines", () => {
    const text = 'id,note\r\n1,"two\r\nlines"\r\n\r\n2,b\r3,c\n';
    expect(readRecords(text, ",", "t.csv").map(({ line }) => line)).toEqual([1, 2, 5, 6]);
  });

  it("takes a quote inside an unquoted cell as a character", () => {
    expect(cellsOf('probe,12" screen')).toEqual([["probe", '12" screen']]);
  });

  it("names the line on which a quote opens that is never closed", () => {
    expect(() => cellsOf('a,b\n1,"2\n3,4\n')).toThrow(FormatError);
    expect(() => cellsOf('a,b\n1,"2\n3,4\n')).toThrow(/line 2.*quote/);
  });

  it("refuses text behind a closing quote", () => {
    expect(() => cellsOf('a,b\n1,"2"x\n')).toThrow(/line 2.*followed by more text/);
  });

  it("refuses too many columns and too long cells before it reads on", () => {
    expect(() => cellsOf(",".repeat(1_000_000))).toThrow(InputError);
    expect(() => cellsOf("x".repeat(40_000))).toThrow(/32767 characters/);
  });
});

describe("detectDelimiter", () => {
  it.each([
    ["id,size\n1,2.5\n", ","],
    ["id;size\n1;2,5\n2;3,5\n", ";"],
    ["id\tsize, mm\n1\t2\n", "\t"],
    ["id|size\n1|2\n", "|"],
    ['"name, first";size\n"a, b";1\n"c, d";2\n', ";"],
    ["only\n1\n2\n", ","],
  ])("finds the separator of %j", (text, delimiter) => {
    expect(detectDelimiter(text, ",")).toBe(delimiter);
  });
});

describe("detectDecimal", () => {
  it("does not take separators of thousands for decimals", () => {
    expect(detectDecimal([["1,234"], ["12,345"]])).toEqual({ decimal: ".", otherwise: 2 });
  });

  it("reports numbers written the other way", () => {
    expect(detectDecimal([["1,5"], ["2,25"], ["3.5"]])).toEqual({ decimal: ",", otherwise: 1 });
  });
});
