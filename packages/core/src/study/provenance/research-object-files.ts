import type { FileRecord } from "./provenance.ts";

/** An entity of a crate: properties by name, with its identifier and type among them. */
export type CrateEntity = { readonly "@id": string; readonly "@type": string | readonly string[] } & Readonly<
  Record<string, unknown>
>;

/** A file of a run, in a crate or only known to it. */
export interface CrateFile extends FileRecord {
  /** Whether the run read or wrote it. */
  readonly role: "input" | "output" | "record";
  readonly description: string;
  /** Whether its bytes are in the crate; its hash is in either case. */
  readonly isIncluded: boolean;
  /** Set for the protocol. */
  readonly isProtocol?: boolean;
}

const FORMATS: Readonly<Record<string, string>> = {
  csv: "text/csv",
  html: "text/html",
  json: "application/json",
  jsonl: "application/jsonl",
  md: "text/markdown",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  tif: "image/tiff",
  tiff: "image/tiff",
  bmp: "image/bmp",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  yaml: "application/yaml",
  yml: "application/yaml",
};

/** The entities of files: each with its size and hash. */
export function fileEntities(files: readonly CrateFile[]): readonly CrateEntity[] {
  return files.map((file) => ({
    "@id": fileIdentifier(file),
    "@type": "File",
    name: file.path,
    description: file.isIncluded
      ? file.description
      : `${file.description}; not in the crate, known by its hash`,
    contentSize: String(file.bytes),
    encodingFormat: formatOf(file.path),
    sha256: file.sha256,
  }));
}

/**
 * What names a file in a crate: its path there, or its hash where it is not there.
 *
 * @example fileIdentifier({ path: "a b.csv", bytes: 1, sha256: "00", role: "input", description: "", isIncluded: true }) // => "a%20b.csv"
 */
export function fileIdentifier({ path, sha256, isIncluded }: CrateFile): string {
  if (!isIncluded) return `#${encodeURIComponent(path)}-${sha256.slice(0, 16)}`;
  return path.split("/").map(encodeURIComponent).join("/");
}

function formatOf(path: string): string {
  const ending = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return FORMATS[ending] ?? "application/octet-stream";
}
