import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { contentHash } from "@sentinode/core";
import { columnNames, featureColumns } from "@sentinode/core/radiomics";
import { readCaseTable, type TableCase } from "../extraction/case-table.ts";
import { chooseSettings } from "../extraction/choose-settings.ts";
import { describeImages } from "../extraction/describe-images.ts";
import { tableFiles, writeFeatureTable } from "../extraction/feature-table.ts";
import { joinShards } from "../extraction/join-shards.ts";
import { type CasesToMeasure, measureCases } from "../extraction/measure-cases.ts";
import { boundsOf, parseShard, shardName } from "../extraction/shard.ts";
import { makeFolder } from "../files/durable-files.ts";
import { resolveInside } from "../files/paths.ts";
import { outputFolder } from "../files/output-folder.ts";
import { openJournal } from "../store/journal.ts";
import { claimRunFolder } from "../store/run-lock.ts";
import { createWorkerPool } from "../workers/pool.ts";
import { type CommandCall, integerOption, textOption } from "./command.ts";
import { nameScheme, outOption, settingsOptions } from "./extract-options.ts";

/**
 * The features of all cases of a table, or of a shard of them.
 *
 * @returns What was written: the table, and beside it what was found and a description of columns and settings.
 * @throws {InputError} Every problem of the table at once, or every case that cannot be used; what was measured is kept for
 *   the next call.
 */
export async function extractManifest(call: CommandCall): Promise<unknown> {
  const manifest = resolve(textOption(call, "manifest")!);
  const shardText = textOption(call, "shard");
  const shard = shardText === undefined ? null : parseShard(shardText);
  const out = resolve(outOption(call, "--manifest"));
  const target = shard === null ? out : join(out, shardName(shard));
  const { kept, cases, others } = await readCaseTable(manifest);
  const folder = dirname(manifest);
  const images = await describeImages(cases, (image) => resolveInside(folder, image));
  const chosen = await chooseSettings(settingsOptions(call), images);
  const names = columnNames(featureColumns(chosen.settings), nameScheme(call));
  for (const message of chosen.report)
    call.terminal.warn({ code: "settings-translated", severity: "info", message });
  if (others > 0) call.terminal.warn(notRepeated(others));
  await outputFolder(dirname(target));
  const [first, end] = shard === null ? [0, cases.length] : boundsOf(shard, cases.length);
  const wanted = cases.slice(first, end);
  const work = { cases: wanted, folder, settings: chosen.settings, label: chosen.label };
  const description = await withJournal(call, target, work, (featuresOf) =>
    writeFeatureTable(target, {
      kept,
      cases: wanted,
      featuresOf,
      settings: chosen.settings,
      names,
      label: chosen.label?.value ?? null,
      all: { cases: cases.length, hash: hashOf(cases) },
      shard,
    }),
  );
  for (const { code, severity, cases: count } of description.findings)
    if (severity !== "info")
      call.terminal.warn({
        code,
        severity,
        message: `${count} ${count === 1 ? "case" : "cases"} with the finding ${code}; see ${basename(tableFiles(target).findings)}`,
      });
  call.terminal.say(`${basename(target)}: ${wanted.length} cases, ${names.length} features`);
  return { out: target, cases: wanted.length, features: names.length, findings: description.findings };
}

/** Joins the parts of all shards to the table, and its description, that one pass would have written. */
export async function mergeShards(call: CommandCall): Promise<unknown> {
  const target = resolve(outOption(call, "--merge"));
  await outputFolder(dirname(target));
  const { table, columns, findings } = await joinShards(resolve(textOption(call, "merge")!), target);
  call.terminal.say(`${basename(target)}: ${table.rows} cases, ${columns.length} features`);
  return { out: target, cases: table.rows, features: columns.length, findings };
}

/** Measures with what an interrupted call kept, and keeps what it measures until the files are written. */
async function withJournal<Result>(
  call: CommandCall,
  target: string,
  work: CasesToMeasure,
  write: (featuresOf: Awaited<ReturnType<typeof measureCases>>) => Promise<Result>,
): Promise<Result> {
  const folder = join(dirname(target), `.${basename(target)}.work`);
  makeFolder(folder, 0o700);
  const release = claimRunFolder(join(folder, "lock"));
  const journal = openJournal(join(folder, "state.sqlite"));
  if (journal.damage !== null)
    call.terminal.warn({ code: "damaged-state", severity: "warning", message: journal.damage });
  const jobs = integerOption(call, "jobs", 1) ?? availableParallelism();
  const pool = createWorkerPool(Math.min(jobs, Math.max(1, work.cases.length)), call.interrupted);
  const progress = (done: number, total: number) => call.terminal.progress("measuring cases", done, total);
  let isDone = false;
  try {
    const written = await write(await measureCases(work, { pool, journal, progress }));
    isDone = true;
    return written;
  } finally {
    await pool.close();
    const isOver = isDone || journal.isEmpty();
    journal.close();
    release();
    if (isOver) rmSync(folder, { recursive: true, force: true });
  }
}

function hashOf(cases: readonly TableCase[]): string {
  return contentHash(
    cases.map(({ image, mask, spacingMm, label, kept }) => [image, mask, spacingMm, label, kept]),
  );
}

function notRepeated(columns: number) {
  return {
    code: "columns-not-repeated",
    severity: "info",
    message: `the output repeats the columns image, mask, spacing_mm, label and patient_id; ${columns} other columns of the table are left out`,
  } as const;
}
