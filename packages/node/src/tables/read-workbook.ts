import { type Finding, InputError, type RawTable } from "@sentinode/core";
import { assembleTable } from "./assemble-table.ts";
import type { CellLoss } from "./cell-value.ts";
import { readWorksheet, type Worksheet } from "./read-worksheet.ts";
import { openWorkbook, type Sheet, type Workbook } from "./workbook-parts.ts";

/**
 * The table in a sheet of a workbook (.xlsx, .xlsm).
 *
 * @param file Name for messages.
 * @param sheetName Sheet to read; without it the first visible one that holds a value.
 * @returns Row numbers as the spreadsheet shows them; numbers with a decimal point. Hidden rows are read like others.
 * @throws {FormatError} The bytes are no workbook, or a damaged one.
 * @throws {InputError} No such sheet, no sheet with a value, data beyond the limits, and what `assembleTable` refuses.
 */
export function readWorkbook(bytes: Uint8Array, file: string, sheetName?: string): RawTable {
  const workbook = openWorkbook(bytes, file);
  const { sheet, worksheet } = sheetName === undefined ? firstWithData(workbook) : named(workbook, sheetName);
  return assembleTable({
    file,
    records: worksheet.records,
    decimal: ".",
    shortRowsAllowed: true,
    findings: [
      ...(sheetName === undefined ? sheetFindings(workbook, sheet) : []),
      ...lossFindings(file, worksheet),
      ...layoutFindings(file, worksheet),
    ],
  });
}

interface ReadSheet {
  readonly sheet: Sheet;
  readonly worksheet: Worksheet;
}

function named(workbook: Workbook, name: string): ReadSheet {
  const sheet = workbook.sheets.find((candidate) => candidate.name === name);
  if (!sheet)
    throw new InputError(
      `${workbook.archive.file}: there is no sheet ${JSON.stringify(name)}; the sheets are ${sheetList(workbook.sheets)}`,
    );
  return { sheet, worksheet: readWorksheet(workbook, sheet) };
}

function firstWithData(workbook: Workbook): ReadSheet {
  for (const sheet of workbook.sheets) {
    if (!sheet.isVisible) continue;
    const worksheet = readWorksheet(workbook, sheet);
    if (worksheet.records.length > 0) return { sheet, worksheet };
  }
  throw new InputError(
    `${workbook.archive.file}: no visible sheet holds a value; name a sheet, or check the file`,
  );
}

function sheetFindings({ archive, sheets }: Workbook, read: Sheet): Finding[] {
  const others = sheets.filter((sheet) => sheet !== read);
  if (others.length === 0) return [];
  const message = `${archive.file}: the sheet ${JSON.stringify(read.name)} was read; not read: ${sheetList(others)}`;
  return [{ code: "table-sheet-chosen", severity: "info", message }];
}

const LOSSES: Readonly<Record<CellLoss, readonly [code: string, what: string]>> = {
  error: ["table-error-cells", "hold an error of the spreadsheet such as #N/A"],
  "no-cached-value": [
    "table-formulas-without-value",
    "hold a formula without a stored result; open and save the file",
  ],
  "no-day": [
    "table-dates-without-day",
    "are formatted as dates but hold a number that is no day of the calendar",
  ],
};

function lossFindings(file: string, { losses }: Worksheet): Finding[] {
  return [...losses].map(([loss, references]) => {
    const [code, what] = LOSSES[loss];
    const places = references.slice(0, 10).join(", ") + (references.length > 10 ? ", …" : "");
    return {
      code,
      severity: "warning",
      message: `${file}: ${references.length} cells ${what}; they were read as missing (${places})`,
    };
  });
}

function layoutFindings(file: string, { hiddenRows, mergedRanges }: Worksheet): Finding[] {
  const finding = (code: string, message: string): Finding => ({
    code,
    severity: "warning",
    message: `${file}: ${message}`,
  });
  return [
    ...(hiddenRows > 0
      ? [
          finding(
            "table-hidden-rows",
            `${hiddenRows} hidden rows were read like the others; delete them if they do not belong to the study`,
          ),
        ]
      : []),
    ...(mergedRanges > 0
      ? [
          finding(
            "table-merged-cells",
            `${mergedRanges} merged ranges hold their value in the first cell alone; the others are missing`,
          ),
        ]
      : []),
  ];
}

function sheetList(sheets: readonly Sheet[]): string {
  const names = sheets.slice(0, 10).map(({ name }) => JSON.stringify(name));
  return names.join(", ") + (sheets.length > 10 ? " and others" : "");
}
