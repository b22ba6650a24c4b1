import { type Finding, InputError, type RawTable } from "@sentinode/core";
import { limits } from "../files/limits.ts";
import { assembleTable } from "./assemble-table.ts";
import { decodeText, type TextEncoding } from "./decode-text.ts";
import { detectDecimal } from "./detect-decimal.ts";
import { detectDelimiter } from "./detect-delimiter.ts";
import { restoredCell } from "./formula-cells.ts";
import { lineBreaks, readRecords } from "./separated-values.ts";

/** What a text table states nowhere; each is detected where it is not given. */
export interface TextTableOptions {
  readonly delimiter?: string;
  readonly decimal?: "." | ",";
  readonly encoding?: TextEncoding;
}

/**
 * The table in the bytes of a CSV or TSV file.
 *
 * @param file Name for messages; `.tsv` and `.tab` prefer tabs.
 * @throws {FormatError} Bytes that are no text of the encoding, a quote that is never closed.
 * @throws {InputError} What {@link assembleTable} refuses, or a delimiter that is not one character.
 */
export function readTextTable(bytes: Uint8Array, file: string, options: TextTableOptions = {}): RawTable {
  checkDelimiter(options.delimiter);
  if (bytes.length > limits.textTableBytes)
    throw new InputError(
      `${file}: the table is too large; got ${bytes.length} bytes, the limit is ${limits.textTableBytes}; leave columns out`,
    );
  const decoded = decodeText(bytes, file, options.encoding);
  const { text, named, skipped } = withoutSeparatorLine(decoded.text);
  const preferred = /\.(tsv|tab)$/i.test(file) ? "\t" : ",";
  const delimiter = options.delimiter ?? named ?? detectDelimiter(text, preferred);
  const records = readRecords(text, delimiter, file).map(({ line, cells }) => ({
    line: line + skipped,
    cells: cells.map(restoredCell),
  }));
  const { decimal, otherwise } = options.decimal
    ? { decimal: options.decimal, otherwise: 0 }
    : detectDecimal(records.map(({ cells }) => cells));
  const findings = [
    ...decoded.findings,
    ...decimalFindings(file, decimal, otherwise, options.decimal !== undefined),
  ];
  return assembleTable({ file, records, decimal, shortRowsAllowed: false, findings });
}

/** Excel's own first line `sep=;` names the separator and is no row. */
function withoutSeparatorLine(text: string): { text: string; named: string | undefined; skipped: number } {
  const line = /^sep=(.)(\r\n|\r|\n)/.exec(text);
  if (!line) return { text, named: undefined, skipped: 0 };
  return { text: text.slice(line[0].length), named: line[1], skipped: lineBreaks(line[2]) };
}

function decimalFindings(file: string, decimal: "." | ",", otherwise: number, stated: boolean): Finding[] {
  if (stated) return [];
  const finding = (code: string, message: string): Finding => ({ code, severity: "warning", message });
  if (otherwise > 0)
    return [
      finding(
        "table-decimal-signs-mixed",
        `${file}: the decimal sign is ${decimal === "," ? "a comma" : "a point"} in most numbers; got ${otherwise} cells written the other way, or with a separator of thousands; write all numbers alike`,
      ),
    ];
  if (decimal === ",")
    return [
      finding(
        "table-decimal-comma",
        `${file}: numbers were read with a decimal comma, so 1,5 is one and a half`,
      ),
    ];
  return [];
}

function checkDelimiter(delimiter: string | undefined): void {
  if (delimiter !== undefined && (delimiter.length !== 1 || /["\r\n.]/.test(delimiter)))
    throw new InputError(
      `a table needs one character as separator, no quote, point or line break; got ${JSON.stringify(delimiter)}; use one of , ; | or a tab`,
    );
}
