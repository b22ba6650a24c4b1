import { describe, expect, it } from "vitest";
import { dataRows, fileLink, safeFileName, toCsv } from "./data-table.ts";

describe("the numbers behind a figure", () => {
  it("keep full precision in the file", () => {
    expect(toCsv({ columns: ["x"], rows: [[0.1 + 0.2], [-1e-7]] })).toBe(
      "x\r\n0.30000000000000004\r\n-1e-7\r\n",
    );
  });

  it("are empty cells where they do not exist", () => {
    expect(toCsv({ columns: ["x", "y"], rows: [[null, NaN]] })).toBe("x,y\r\n,\r\n");
    expect(dataRows({ columns: ["x"], rows: [[NaN]] }, "none").markup).not.toContain("NaN");
  });

  it("cannot run as a formula in a spreadsheet, while a negative number stays one", () => {
    const csv = toCsv({ columns: ["x"], rows: [["=cmd()"], ["@x"], ["-1+1"], ["+1"], [-1]] });
    expect(csv.split("\r\n").slice(1, 6)).toEqual(["'=cmd()", "'@x", "'-1+1", "'+1", "-1"]);
  });

  it("come back from their link unchanged", () => {
    const content = `a,"b"\r\n<ü>,100%,#1&2\r\n`;
    const { markup } = fileLink({ name: "a b.csv", mediaType: "text/csv", content }, "data");
    const address = /href="data:text\/csv;charset=utf-8,([^"]*)"/.exec(markup)![1];
    expect(decodeURIComponent(address)).toBe(content);
    expect(address).not.toMatch(/[<>#&\s]/);
  });

  it("have a file name that leads nowhere", () => {
    expect(safeFileName("../../etc/<x>")).not.toContain("/");
  });
});
