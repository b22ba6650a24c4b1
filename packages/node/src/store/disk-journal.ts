import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, writeFileSync } from "node:fs";
import { type Journal, journalLine, parseJournalLine } from "./journal.ts";

/** A journal that remembers where its values lie, and not the values: for more results than memory holds. */
export interface DiskJournal extends Journal {
  isEmpty(): boolean;
}

/** Where a line lies in its file, in bytes. */
interface Place {
  readonly start: number;
  readonly length: number;
}

const chunkBytes = 1024 * 1024;

/**
 * Opens an append-only journal whose values stay on disk. A last line torn by a kill is cut off; a line whose checksum
 * fails ends what is trusted.
 *
 * @param path Created when absent; its folder must exist.
 */
export function openDiskJournal(path: string): DiskJournal {
  const file = openSync(path, "a+", 0o600);
  const places = new Map<string, Place>();
  let size = indexTrusted(file, places);
  ftruncateSync(file, size);
  return {
    isEmpty: () => places.size === 0,
    get: (key) => {
      const place = places.get(key);
      if (place === undefined) return undefined;
      const line = parseJournalLine(readAt(file, place).toString("utf8"));
      if (line === null) throw new Error("the journal changed while it was open; run the command again");
      return line.value;
    },
    append: (key, value) => {
      const bytes = Buffer.from(journalLine(key, value));
      writeFileSync(file, bytes);
      places.set(key, { start: size, length: bytes.length });
      size += bytes.length;
    },
    close: () => {
      fsyncSync(file);
      closeSync(file);
    },
  };
}

/** Fills `places` and returns how many bytes of the file can be trusted. */
function indexTrusted(file: number, places: Map<string, Place>): number {
  let [trusted, pending] = [0, Buffer.alloc(0)];
  for (;;) {
    const chunk = readAt(file, { start: trusted + pending.length, length: chunkBytes });
    if (chunk.length === 0) return trusted;
    pending = Buffer.concat([pending, chunk]);
    let start = 0;
    for (let end = pending.indexOf(10); end >= 0; end = pending.indexOf(10, start)) {
      const line = parseJournalLine(pending.toString("utf8", start, end));
      if (line === null) return trusted;
      places.set(line.key, { start: trusted, length: end + 1 - start });
      trusted += end + 1 - start;
      start = end + 1;
    }
    pending = pending.subarray(start);
  }
}

/** Fewer bytes than asked for where the file ends. */
function readAt(file: number, { start, length }: Place): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let got = 0;
  while (got < length) {
    const read = readSync(file, bytes, got, length - got, start + got);
    if (read === 0) break;
    got += read;
  }
  return bytes.subarray(0, got);
}
