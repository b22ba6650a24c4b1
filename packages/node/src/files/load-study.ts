import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { InputError, type Protocol, type RawTable, readProtocol } from "@sentinode/core";
import { readTable } from "../tables/read-table.ts";
import { resolveInside } from "./paths.ts";
import { sha256OfFile } from "./sha256-of-file.ts";

/** A study as its files state it. */
export interface LoadedStudy {
  readonly protocol: Protocol;
  readonly table: RawTable;
  /** SHA-256 of the table's file. */
  readonly tableHash: string;
  /** Path of `study.yaml`, absolute. */
  readonly protocolFile: string;
  /** Folder that paths of the protocol are relative to, absolute. */
  readonly dataFolder: string;
}

/**
 * Reads a protocol and its table.
 *
 * @param file Path of `study.yaml`.
 * @param data Folder of the data; the protocol's own folder without it.
 * @throws {InputError} Either file cannot be read or does not hold what it should.
 */
export async function loadStudy(file: string, data: string | undefined): Promise<LoadedStudy> {
  const protocol = readProtocol(await readText(file), basename(file));
  const dataFolder = resolve(data ?? dirname(file));
  const path = resolveInside(dataFolder, protocol.cohort.table);
  const table = await readTable(
    path,
    protocol.cohort.sheet === undefined ? {} : { sheet: protocol.cohort.sheet },
  );
  const tableHash = `sha256:${await sha256OfFile(path)}`;
  return { protocol, table, tableHash, protocolFile: resolve(file), dataFolder };
}

/**
 * The text of a file.
 *
 * @throws {InputError} There is no such file, or it cannot be read.
 */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new InputError(
      code === "ENOENT" ? `there is no file ${file}` : `${file} cannot be read (${code ?? "unknown cause"})`,
    );
  }
}
