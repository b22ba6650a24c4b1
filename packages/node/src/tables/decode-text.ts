import { type Finding, FormatError } from "@sentinode/core";
import { decodeWindows1252 } from "./windows-1252.ts";

/** Encodings of text tables. */
export const textEncodings = ["utf-8", "utf-16le", "utf-16be", "gb18030", "windows-1252"] as const;

/** How a text table writes its characters as bytes. */
export type TextEncoding = (typeof textEncodings)[number];

/** Text without byte-order mark, and what was guessed about it. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
  readonly findings: readonly Finding[];
}

/**
 * The text of a file's bytes.
 *
 * @param file Name for messages.
 * @param encoding What the bytes are; without it a byte-order mark decides, then valid UTF-8, then GB18030 where the
 *   byte pairs look like Chinese, then windows-1252. The last two are guesses and come with a warning.
 * @throws {FormatError} The bytes hold NUL or are not valid in the encoding.
 */
export function decodeText(bytes: Uint8Array, file: string, encoding?: TextEncoding): DecodedText {
  const found = encoding ?? markedEncoding(bytes) ?? guessedEncoding(bytes);
  const text = decode(bytes, found, file);
  const nul = text.indexOf("\0");
  if (nul >= 0)
    throw new FormatError(
      `${file}, line ${lineAt(text, nul)}: a table needs text; got a NUL character, so the file is binary or damaged; export it again as CSV or XLSX`,
    );
  return { text, encoding: found, findings: encoding === undefined ? guessFindings(found, file) : [] };
}

function markedEncoding(bytes: Uint8Array): TextEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

function guessedEncoding(bytes: Uint8Array): TextEncoding {
  const wide = wideEncoding(bytes);
  if (wide !== null) return wide;
  if (isValid(bytes, "utf-8")) return "utf-8";
  return looksChinese(bytes) && isValid(bytes, "gb18030") ? "gb18030" : "windows-1252";
}

/** UTF-16 without mark: nearly every second byte of a table's ASCII is 0. */
function wideEncoding(bytes: Uint8Array): TextEncoding | null {
  const count = Math.min(bytes.length - (bytes.length % 2), 4096);
  const zeros = [0, 0];
  for (let i = 0; i < count; i++) if (bytes[i] === 0) zeros[i % 2]++;
  const [most, least] = [0.35 * count, 0.02 * count];
  if (zeros[1] > most && zeros[0] <= least) return "utf-16le";
  return zeros[0] > most && zeros[1] <= least ? "utf-16be" : null;
}

function isValid(bytes: Uint8Array, encoding: "utf-8" | "gb18030"): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** At least four of five bytes above ASCII belong to pairs of GB2312's signs or its 3,755 everyday characters. */
function looksChinese(bytes: Uint8Array): boolean {
  let [pairs, everyday] = [0, 0];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] < 0x80) continue;
    const [lead, trail] = [bytes[i], bytes[i + 1] ?? 0];
    pairs++;
    if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3))) everyday++;
    if (trail >= 0x40) i++;
  }
  return everyday >= 0.8 * pairs;
}

function decode(bytes: Uint8Array, encoding: TextEncoding, file: string): string {
  if (encoding === "windows-1252") return decodeWindows1252(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new FormatError(
      `${file}: the text is not valid ${encoding}; the file is damaged or in another encoding; save it as UTF-8`,
    );
  }
}

function guessFindings(encoding: TextEncoding, file: string): Finding[] {
  if (encoding !== "gb18030" && encoding !== "windows-1252") return [];
  const message = `${file}: the text is not UTF-8 and was read as ${encoding}; check names and labels, or save the table as UTF-8`;
  return [{ code: "table-encoding-guessed", severity: "warning", message }];
}

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let i = text.indexOf("\n"); i >= 0 && i < index; i = text.indexOf("\n", i + 1)) line++;
  return line;
}
