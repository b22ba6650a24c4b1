import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import {
  type Finding,
  InputError,
  openingFindings,
  openingWords,
  partOpenings,
  runStudy,
  type StudyRun,
} from "@sentinode/core";
import type { Terminal } from "../commands/terminal.ts";
import type { LoadedStudy } from "../files/load-study.ts";
import { outputFolder } from "../files/output-folder.ts";
import { softwareName } from "../software.ts";
import { removeLedger } from "./ledger.ts";
import { createOutcomeVault } from "./outcome-vault.ts";
import { runFiles } from "./run-files.ts";
import { recordedOpenings, type RunLedger } from "./run-ledger.ts";
import { spaceWarnings } from "./space-needed.ts";
import { enterWorkFolder, forgetPieces, withMachine } from "./work-folder.ts";
import { type RunSummary, writeRun } from "./write-run.ts";

/** Where and how a study is run. */
export interface RunSettings {
  readonly out: string;
  /** Worker threads; all cores without it. */
  readonly jobs: number | undefined;
  readonly terminal: Terminal;
  readonly interrupted: AbortSignal;
}

/**
 * Runs a study into a folder. Finished work is kept in `.work` until the run is complete, so that an interrupted run goes
 * on where it stopped; a refused input leaves nothing behind that this call made.
 *
 * @returns What was written.
 * @throws {InputError} The data cannot be used, or another process works in the folder.
 */
export async function runStudyFolder(study: LoadedStudy, settings: RunSettings): Promise<RunSummary> {
  const existed = existsSync(settings.out);
  refuseForeignFolder(settings.out);
  const out = await outputFolder(settings.out);
  const work = await enterWorkFolder(out, settings.terminal).catch((error: unknown) => {
    if (error instanceof InputError) removeWhatThisCallMade(out, existed, null);
    throw error;
  });
  const { ledger } = work;
  let before = 0;
  try {
    before = ledger.entries().length;
    const started = performance.now();
    warn(settings.terminal, spaceWarnings(study.protocol, study.table.rows.length, out));
    const jobs = settings.jobs ?? availableParallelism();
    const run = await withMachine(
      work,
      { ...settings, dataFolder: study.dataFolder, vault: createOutcomeVault(work.path, ledger) },
      (machine) =>
        runStudy({ protocol: study.protocol, table: study.table, software: softwareName }, machine),
    );
    const openings = partOpenings(recordedOpenings(ledger.entries()));
    const { summary, identity, documents } = await writeRun(run, {
      out,
      jobs,
      openings,
      data: { protocolFile: study.protocolFile, folder: study.dataFolder },
      files: await runFiles(study, run.measured?.images ?? []),
      seconds: (performance.now() - started) / 1000,
    });
    forgetPieces(work, "fit");
    ledger.append("run completed", {
      run: identity,
      protocol: run.protocolHash,
      software: run.software,
      table: study.tableHash,
      models: run.models.map(({ name, hash }) => ({ name, hash })),
      documents,
    });
    warn(settings.terminal, [...run.findings, ...openingFindings(openings)]);
    openings.forEach((part) => settings.terminal.say(openingWords(part)));
    sayResults(settings.terminal, run, summary);
    return summary;
  } catch (error) {
    work.release();
    if (error instanceof InputError) {
      if (before === 0 && nothingOpened(ledger)) removeLedger(join(out, "ledger.jsonl"));
      removeWhatThisCallMade(out, existed, work.isNew ? work.path : null);
    }
    throw error;
  } finally {
    work.release();
  }
}

/** A folder with files that no run wrote is somebody's: a run would strew its own among them. */
export function refuseForeignFolder(out: string): void {
  if (!existsSync(out) || !statSync(out).isDirectory()) return;
  const isRun = ["ledger.jsonl", "results.json", ".work"].some((name) => existsSync(join(out, name)));
  if (!isRun && readdirSync(out).length > 0)
    throw new InputError(
      `${basename(out)}: a run needs an empty folder or an earlier run; this one holds other files; name another with --out`,
    );
}

/** Whether a ledger can go with a refused run: it tells of no outcome that anybody saw. */
function nothingOpened(ledger: RunLedger): boolean {
  try {
    return ledger.entries().every(({ event }) => event === "outcomes sealed");
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function removeWhatThisCallMade(out: string, existed: boolean, work: string | null): void {
  if (work !== null) rmSync(work, { recursive: true, force: true });
  if (!existed && existsSync(out) && readdirSync(out).length === 0)
    rmSync(out, { recursive: true, force: true });
}

/** Most warnings that the terminal shows; all of them are in the report and in run.json. */
const MOST_WARNINGS = 12;

function warn(terminal: Terminal, findings: readonly Finding[]): void {
  const warnings = findings.filter(({ severity }) => severity !== "info");
  warnings.slice(0, MOST_WARNINGS).forEach((finding) => terminal.warn(finding));
  const more = warnings.length - MOST_WARNINGS;
  if (more > 0)
    terminal.warn({
      code: "more-warnings",
      severity: "warning",
      message: `${String(more)} more warnings are in the report`,
    });
}

function sayResults(terminal: Terminal, run: StudyRun, summary: RunSummary): void {
  const simulated = run.protocol.simulated ? "SIMULATED DATA. " : "";
  terminal.say(
    `${simulated}${run.protocol.name}: ${String(run.flow.analysed)} patients, ${String(run.flow.events)} with ${run.protocol.outcome.label}`,
  );
  const width = Math.max(6, ...run.evaluations.map(({ model }) => model.length));
  const isTogether = run.protocol.validation.patients === "all" && run.split.test.length > 0;
  for (const { model, dataset, method, auc } of run.evaluations)
    if (!dataset.startsWith("subgroup:") && method !== "apparent")
      terminal.say(
        `  ${model.padEnd(width)} ${isTogether && method === "cross-validation" ? "development and test together" : dataset}, ${method}: AUC ${rounded(auc)}`,
      );
  terminal.say(`report: ${summary.report}`);
}

function rounded({ value, lower, upper }: StudyRun["evaluations"][number]["auc"]): string {
  if (value === null) return "not estimable";
  return lower === null || upper === null
    ? value.toFixed(3)
    : `${value.toFixed(3)} (${lower.toFixed(3)} to ${upper.toFixed(3)})`;
}
