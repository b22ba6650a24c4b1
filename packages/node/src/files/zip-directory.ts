import { FormatError, InputError } from "@sentinode/core";

/** An entry of a ZIP archive as its central directory describes it, checked against its local header. */
export interface ZipEntry {
  readonly name: string;
  readonly method: "stored" | "deflated";
  readonly crc: number;
  /** Offset of the entry's data in the archive, and their length. */
  readonly dataStart: number;
  readonly compressedSize: number;
  /** What the directory declares; memory is never given for it. */
  readonly declaredSize: number;
  /** Whether it would be unpacked as a symbolic link. */
  readonly isLink: boolean;
}

const SIGNATURES = { end: 0x06054b50, central: 0x02014b50, local: 0x04034b50 } as const;
const WIDE = 0xffffffff;

/**
 * The entries of a ZIP archive.
 *
 * @param bytes The whole archive.
 * @param file Name for messages.
 * @param mostEntries Entries that are still read.
 * @returns Entries in the order of the directory, folders (names that end with /) among them.
 * @throws {FormatError} The directory is missing or cut off, an entry lies outside the file, differs from its local
 *   header, overlaps another, occurs twice, is encrypted or compressed by another method than deflate.
 * @throws {InputError} More entries than allowed, or an archive of several volumes.
 * @source PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16, 4.5.3.
 */
export function readZipDirectory(bytes: Uint8Array, file: string, mostEntries: number): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view, file);
  const [count, start] = [view.getUint16(end + 10, true), view.getUint32(end + 16, true)];
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count)
    throw new InputError(`${file}: the ZIP archive has several volumes; join them`);
  if (count > mostEntries)
    throw new InputError(
      `${file}: the ZIP archive has too many entries; got ${count}, the limit is ${mostEntries}`,
    );
  const entries: ZipEntry[] = [];
  let offset = start;
  for (let i = 0; i < count; i++) {
    const next = readCentralEntry(view, offset, file);
    entries.push(next.entry);
    offset = next.end;
    if (offset > end) throw corrupt(file, "its directory runs into its end record");
  }
  checkLayout(entries, start, file);
  return entries;
}

/** The end record is the last 22 bytes, or earlier by the length of a comment. */
function findEnd(view: DataView, file: string): number {
  const first = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (
      view.getUint32(at, true) === SIGNATURES.end &&
      at + 22 + view.getUint16(at + 20, true) === view.byteLength
    )
      return at;
  }
  throw corrupt(file, "its directory is missing, so the file is truncated");
}

function readCentralEntry(view: DataView, at: number, file: string): { entry: ZipEntry; end: number } {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== SIGNATURES.central)
    throw corrupt(file, "its directory is cut off or overwritten");
  const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true));
  const end = at + 46 + lengths[0] + lengths[1] + lengths[2];
  if (end > view.byteLength) throw corrupt(file, "its directory is cut off");
  const flags = view.getUint16(at + 8, true);
  const name = entryName(view, at + 46, lengths[0], file);
  if ((flags & 0x41) !== 0)
    throw new FormatError(`${file}: the entry ${printed(name)} is encrypted; save the file without password`);
  const wide = wideFields(view, at, at + 46 + lengths[0], lengths[1]);
  const [compressedSize, declaredSize, local] = [wide(20), wide(24), wide(42)];
  const entry = {
    name,
    method: compressionMethod(view.getUint16(at + 10, true), name, file),
    crc: view.getUint32(at + 16, true),
    compressedSize,
    declaredSize,
    // The upper half of the external attributes is the Unix mode; 0xA000 marks a link.
    isLink: (view.getUint16(at + 40, true) & 0xf000) === 0xa000,
  };
  return { entry: { ...entry, dataStart: dataStart(view, local, entry, file) }, end };
}

/** Reads 32-bit fields, or their 64-bit values from the ZIP64 extra field where the 32 bits are all set. */
function wideFields(
  view: DataView,
  record: number,
  extra: number,
  length: number,
): (field: number) => number {
  let cursor = -1;
  for (let at = extra; at + 4 <= extra + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1) cursor = at + 4;
  }
  // ZIP64 stores only the fields that overflow, always in the order uncompressed size, compressed size, offset.
  const values = new Map<number, number>();
  for (const field of [24, 20, 42]) {
    const narrow = view.getUint32(record + field, true);
    const isWide = narrow === WIDE && cursor >= 0 && cursor + 8 <= extra + length;
    values.set(field, isWide ? Number(view.getBigUint64(cursor, true)) : narrow);
    if (isWide) cursor += 8;
  }
  return (field) => values.get(field)!;
}

function dataStart(view: DataView, local: number, entry: Omit<ZipEntry, "dataStart">, file: string): number {
  const { name } = entry;
  if (local + 30 > view.byteLength || view.getUint32(local, true) !== SIGNATURES.local)
    throw corrupt(file, `the entry ${printed(name)} is not where the directory says`);
  const nameLength = view.getUint16(local + 26, true);
  const start = local + 30 + nameLength + view.getUint16(local + 28, true);
  if (start + entry.compressedSize > view.byteLength)
    throw corrupt(file, `the entry ${printed(name)} is cut off`);
  const method = view.getUint16(local + 8, true);
  if (
    entryName(view, local + 30, nameLength, file) !== name ||
    method !== (entry.method === "stored" ? 0 : 8)
  )
    throw corrupt(
      file,
      `the entry ${printed(name)} differs between the directory and its local header (mismatch)`,
    );
  return start;
}

function checkLayout(entries: readonly ZipEntry[], directory: number, file: string): void {
  const names = new Set<string>();
  let free = 0;
  for (const { name, dataStart: start, compressedSize } of [...entries].sort(
    (a, b) => a.dataStart - b.dataStart,
  )) {
    if (names.has(name)) throw corrupt(file, `the entry ${printed(name)} occurs twice`);
    names.add(name);
    if (start < free || start + compressedSize > directory)
      throw corrupt(file, `the entry ${printed(name)} overlaps another part`);
    free = start + compressedSize;
  }
}

function compressionMethod(method: number, name: string, file: string): ZipEntry["method"] {
  if (method === 0) return "stored";
  if (method === 8) return "deflated";
  throw new FormatError(
    `${file}: the entry ${printed(name)} needs the ZIP method stored or deflated; got method ${method}; pack it again`,
  );
}

function entryName(view: DataView, at: number, length: number, file: string): string {
  if (at + length > view.byteLength) throw corrupt(file, "the name of an entry is cut off");
  return new TextDecoder("utf-8").decode(new Uint8Array(view.buffer, view.byteOffset + at, length));
}

function corrupt(file: string, what: string): FormatError {
  return new FormatError(`${file}: the ZIP archive is corrupt: ${what}; copy or save it again`);
}

/** A name of an entry as a message may show it. */
export function printed(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
