import { FormatError, InputError } from "@sentinode/core";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readWorkbook } from "./read-workbook.ts";

interface TestWorkbook {
  /** Content of sheetData, and what follows it, by sheet. */
  readonly sheets: Readonly<Record<string, string>>;
  readonly hidden?: readonly string[];
  readonly strings?: string;
  readonly formats?: readonly string[];
  readonly from1904?: boolean;
}

/** A workbook as Excel lays one out; style i has the i-th of `formats`. */
function workbook({
  sheets,
  hidden = [],
  strings = "",
  formats = [],
  from1904 = false,
}: TestWorkbook): Uint8Array {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const names = Object.keys(sheets);
  const type = (name: string) =>
    `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${name}`;
  const related = (id: string, name: string, target: string) =>
    `<Relationship Id="${id}" Type="${type(name)}" Target="${target}"/>`;
  return zipSync({
    "[Content_Types].xml": bytes("<Types/>"),
    "_rels/.rels": bytes(
      `<Relationships>${related("r", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    ),
    "xl/workbook.xml": bytes(
      `<workbook xmlns:r="x"><workbookPr date1904="${from1904 ? "1" : "0"}"/><sheets>${names
        .map(
          (name, i) =>
            `<sheet name="${name}" ${hidden.includes(name) ? 'state="hidden"' : ""} r:id="s${String(i)}"/>`,
        )
        .join("")}</sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": bytes(
      `<Relationships>${names.map((_, i) => related(`s${String(i)}`, "worksheet", `worksheets/sheet${String(i)}.xml`)).join("")}${related("t", "sharedStrings", "sharedStrings.xml")}${related("f", "styles", "/xl/styles.xml")}</Relationships>`,
    ),
    "xl/sharedStrings.xml": bytes(`<sst>${strings}</sst>`),
    "xl/styles.xml": bytes(
      `<styleSheet><numFmts>${formats.map((code, i) => `<numFmt numFmtId="${String(164 + i)}" formatCode="${code}"/>`).join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats.map((_, i) => `<xf numFmtId="${String(164 + i)}"/>`).join("")}</cellXfs></styleSheet>`,
    ),
    ...Object.fromEntries(
      names.map((name, i) => [
        `xl/worksheets/sheet${String(i)}.xml`,
        bytes(`<worksheet>${sheets[name]}</worksheet>`),
      ]),
    ),
  });
}

const text = (reference: string, value: string) =>
  `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`;
const data = (...rows: string[]) =>
  `<sheetData>${rows.map((cells) => `<row>${cells}</row>`).join("")}</sheetData>`;
const head = `<row r="1">${text("A1", "id")}${text("B1", "x")}</row>`;
const read = (book: TestWorkbook, sheet?: string) => readWorkbook(workbook(book), "t.xlsx", sheet);
const valueOf = (cell: string, book: Partial<TestWorkbook> = {}) =>
  read({
    sheets: { s: `<sheetData>${head}<row r="2">${text("A2", "p")}${cell}</row></sheetData>` },
    ...book,
  });

describe("cells", () => {
  it.each([
    ['<c r="B2"><v>43.600000000000001</v></c>', "43.6"],
    ['<c r="B2"><v>1E-7</v></c>', "1e-7"],
    ['<c r="B2" t="b"><v>1</v></c>', "TRUE"],
    ['<c r="B2" t="str"><f>1+1</f><v>two</v></c>', "two"],
    ['<c r="B2"><f>1+1</f><v>2</v></c>', "2"],
    ['<c r="B2" t="d"><v>2024-02-01T00:00:00</v></c>', "2024-02-01"],
    ['<c r="B2" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>', "a b"],
    ['<c r="B2" t="inlineStr"><is><t>a_x000D_b &lt;</t></is></c>', "a\rb <"],
  ])("reads %s", (cell, value) => {
    expect(valueOf(cell).rows[0][1]).toBe(value);
  });

  it("joins rich shared strings and leaves phonetic hints out", () => {
    const strings = "<si><t>first</t></si><si><r><t>病</t></r><r><t>人</t></r><rPh><t>bing</t></rPh></si>";
    expect(valueOf('<c r="B2" t="s"><v>1</v></c>', { strings }).rows[0][1]).toBe("病人");
  });

  it("reads errors and formulas without result as missing and says where", () => {
    const table = valueOf('<c r="B2" t="e"><v>#N/A</v></c>');
    expect([table.rows[0][1], table.findings[0].message]).toEqual(["", expect.stringContaining("B2")]);
    expect(valueOf('<c r="B2"><f>1+1</f></c>').findings[0].code).toBe("table-formulas-without-value");
  });

  it("counts days from 1900 with the leap day that never was, or from 1904", () => {
    const dated = (serial: string, from1904 = false) =>
      valueOf(`<c r="B2" s="0"><v>${serial}</v></c>`, { formats: ["yyyy/m/d h:mm"], from1904 });
    expect(["1", "59", "61", "45306.5", "45306"].map((serial) => dated(serial).rows[0][1])).toEqual([
      "1900-01-01",
      "1900-02-28",
      "1900-03-01",
      "2024-01-15T12:00",
      "2024-01-15",
    ]);
    expect(dated("43844", true).rows[0][1]).toBe("2024-01-15");
    expect(dated("60").findings[0].code).toBe("table-dates-without-day");
  });

  it("refuses a number that is none and a shared string that does not exist, without showing it", () => {
    expect(() => valueOf('<c r="B2"><v>forty</v></c>')).toThrow(FormatError);
    expect(() => valueOf('<c r="B2"><v>forty</v></c>')).toThrow(/^(?!.*forty).*cell B2/);
    expect(() => valueOf('<c r="B2" t="s"><v>7</v></c>')).toThrow(/does not exist/);
  });
});

describe("sheets", () => {
  const small = (value: string) =>
    data(text("A1", "id") + text("B1", "x"), text("A2", value) + text("B2", "1"));

  it("reads the first visible sheet with a value, or the one that is named", () => {
    const book = {
      sheets: { secret: small("s"), empty: "<sheetData/>", first: small("f"), second: small("g") },
      hidden: ["secret"],
    };
    expect(read(book).rows[0][0]).toBe("f");
    expect(read(book, "secret").rows[0][0]).toBe("s");
    expect(() => read(book, "third")).toThrow(/the sheets are "secret"/);
  });

  it("numbers rows as the spreadsheet does and passes over empty ones", () => {
    const sheet = `<sheetData><row r="3">${text("A3", "id")}</row><row r="4"/><row r="9">${text("A9", "p")}</row></sheetData>`;
    expect(read({ sheets: { s: sheet } }).rowNumbers).toEqual([9]);
  });

  it("keeps hidden rows and tells of merged cells", () => {
    const sheet = `<sheetData>${head}<row r="2" hidden="1">${text("A2", "p")}</row></sheetData><mergeCells><mergeCell ref="A2:B2"/></mergeCells>`;
    const table = read({ sheets: { s: sheet } });
    expect(table.rows).toEqual([["p", ""]]);
    expect(table.findings.map(({ code }) => code)).toEqual(["table-hidden-rows", "table-merged-cells"]);
  });
});

describe("hostile workbooks", () => {
  it("refuses a value in the last cell of the format without making room for it", () => {
    const sheet = `<sheetData>${head}<row r="1048576">${text("XFD1048576", "x")}</row></sheetData>`;
    expect(() => read({ sheets: { s: sheet } })).toThrow(InputError);
    expect(() => read({ sheets: { s: sheet } })).toThrow(/XFD1048576 .*limit of 5000 columns/);
  });

  it("refuses document types, so that entities cannot grow", () => {
    const bytes = zipSync({
      "xl/workbook.xml": new TextEncoder().encode('<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'),
    });
    expect(() => readWorkbook(bytes, "t.xlsx")).toThrow(/document type/);
  });

  it("refuses rows out of order and references outside the sheet", () => {
    const rows = (first: string, second: string) => ({
      sheets: { s: `<sheetData><row r="${first}"/><row r="${second}"/></sheetData>` },
    });
    expect(() => read(rows("5", "4"))).toThrow(FormatError);
    expect(() => valueOf('<c r="XFE2"><v>1</v></c>')).toThrow(/no valid place/);
  });
});
