import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import {
  candidateModel,
  contentHash,
  InputError,
  type MonitorReport,
  type MonitorSettings,
  monitorModel,
  renderMonitorPage,
  type StudyModel,
} from "@sentinode/core";
import { createDrawingDocument } from "../files/drawing-document.ts";
import type { LoadedStudy } from "../files/load-study.ts";
import { outputFolder } from "../files/output-folder.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { softwareName } from "../software.ts";
import { createOutcomeVault } from "./outcome-vault.ts";
import { refuseForeignFolder, type RunSettings } from "./run-folder.ts";
import { enterWorkFolder, withMachine } from "./work-folder.ts";
import { json } from "./write-run.ts";

/** Where a model is watched, how, and where a candidate goes. */
export interface MonitorFolderSettings extends RunSettings {
  readonly monitoring: MonitorSettings;
  /** File of the recalibrated candidate; undefined: none is written. */
  readonly propose: string | undefined;
}

/**
 * Watches a model into a folder: monitor.json, monitor.html, and a ledger in which each look at outcomes is a line before
 * they are read. Measured images are kept for the next look. The model's file is read and never written.
 *
 * @throws {InputError} The model cannot be watched on these patients, the data cannot be used, or a candidate was asked
 *   for and none is proposed.
 */
export async function monitorIntoFolder(
  model: StudyModel,
  study: LoadedStudy,
  settings: MonitorFolderSettings,
): Promise<MonitorReport> {
  refuseExistingCandidate(settings.propose);
  const existed = existsSync(settings.out);
  refuseForeignFolder(settings.out);
  const out = await outputFolder(settings.out);
  const work = await enterWorkFolder(out, settings.terminal);
  const { ledger } = work;
  const { protocol, table } = study;
  try {
    ledger.append("outcomes opened", {
      dataset: "prospective",
      purpose: "monitoring",
      protocol: contentHash(protocol),
      table: study.tableHash,
      models: [{ name: model.name, hash: model.hash }],
    });
    const { report, known } = await withMachine(
      work,
      { ...settings, dataFolder: study.dataFolder, vault: createOutcomeVault(work.path, ledger) },
      (machine) =>
        monitorModel(model, { protocol, table, software: softwareName }, machine, settings.monitoring),
    );
    await writeFileAtomically(join(out, "monitor.html"), renderMonitorPage(report, createDrawingDocument()));
    await writeFileAtomically(join(out, "monitor.json"), json(report));
    if (settings.propose !== undefined)
      await writeFileAtomically(resolve(settings.propose), json(candidateModel(model, report, known)));
    return report;
  } finally {
    work.release();
    if (!existed && readdirSync(out).every((name) => name === ".work"))
      rmSync(out, { recursive: true, force: true });
  }
}

function refuseExistingCandidate(path: string | undefined): void {
  if (path === undefined || !existsSync(path)) return;
  throw new InputError(
    `${basename(path)}: a candidate is written to a new file; this one exists; name another with --propose`,
  );
}
