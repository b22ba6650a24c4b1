/** Code points of the bytes 0x80 to 0x9f; the rest of the code page equals Latin-1. 0 marks a byte without a character. */
// prettier-ignore
const UPPER_CONTROL_ROW = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
  0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

/**
 * The text of bytes in the code page of Western European Windows.
 *
 * @param bytes Any bytes; the five without a character give U+FFFD.
 * @returns As many characters as bytes.
 * @source Microsoft code page 1252. Node's own decoder gives U+0080 for the euro sign in some releases.
 * @example decodeWindows1252(Uint8Array.of(0x80, 0x35, 0xf6)) // => "€5ö"
 */
export function decodeWindows1252(bytes: Uint8Array): string {
  const pieces: string[] = [];
  const codes = new Uint16Array(8192);
  for (let start = 0; start < bytes.length; start += codes.length) {
    const count = Math.min(codes.length, bytes.length - start);
    for (let i = 0; i < count; i++) codes[i] = codePoint(bytes[start + i]);
    pieces.push(String.fromCharCode(...codes.subarray(0, count)));
  }
  return pieces.join("");
}

function codePoint(byte: number): number {
  return byte < 0x80 || byte > 0x9f ? byte : UPPER_CONTROL_ROW[byte - 0x80] || 0xfffd;
}
