import { statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** An error of the file system with where it happened and how much was to be written. */
interface PlacedError extends Error {
  readonly code: string;
  readonly path?: string;
  readonly bytes?: number;
}

/**
 * The same error with the path, and the number of bytes where it is known, that it is about.
 *
 * @param error Of the file system; any other is returned as it is.
 */
export function withPlace(error: unknown, path: string, bytes?: number): unknown {
  if (!isPlaced(error)) return error;
  return Object.assign(error, { path, ...(bytes === undefined ? {} : { bytes }) });
}

/** What happened, and what to do, for each refusal of the machine. */
const causes: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ENOSPC: ["the disk is full", "free some space"],
  EDQUOT: ["the quota of the disk is used up", "free some space"],
  EFBIG: ["the file would be larger than the system allows", "name another folder with --out"],
  EIO: ["the disk answered with an error; what was being written is not used", "check the disk"],
  EROFS: ["the disk can only be read", "name another folder with --out, or make it writable"],
  EACCES: ["the system does not allow it", "check the permissions"],
  EPERM: ["the system does not allow it", "check the permissions"],
  EMFILE: ["the process may not open more files", "raise the limit (ulimit -n)"],
  ENFILE: ["the system has too many open files", "close other programs"],
  ENOMEM: ["there is not enough memory", "close other programs, or use fewer workers with --jobs"],
  ECANTOPEN: ["the file cannot be opened", "check permissions, free space and the limit of open files"],
};

/**
 * What a person reads where the machine refused to read or write: what, where, how much was needed, and what to do.
 *
 * @returns Null for an error that is none of the machine.
 */
export function machineRefusal(thrown: unknown): string | null {
  const error = ofWorker(thrown);
  if (!isPlaced(error)) return null;
  const cause = Object.hasOwn(causes, error.code) ? causes[error.code] : undefined;
  if (cause === undefined) return `the machine refused: ${error.message}`;
  const [what, remedy] = cause;
  const where = error.path === undefined ? "" : `${error.path}: `;
  return `${where}${what}${spaceInWords(error)}; ${remedy} and run the same command again: finished work is kept`;
}

/** A worker thread that the machine has no room for, in the terms of the file system. */
function ofWorker(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "ERR_WORKER_OUT_OF_MEMORY")
    return Object.assign(new Error(error.message), { code: "ENOMEM" });
  const cause = /: (E[A-Z]+)$/.exec(error.message)?.[1];
  if (error.code !== "ERR_WORKER_INIT_FAILED" || cause === undefined) return error;
  return Object.assign(new Error(error.message), { code: cause });
}

function spaceInWords({ code, path, bytes }: PlacedError): string {
  if (code !== "ENOSPC" && code !== "EDQUOT") return "";
  const free = path === undefined ? null : freeBytes(dirname(path));
  const needs = bytes === undefined ? "" : ` (this file needs ${sizeInWords(bytes)}`;
  if (free === null) return needs === "" ? "" : `${needs})`;
  return needs === "" ? ` (${sizeInWords(free)} are free)` : `${needs}, ${sizeInWords(free)} are free)`;
}

/** Bytes that may still be written to the disk of a folder; null where the system does not tell. */
export function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(resolve(folder));
    return bavail * bsize;
  } catch {
    return null;
  }
}

/**
 * A number of bytes for people.
 *
 * @example sizeInWords(1536) // => "2 kB"
 */
export function sizeInWords(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

function isPlaced(error: unknown): error is PlacedError {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    /^E[A-Z0-9]+$/.test(error.code)
  );
}
