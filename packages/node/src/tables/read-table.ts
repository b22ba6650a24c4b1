import { basename } from "node:path";
import { FormatError, InputError, type RawTable } from "@sentinode/core";
import { readBytes } from "../files/read-bytes.ts";
import { textEncodings, type TextEncoding } from "./decode-text.ts";
import { readTextTable } from "./read-text-table.ts";
import { readWorkbook } from "./read-workbook.ts";

/** What a file may leave unsaid; each is detected where it is not given. */
export interface TableOptions {
  /** Sheet of a workbook. */
  readonly sheet?: string;
  /** Separator of a text table, one character. */
  readonly delimiter?: string;
  readonly decimal?: "." | ",";
  readonly encoding?: TextEncoding;
}

/**
 * The table in a file: CSV, TSV or XLSX, told apart by their bytes.
 *
 * @param path Where the file is.
 * @throws {InputError} No such file, or a table with problems, all of which are listed with row and column.
 * @throws {FormatError} Bytes that are no table: another format, a damaged archive, binary content, an unclosed quote.
 */
export async function readTable(path: string, options: TableOptions = {}): Promise<RawTable> {
  return tableOfBytes(await readBytes(path), basename(path), options);
}

/**
 * The table in the bytes of a file.
 *
 * @param file Name for messages; its ending is not believed.
 * @throws As {@link readTable}.
 */
export function tableOfBytes(bytes: Uint8Array, file: string, options: TableOptions = {}): RawTable {
  const { sheet, ...textOptions } = options;
  if (startsWith(bytes, [0x50, 0x4b, 3, 4]) || startsWith(bytes, [0x50, 0x4b, 5, 6]))
    return readWorkbook(bytes, file, sheet);
  const other = otherFormat(bytes, file);
  if (other !== null) throw new FormatError(`${file}: needs a table; got ${other}; save it as CSV or XLSX`);
  if (sheet !== undefined)
    throw new InputError(`${file}: a text table has no sheets; got a sheet to read; leave it out`);
  if (options.encoding !== undefined && !textEncodings.includes(options.encoding))
    throw new InputError(
      `${file}: the encoding needs one of ${textEncodings.join(", ")}; got another; correct it`,
    );
  return readTextTable(bytes, file, textOptions);
}

const MAGIC: readonly (readonly [readonly number[], string])[] = [
  [[0xd0, 0xcf, 0x11, 0xe0], "an old .xls workbook or one with a password"],
  [[0x89, 0x50, 0x4e, 0x47], "a PNG image"],
  [[0xff, 0xd8, 0xff], "a JPEG image"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF document"],
  [[0x1f, 0x8b], "a gzip archive"],
];

function otherFormat(bytes: Uint8Array, file: string): string | null {
  const known = MAGIC.find(([magic]) => startsWith(bytes, magic))?.[1];
  if (known !== undefined) return known;
  return /\.(xlsx|xlsm)$/i.test(file)
    ? "bytes that are no ZIP archive, so no workbook (truncated or corrupt)"
    : null;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}
