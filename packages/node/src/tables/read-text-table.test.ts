import { FormatError, InputError } from "@sentinode/core";
import { describe, expect, it } from "vitest";
import { csvText } from "./csv-text.ts";
import { readTextTable } from "./read-text-table.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (text: string, file = "t.csv") => readTextTable(utf8(text), file);
const codes = (bytes: Uint8Array) => readTextTable(bytes, "t.csv").findings.map(({ code }) => code);

function problemsOf(text: string): readonly string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
  }
  return [];
}

describe("encodings", () => {
  const table = "id,größe\nä1,2\n";
  const utf16 = (text: string, mark: boolean) => Buffer.from((mark ? "\uFEFF" : "") + text, "utf16le");

  it("drops the mark of UTF-8 and reads UTF-16 of both byte orders", () => {
    expect(read("\uFEFFid,size\r\n1,2\r\n").headers).toEqual(["id", "size"]);
    expect(readTextTable(utf16(table, true), "t.csv").headers).toEqual(["id", "größe"]);
    expect(readTextTable(utf16(table, true).swap16(), "t.csv").headers).toEqual(["id", "größe"]);
    expect(readTextTable(utf16("id,size\n1,2\n", false), "t.csv").rows).toEqual([["1", "2"]]);
  });

  it("reads Chinese and Western code pages and says that it guessed", () => {
    const chinese = Uint8Array.from([0xb2, 0xa1, 0xc8, 0xcb, 0xb1, 0xe0, 0xba, 0xc5, ...utf8(",a\n1,2\n")]);
    expect(readTextTable(chinese, "t.csv").headers[0]).toBe("病人编号");
    const western = Buffer.from(table, "latin1");
    expect(readTextTable(western, "t.csv").headers[1]).toBe("größe");
    expect([codes(chinese), codes(western)]).toEqual([
      ["table-encoding-guessed"],
      ["table-encoding-guessed"],
    ]);
  });

  it("refuses binary content with the line of the first NUL", () => {
    expect(() => read("a,b\n1,\0\n")).toThrow(FormatError);
    expect(() => read("a,b\n1,\0\n")).toThrow(/line 2.*NUL/);
  });
});

describe("shape of the table", () => {
  it("names every ragged row with both counts, as the file numbers its lines", () => {
    expect(problemsOf("a,b\n1\n1,2\n1,2,3\n")).toEqual([
      expect.stringMatching(/row 2: .*got 1 cells for 2 columns/),
      expect.stringMatching(/row 4: .*got 3 cells for 2 columns/),
    ]);
  });

  it("lists duplicate and empty headers together", () => {
    expect(problemsOf("a,,a\n1,2,3\n")).toEqual([
      expect.stringMatching(/column 2 has values but no header/),
      expect.stringMatching(/duplicate header "a" in columns 1, 3/),
    ]);
  });

  it("leaves out blank rows, and columns of trailing separators", () => {
    const table = read("a,b,\n1,2,\n,,\n3,4,\n");
    expect([table.headers, table.rows, table.rowNumbers]).toEqual([
      ["a", "b"],
      [
        ["1", "2"],
        ["3", "4"],
      ],
      [2, 4],
    ]);
    expect(table.findings.map(({ severity }) => severity)).toEqual(["info"]);
  });

  it("refuses a table without rows", () => {
    expect(() => read("a,b\n")).toThrow(/a header alone/);
    expect(() => read("\n\n")).toThrow(/nothing/);
  });

  it("takes Excel's own line for the separator and keeps counting lines", () => {
    expect(read("sep=;\na;b\n1;2,5\n")).toMatchObject({ headers: ["a", "b"], rowNumbers: [3], decimal: "," });
  });

  it("keeps headers that are names of object properties", () => {
    expect(read("__proto__,constructor\n1,2\n").headers).toEqual(["__proto__", "constructor"]);
  });
});

describe("csvText", () => {
  it("is read back to the same cells, formulas included", () => {
    const cells = ["=1+1", "'=1+1", "-2.5", 'a,"b"\nc', "@x", "+", "'t Hooft", ""];
    const text = csvText(
      cells.map((_, i) => `c${String(i)}`),
      [cells],
    );
    expect(read(text).rows[0]).toEqual(cells);
    expect(text.split(/,(?=')/)[0]).toContain("'=1+1");
  });
});
