import { existsSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join, resolve } from "node:path";
import {
  type AuditedOpening,
  auditStudy,
  InputError,
  prepareStudy,
  type RunRecord,
  type StudyAudit,
} from "@sentinode/core";
import type { Terminal } from "../commands/terminal.ts";
import { type LoadedStudy, loadStudy } from "../files/load-study.ts";
import { readModelFile } from "../files/read-model.ts";
import { softwareName } from "../software.ts";
import { readTable } from "../tables/read-table.ts";
import type { LedgerEntry } from "./ledger.ts";
import { enterWorkFolder, forgetPieces, type WorkFolder, withMachine } from "./work-folder.ts";
import { writeAudit } from "./write-audit.ts";

/** Which run is audited, and how. */
export interface AuditSettings {
  readonly run: string;
  /** Folder of the data; that of the run without it. */
  readonly data: string | undefined;
  readonly permutations: number;
  /** Minutes after which no more permutations are begun. */
  readonly budget: number | undefined;
  /** Worker threads; all cores without it. */
  readonly jobs: number | undefined;
  readonly terminal: Terminal;
  readonly interrupted: AbortSignal;
}

/**
 * Audits a finished run and writes what was found into its folder. What was fitted is kept in `.work` until the audit is
 * complete, so that an interrupted one goes on where it stopped.
 *
 * @throws {InputError} The run is not finished, its data cannot be found or have changed, or another process works in it.
 */
export async function auditRunFolder(settings: AuditSettings): Promise<StudyAudit> {
  const folder = resolve(settings.run);
  if (!existsSync(join(folder, "results.json")))
    throw new InputError(
      `${basename(folder)}: an audit needs a finished run; this folder has no results.json; finish the run first`,
    );
  const work = await enterWorkFolder(folder, settings.terminal);
  const { ledger } = work;
  try {
    const entries = ledger.entries();
    const study = await loadStudy(
      join(folder, "study.lock.yaml"),
      settings.data ?? dataFolderOf(join(folder, "run.json")),
    );
    refuseOtherTable(study, entries);
    const record = await recordOf(folder, study, entries);
    const [started, processor] = [performance.now(), process.cpuUsage()];
    const jobs = settings.jobs ?? availableParallelism();
    const audit = await auditWithMachine(study, record, settings, work);
    const used = process.cpuUsage(processor);
    const cost = {
      seconds: Math.round((performance.now() - started) / 1000),
      processorSeconds: Math.round((used.user + used.system) / 1e6),
      jobs,
    };
    if (!(await writeAudit(audit, folder, ledger, cost)))
      settings.terminal.warn({
        code: "report-without-audit",
        severity: "warning",
        message:
          "report.html has no place for an audit, since an older version wrote it; run the study again; audit.json holds the audit",
      });
    // What was measured stays; what was fitted is in the audit.
    forgetPieces(work, "probabilities");
    return audit;
  } finally {
    work.release();
  }
}

/** Where the data lay when the study ran. */
function dataFolderOf(path: string): string {
  const { data } = JSON.parse(readFileSync(path, "utf8")) as { readonly data?: { readonly folder: string } };
  if (data === undefined)
    throw new InputError("run.json: an audit needs the folder of the data; got none; name it with --data");
  return data.folder;
}

function refuseOtherTable({ tableHash, table }: LoadedStudy, entries: readonly LedgerEntry[]): void {
  const completed = entries.findLast(({ event }) => event === "run completed");
  if (completed !== undefined && completed.details["table"] !== tableHash)
    throw new InputError(
      `${table.file}: an audit needs the table of the run; got one that was changed since; run the study again`,
    );
}

async function recordOf(
  folder: string,
  { protocol }: LoadedStudy,
  entries: readonly LedgerEntry[],
): Promise<RunRecord> {
  const names = Object.keys(protocol.models).map((name) => `${name}.json`);
  const present = new Set(readdirSync(join(folder, "models")));
  const missing = names.filter((name) => !present.has(name));
  if (missing.length > 0)
    throw new InputError(
      `${basename(folder)}: an audit needs the models of the run; got none named ${missing.join(", ")}; run the study again`,
    );
  return {
    predictions: await readTable(join(folder, "predictions.csv")),
    models: await Promise.all(names.map((name) => readModelFile(join(folder, "models", name)))),
    openings: entries.flatMap(({ event, time, details }): AuditedOpening[] =>
      event === "outcomes opened"
        ? [
            {
              dataset: String(details["dataset"]),
              protocol: String(details["protocol"]),
              date: time.slice(0, 10),
            },
          ]
        : [],
    ),
  };
}

/** Sealed outcomes stay in memory and are never opened: the run's predictions hold those that it opened. */
async function auditWithMachine(
  { protocol, table, dataFolder }: LoadedStudy,
  record: RunRecord,
  settings: AuditSettings,
  work: WorkFolder,
): Promise<StudyAudit> {
  const { terminal, permutations, budget } = settings;
  const progress: Terminal["progress"] = (step, done, total) => {
    if (step === "measuring images") terminal.progress(step, done, total);
  };
  return await withMachine(work, { ...settings, dataFolder, progress }, async (machine) => {
    const prepared = await prepareStudy({ protocol, table, software: softwareName }, machine);
    const until = budget === undefined ? Infinity : performance.now() + 60_000 * budget;
    return await auditStudy(prepared, record, machine, {
      permutations,
      enough: () => performance.now() >= until,
      progress: (done, total) => terminal.progress("permuting outcomes", done, total),
    });
  });
}
