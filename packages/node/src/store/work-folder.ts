import { existsSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Machine, OutcomeVault } from "@sentinode/core";
import type { Terminal } from "../commands/terminal.ts";
import { makeFolder } from "../files/durable-files.ts";
import { removeLeftOvers } from "../files/left-overs.ts";
import { softwareName } from "../software.ts";
import { createNodeMachine } from "../workers/node-machine.ts";
import { createWorkerPool } from "../workers/pool.ts";
import { openJournal } from "./journal.ts";
import { mendLedger } from "./ledger.ts";
import { openRunLedger, type RunLedger } from "./run-ledger.ts";
import { claimRunFolder } from "./run-lock.ts";

/** A folder of results in which this process alone works. */
export interface WorkFolder {
  /** Of what is kept between commands: lock, state, sealed outcomes. */
  readonly path: string;
  /** Whether this call made it. */
  readonly isNew: boolean;
  readonly ledger: RunLedger;
  /** Gives the folder free. */
  release(): void;
}

/**
 * Claims a folder of results, clears it of what interrupted writes left and mends its ledger's torn end.
 *
 * @param out It exists.
 * @throws {InputError} Another process works in it, or its ledger was changed by hand; nothing that this call made is left.
 */
export async function enterWorkFolder(out: string, terminal: Terminal): Promise<WorkFolder> {
  const path = join(out, ".work");
  const isNew = !existsSync(path);
  makeFolder(path, 0o700);
  const lock = join(path, "lock");
  const wasLeft = existsSync(lock);
  const release = claimRunFolder(lock);
  try {
    for (const folder of [out, path, join(out, "models")]) await removeLeftOvers(folder);
    const ledger = join(out, "ledger.jsonl");
    mendLedger(ledger).forEach((finding) => terminal.warn(finding));
    return { path, isNew, ledger: openRunLedger(ledger, wasLeft), release };
  } catch (error) {
    release();
    if (isNew) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

/** Whose images and fits a machine of a work folder computes, and who hears of it. */
export interface WorkSettings {
  readonly dataFolder: string;
  /** Absent: outcomes set apart stay in memory, without a record. */
  readonly vault?: OutcomeVault;
  /** Worker threads; all cores without it. */
  readonly jobs: number | undefined;
  readonly terminal: Terminal;
  readonly interrupted: AbortSignal;
  /** Absent: the terminal's. */
  readonly progress?: Terminal["progress"];
}

/** Lends a machine whose finished pieces are kept in the work folder; its workers and its state are closed afterwards. */
export async function withMachine<Result>(
  { path }: Pick<WorkFolder, "path">,
  settings: WorkSettings,
  work: (machine: Machine) => Promise<Result>,
): Promise<Result> {
  const { dataFolder, vault, jobs, terminal, interrupted, progress } = settings;
  const journal = openJournal(statePath(path));
  if (journal.damage !== null)
    terminal.warn({ code: "damaged-state", severity: "warning", message: journal.damage });
  const pool = createWorkerPool(jobs ?? availableParallelism(), interrupted);
  try {
    return await work(
      createNodeMachine({
        dataFolder,
        pool,
        journal,
        ...(vault === undefined ? {} : { vault }),
        software: softwareName,
        progress: progress ?? ((step, done, total) => terminal.progress(step, done, total)),
      }),
    );
  } finally {
    await pool.close();
    journal.close();
  }
}

/** Forgets finished pieces of one kind; what was measured stays for the next run and the audit. */
export function forgetPieces({ path }: Pick<WorkFolder, "path">, kind: string): void {
  const journal = openJournal(statePath(path));
  journal.forget(kind);
  journal.close();
}

function statePath(path: string): string {
  return join(path, "state.sqlite");
}
