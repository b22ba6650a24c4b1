import { readdirSync, readFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CodeRecord, FileRecord } from "@sentinode/core";
import { sha256 } from "./files/sha256-of-file.ts";
import { pathInside } from "./files/file-record.ts";

/** The program that runs: its code and the lock file of the packages that it uses. */
export interface SoftwareCode {
  readonly code: CodeRecord;
  readonly lock: FileRecord | null;
}

const runsFromSource = import.meta.url.endsWith(".ts");
let known: SoftwareCode | undefined;

/**
 * The hash of the program's own files: of its TypeScript sources in a checkout, of its compiled files elsewhere. It is
 * taken once a process.
 */
export function softwareCode(): SoftwareCode {
  const own = dirname(fileURLToPath(import.meta.url));
  known ??= runsFromSource
    ? codeOf([own, join(own, "../../core/src")], "sources")
    : codeOf([own, dirname(fileURLToPath(import.meta.resolve("@sentinode/core")))], "build");
  return known;
}

/**
 * The hash of the files of a program.
 *
 * @param folders Of its packages, in a fixed order.
 * @param kind Sources are `.ts` files but for tests, a build is `.js` files.
 */
export function codeOf(folders: readonly string[], kind: "sources" | "build"): SoftwareCode {
  const lines = folders.flatMap((folder, number) =>
    programFiles(folder, kind).map(
      (path) => `${String(number)}/${pathInside(folder, path)} ${sha256(readFileSync(path))}\n`,
    ),
  );
  return {
    code: {
      of:
        kind === "sources"
          ? "TypeScript sources of @sentinode/node and @sentinode/core, without tests"
          : "compiled files of @sentinode/node and @sentinode/core",
      files: lines.length,
      sha256: sha256(lines.join("")),
    },
    lock: lockFile(folders[0]),
  };
}

function programFiles(folder: string, kind: "sources" | "build"): readonly string[] {
  const isProgram = (name: string) =>
    kind === "sources" ? name.endsWith(".ts") && !name.endsWith(".test.ts") : name.endsWith(".js");
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && isProgram(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The nearest lock file above a folder. */
function lockFile(folder: string): FileRecord | null {
  for (let at = folder; ; at = dirname(at)) {
    for (const name of ["package-lock.json", "node_modules/.package-lock.json"]) {
      const path = join(at, name);
      if (!existsSync(path)) continue;
      const bytes = readFileSync(path);
      return { path: "package-lock.json", bytes: bytes.length, sha256: sha256(bytes) };
    }
    if (dirname(at) === at) return null;
  }
}
