import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { InputError, type RawTable, type SimulationSettings, simulateStudy } from "@sentinode/core";
import { outputFolder } from "../files/output-folder.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { csvText } from "../tables/csv-text.ts";
import { drawFrame } from "../workers/draw-frame.ts";
import type { DrawingTask } from "../workers/messages.ts";
import { createWorkerPool, type WorkerPool } from "../workers/pool.ts";
import type { Terminal } from "./terminal.ts";

/** What to simulate and where to put it. */
export interface SimulatedFolder extends SimulationSettings {
  /** Folder to write; made where it is missing. */
  readonly out: string;
  /** Worker threads that draw; all cores where not stated. They change no byte. */
  readonly jobs?: number | undefined;
}

/** Who hears of the work and who may stop it. */
interface Work {
  readonly terminal?: Pick<Terminal, "progress"> | undefined;
  readonly interrupted: AbortSignal;
}

/** How a README of a simulated folder begins; only such a folder is written over. */
const mark = "SIMULATED DATA";

/**
 * Writes a simulated study as a folder: `cohort.csv`, `images/`, `study.yaml`, `truth.csv`, `README.txt`.
 *
 * The protocol is written last, so that a folder with a `study.yaml` is complete. Equal settings give equal bytes.
 *
 * @param terminal Hears how many images are drawn.
 * @param interrupted Stops between two images; the folder then has no `study.yaml`.
 * @returns Path of the protocol.
 * @throws {InputError} The settings are not valid, or the folder holds something that was not simulated.
 */
export async function simulateFolder(
  { out, jobs = availableParallelism(), ...settings }: SimulatedFolder,
  terminal?: Pick<Terminal, "progress">,
  interrupted: AbortSignal = new AbortController().signal,
): Promise<string> {
  const study = simulateStudy(settings);
  const folder = await outputFolder(out);
  await refuseOtherFiles(folder);
  const images = join(folder, "images");
  for (const name of ["study.yaml", "cohort.csv", "truth.csv", "images"])
    await rm(join(folder, name), { recursive: true, force: true });
  await writeFileAtomically(join(folder, "README.txt"), study.readme);
  await mkdir(images);
  const tasks = study.table.rows.map((_, index) => ({ settings, index, folder: images }));
  await drawFrames(tasks, jobs, { terminal, interrupted });
  await writeFileAtomically(join(folder, "cohort.csv"), csv(study.table));
  await writeFileAtomically(join(folder, "truth.csv"), csv(study.truth));
  const protocol = join(folder, "study.yaml");
  await writeFileAtomically(protocol, study.protocol);
  return protocol;
}

/** Frames from which workers are worth their start. */
const MANY_FRAMES = 64;

async function drawFrames(tasks: readonly DrawingTask[], jobs: number, work: Work): Promise<void> {
  let drawn = 0;
  const onDone = () => {
    work.interrupted.throwIfAborted();
    work.terminal?.progress("drawing simulated images", ++drawn, tasks.length);
  };
  if (jobs === 1 || tasks.length < MANY_FRAMES) {
    for (const task of tasks) {
      await drawFrame(task);
      onDone();
    }
  } else await drawInWorkers(tasks, onDone, createWorkerPool(jobs, work.interrupted));
  work.interrupted.throwIfAborted();
}

async function drawInWorkers(
  tasks: readonly DrawingTask[],
  onDone: () => void,
  pool: WorkerPool,
): Promise<void> {
  try {
    await pool.run(
      tasks.map((task) => ({ kind: "draw", task })),
      onDone,
    );
  } finally {
    await pool.close();
  }
}

async function refuseOtherFiles(folder: string): Promise<void> {
  const names = await readdir(folder);
  const readme = names.includes("README.txt") ? await readFile(join(folder, "README.txt"), "utf8") : "";
  if (names.length > 0 && !readme.startsWith(mark))
    throw new InputError(
      `${basename(folder)}: a simulated study needs an empty folder or one that was simulated before; got other files; name another folder`,
    );
}

function csv({ headers, rows }: RawTable): string {
  return csvText(headers, rows);
}
