import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { InputError } from "@sentinode/core/radiomics";

/** A file of an archive; its bytes are read when its turn comes. */
export interface ZippedFile {
  /** With `/` between folders. */
  readonly name: string;
  readonly bytes: () => Uint8Array;
}

/** What a ZIP archive without its 64-bit extension may hold. */
const MOST_BYTES = 0xffff_0000;
const MOST_FILES = 65_535;

/** Formats that are compressed already. */
const COMPRESSED = /\.(png|jpe?g|gz|xlsx)$/i;

/**
 * A ZIP archive, piece by piece, so that one file is in memory at a time. Equal files give equal bytes: every entry has the
 * first time that the format knows.
 *
 * @throws {InputError} More files or bytes than a ZIP archive holds.
 */
export async function* zipPieces(files: readonly ZippedFile[]): AsyncGenerator<Uint8Array> {
  if (files.length > MOST_FILES)
    throw new InputError(
      `a ZIP archive holds ${MOST_FILES} files; got ${files.length}; export to a folder instead`,
    );
  let pieces: Uint8Array[] = [];
  let failure: Error | null = null;
  let total = 0;
  const zip = new Zip((error, piece) => {
    if (error !== null) failure = error;
    else pieces.push(piece);
  });
  const taken = () => {
    if (failure !== null) throw failure;
    const ready = pieces;
    pieces = [];
    return ready;
  };
  for (const { name, bytes } of files) {
    const content = bytes();
    total += content.length;
    if (total > MOST_BYTES)
      throw new InputError("a ZIP archive holds 4 GiB; got more; export to a folder instead");
    const entry = COMPRESSED.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    entry.mtime = new Date(1980, 0, 1);
    zip.add(entry);
    entry.push(content, true);
    yield* taken();
    // Lets a writer take the pieces before the next file is read.
    await Promise.resolve();
  }
  zip.end();
  yield* taken();
}
