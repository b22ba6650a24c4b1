import type { RawTable } from "@sentinode/core";

const ID =
  /^(?:(?:patient|subject|case|study|record|person|participant|sample)[ _-]*)?(?:id|no\.?|nr\.?|number|code|identifier)$/i;
const CHINESE_ID = /^(?:病人|患者|病例|受试者|研究|入组)?(?:编号|序号|号码|号|代码|id)$/i;
const BARE_ID = /^(?:patient|subject|case|participant|病人|患者|病例)$/i;
const IMAGE = /image|mask|file|path|picture|frame|pixel|spacing|segment|view|图像|图片|掩膜|文件/i;
const IMAGE_FILE = /\.(png|jpe?g|tiff?|bmp|pgm|ppm|dcm|nii|nrrd)$/i;

/** Texts that tables write for a value that is not there. */
const MISSING = new Set([
  "",
  "na",
  "n/a",
  "nan",
  "null",
  "none",
  "nil",
  ".",
  "-",
  "--",
  "?",
  "unknown",
  "missing",
  "#n/a",
  "不详",
  "未知",
  "缺失",
  "无",
]);

/**
 * The column that most likely holds the patients' ids.
 *
 * @returns Index into `headers`, or null where no header names one.
 * @example idColumn(["age", "Patient ID"]) // => 1
 */
export function idColumn(headers: readonly string[]): number | null {
  for (const pattern of [ID, CHINESE_ID, BARE_ID]) {
    const found = headers.findIndex((header) => pattern.test(header));
    if (found >= 0) return found;
  }
  return null;
}

/**
 * The columns that describe an image rather than the patient: they may differ between rows of a patient.
 *
 * @returns Indices into the table's headers.
 */
export function imageColumns({ headers, rows }: RawTable): Set<number> {
  const columns = headers.flatMap((header, column) => {
    const first = rows.find((row) => !isMissing(row[column]))?.[column] ?? "";
    return IMAGE.test(header) || IMAGE_FILE.test(first.trim()) ? [column] : [];
  });
  return new Set(columns);
}

/**
 * Whether a cell says that there is no value.
 *
 * @example isMissing(" N/A ") // => true
 */
export function isMissing(cell: string): boolean {
  return MISSING.has(cell.trim().toLowerCase());
}
