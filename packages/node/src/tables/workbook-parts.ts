import { posix } from "node:path";
import { FormatError } from "@sentinode/core";
import type { OpenArchive } from "../files/inflate-entry.ts";
import { limits } from "../files/limits.ts";
import { readZipDirectory, type ZipEntry } from "../files/zip-directory.ts";
import { readXml } from "./read-xml.ts";
import { type DateParts, datePartsOfBuiltIn, datePartsOfFormat } from "./serial-date.ts";

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  readonly isVisible: boolean;
  readonly entry: ZipEntry;
}

/** The parts of a workbook that a sheet's cells refer to. */
export interface Workbook {
  readonly archive: OpenArchive;
  readonly sheets: readonly Sheet[];
  readonly from1904: boolean;
  readonly sharedStrings: readonly string[];
  /** By the number that a cell carries as its style. */
  readonly styles: readonly DateParts[];
}

interface Relationship {
  readonly type: string;
  readonly target: string;
}

/**
 * Opens a workbook: sheets, shared strings and styles, no cells yet.
 *
 * @param file Name for messages.
 * @throws {FormatError} No ZIP archive, or not the parts of an Office Open XML workbook.
 * @source ECMA-376 part 2 (packages), part 1, 18.2 (workbook), 18.4 (shared strings), 18.8 (styles).
 */
export function openWorkbook(bytes: Uint8Array, file: string): Workbook {
  const archive: OpenArchive = { bytes, file, inflated: 0 };
  const entries = new Map(
    readZipDirectory(bytes, file, limits.workbookEntries).map((entry) => [entry.name, entry]),
  );
  const root = [...relationships(archive, entries, "").values()].find(
    ({ type }) => type === "officeDocument",
  );
  const workbookPath = root?.target ?? "xl/workbook.xml";
  const entry = entries.get(workbookPath);
  if (!entry || workbookPath.endsWith(".bin"))
    throw new FormatError(`${file}: the archive holds no workbook in XML; save the table as .xlsx or .csv`);
  const parts = relationships(archive, entries, workbookPath);
  const partOf = (wanted: string) => [...parts.values()].find(({ type }) => type === wanted)?.target ?? "";
  return {
    archive,
    ...sheetsOf(archive, entry, (id) =>
      entries.get(parts.get(id)?.type === "worksheet" ? parts.get(id)!.target : ""),
    ),
    sharedStrings: sharedStrings(archive, entries.get(partOf("sharedStrings"))),
    styles: cellStyles(archive, entries.get(partOf("styles"))),
  };
}

/** What a part refers to, by id; targets are paths in the archive. */
function relationships(
  archive: OpenArchive,
  entries: ReadonlyMap<string, ZipEntry>,
  part: string,
): Map<string, Relationship> {
  const found = new Map<string, Relationship>();
  const folder = posix.dirname(part);
  const entry = entries.get(posix.join(folder, "_rels", `${posix.basename(part)}.rels`));
  if (!entry) return found;
  readXml(archive, entry, {
    open: (name, attribute) => {
      if (name !== "Relationship" || attribute("TargetMode") === "External") return;
      const type = (attribute("Type") ?? "").split("/").at(-1)!;
      const target = posix.resolve("/", folder, attribute("Target") ?? "").slice(1);
      found.set(attribute("Id") ?? "", { type, target });
    },
  });
  return found;
}

function sheetsOf(
  archive: OpenArchive,
  entry: ZipEntry,
  entryOf: (id: string) => ZipEntry | undefined,
): Pick<Workbook, "sheets" | "from1904"> {
  const sheets: Sheet[] = [];
  let from1904 = false;
  readXml(archive, entry, {
    open: (name, attribute) => {
      if (name === "workbookPr") from1904 = /^(1|true|on)$/.test(attribute("date1904") ?? "");
      if (name !== "sheet") return;
      const sheetEntry = entryOf(attribute("id") ?? "");
      if (sheetEntry)
        sheets.push({
          name: attribute("name") ?? "",
          isVisible: (attribute("state") ?? "visible") === "visible",
          entry: sheetEntry,
        });
    },
  });
  return { sheets, from1904 };
}

/** Texts of rich runs are joined; phonetic hints are left out. */
function sharedStrings(archive: OpenArchive, entry: ZipEntry | undefined): string[] {
  const strings: string[] = [];
  if (!entry) return strings;
  let [pieces, inText, inPhonetic]: [string[], boolean, boolean] = [[], false, false];
  readXml(archive, entry, {
    open: (name) => {
      if (name === "si") pieces = [];
      else if (name === "t") inText = !inPhonetic;
      else if (name === "rPh") inPhonetic = true;
    },
    close: (name) => {
      if (name === "si") strings.push(unescapedText(pieces.join("")));
      else if (name === "t") inText = false;
      else if (name === "rPh") inPhonetic = false;
    },
    text: (text) => {
      if (inText) pieces.push(text);
    },
  });
  return strings;
}

function cellStyles(archive: OpenArchive, entry: ZipEntry | undefined): DateParts[] {
  const styles: number[] = [];
  const formats = new Map<number, DateParts>();
  if (!entry) return [];
  let inCellFormats = false;
  readXml(archive, entry, {
    open: (name, attribute) => {
      if (name === "numFmt")
        formats.set(Number(attribute("numFmtId")), datePartsOfFormat(attribute("formatCode") ?? ""));
      else if (name === "cellXfs") inCellFormats = true;
      else if (name === "xf" && inCellFormats) styles.push(Number(attribute("numFmtId") ?? 0));
    },
    close: (name) => {
      if (name === "cellXfs") inCellFormats = false;
    },
  });
  return styles.map((id) => formats.get(id) ?? datePartsOfBuiltIn(id));
}

/**
 * The text of a cell, with characters that XML cannot hold restored.
 *
 * @source ECMA-376 part 1, 22.9.2.19 (ST_Xstring): _xHHHH_ is the character with this code.
 * @example unescapedText("a_x000D_b") // => "a\rb"
 */
export function unescapedText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
