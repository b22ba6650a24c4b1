import { type Finding, InputError } from "@sentinode/core";
import { inflateEntry, type OpenArchive } from "./inflate-entry.ts";
import { limits } from "./limits.ts";
import { pathProblem } from "./paths.ts";
import { printed, readZipDirectory } from "./zip-directory.ts";

/** What an archive holds. */
export interface ArchiveCheck {
  readonly entries: number;
  readonly inflatedBytes: number;
  readonly findings: readonly Finding[];
}

/**
 * Checks every entry of a ZIP archive without writing one: names, sizes, checksums, limits.
 *
 * @throws {InputError} A name that leaves the folder, with all such names; data beyond the limits.
 * @throws {FormatError} As `readZipDirectory` and `inflateEntry`.
 */
export function checkArchive(bytes: Uint8Array, file: string): ArchiveCheck {
  const entries = readZipDirectory(bytes, file, limits.archiveEntries);
  const problems = entries.flatMap(({ name, isLink }) => {
    const problem = isLink ? "is a symbolic link, which may lead outside" : pathProblem(name);
    return problem === null
      ? []
      : [
          `${file}: the name of the entry ${printed(name)} is an unsafe path: it ${problem}; pack the archive again`,
        ];
  });
  if (problems.length > 0) throw new InputError(problems.slice(0, 20));
  const archive: OpenArchive = { bytes, file, inflated: 0 };
  for (const entry of entries) inflateEntry(archive, entry, () => undefined);
  const nested = entries.filter(({ name }) => /\.(zip|gz|7z|rar|tar)$/i.test(name)).length;
  const findings: Finding[] =
    nested === 0
      ? []
      : [
          {
            code: "archive-nested",
            severity: "warning",
            message: `${file}: ${nested} entries are archives themselves and were not looked into; unpack them`,
          },
        ];
  return { entries: entries.length, inflatedBytes: archive.inflated, findings };
}
