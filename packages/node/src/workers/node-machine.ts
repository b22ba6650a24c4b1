import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import {
  contentHash,
  type ExtractionPlan,
  type FitData,
  type FitResult,
  type FitTask,
  type ImageFeatures,
  type ImageRequest,
  InputError,
  type LesionImage,
  type Machine,
  memoryVault,
  type OutcomeVault,
} from "@sentinode/core";
import { resolveInside } from "../files/paths.ts";
import { softwareCode } from "../software-code.ts";
import type { Journal } from "../store/journal.ts";
import type { ExtractionResult, ExtractionTask } from "./messages.ts";
import type { WorkerPool } from "./pool.ts";

/** What a machine needs: where images are, who works, what is already done, and who hears of progress. */
export interface NodeMachineParts {
  readonly dataFolder: string;
  readonly pool: WorkerPool;
  readonly journal: Journal;
  /** Of outcomes set apart; absent: in memory, for work that leaves no record. */
  readonly vault?: OutcomeVault;
  /** Part of every journal key beside the program's code: another version computes anew. */
  readonly software: string;
  readonly progress: (step: string, done: number, total: number) => void;
}

/** The machine of the command line: worker threads, with a journal of finished work. */
export function createNodeMachine(parts: NodeMachineParts): Machine {
  return {
    vault: parts.vault ?? memoryVault(),
    today: new Date().toISOString().slice(0, 10),
    extract: (images, plan) => extractAll(parts, images, plan),
    fit: (data, tasks) => fitAll<FitResult>(parts, data, { step: "fitting models", kind: "fit", tasks }),
    fitForProbabilities: (data, tasks) =>
      fitAll<FitResult["probabilities"]>(parts, data, {
        step: tasks.some(({ isResample }) => isResample === true)
          ? "resampling patients"
          : "permuting outcomes",
        kind: "probabilities",
        tasks,
      }),
  };
}

/** Sends the data to the workers once and runs the fits; what a fit depends on is part of its key. */
async function fitAll<Result>(
  parts: NodeMachineParts,
  data: FitData,
  work: Omit<JournalledWork<FitTask>, "keys">,
): Promise<readonly Result[]> {
  const dataHash = shareData(parts, data);
  const keys = work.tasks.map((task) => contentHash([dataHash, work.kind, task]));
  return await journalled<Result, FitTask>(parts, { ...work, keys });
}

/** Data that the workers of a pool have, with their hash: an audit asks for fits of the same data many times. */
const shared = new WeakMap<WorkerPool, { readonly data: FitData; readonly hash: string }>();

function shareData({ pool, software }: NodeMachineParts, data: FitData): string {
  const known = shared.get(pool);
  if (known?.data === data) return known.hash;
  pool.share(data);
  const columns = hashableData(data.predictors.columns);
  const hash = contentHash([
    software,
    softwareCode().code.sha256,
    columns,
    Array.from(data.outcome),
    data.seed,
  ]);
  shared.set(pool, { data, hash });
  return hash;
}

async function extractAll(
  parts: NodeMachineParts,
  images: readonly ImageRequest[],
  plan: ExtractionPlan,
): Promise<readonly ImageFeatures[]> {
  const tasks = images.map((image) => extractionTask(parts.dataFolder, image, plan));
  const missing = tasks.flatMap((task, index) => missingFiles(task, images[index]));
  const present = tasks.flatMap((task, index) =>
    missingFiles(task, images[index]).length === 0 ? [index] : [],
  );
  const found = present.map((index) => tasks[index]);
  const keys = found.map((task) =>
    contentHash([
      parts.software,
      softwareCode().code.sha256,
      fileHash(task.imagePath),
      fileHash(task.maskPath),
      task.imageName,
      task.spacingMm,
      task.plan,
    ]),
  );
  const results = await journalled<ExtractionResult, ExtractionTask>(parts, {
    step: "measuring images",
    kind: "extract",
    tasks: found,
    keys,
  });
  const problems = results.flatMap((result, index) =>
    "problems" in result
      ? result.problems.map((problem) => `${placeOf(images[present[index]])}: ${problem}`)
      : [],
  );
  if (missing.length + problems.length > 0) throw new InputError([...missing, ...problems]);
  return results.map((result) => (result as { features: ImageFeatures }).features);
}

interface JournalledWork<Task> {
  readonly step: string;
  readonly kind: "extract" | "fit" | "probabilities";
  readonly tasks: readonly Task[];
  /** Content hash of each task with all that it depends on. */
  readonly keys: readonly string[];
}

/** Runs what the journal does not hold yet; results in the order of the tasks. */
async function journalled<Result, Task>(
  parts: NodeMachineParts,
  work: JournalledWork<Task>,
): Promise<readonly Result[]> {
  const { step, kind, tasks, keys } = work;
  const open = keys.flatMap((key, index) => (parts.journal.has(key) ? [] : [index]));
  let done = tasks.length - open.length;
  parts.progress(step, done, tasks.length);
  await parts.pool.run(
    open.map((index) => ({ kind, task: tasks[index] })),
    (position, result) => {
      parts.journal.append(kind, keys[open[position]], result);
      parts.progress(step, ++done, tasks.length);
    },
  );
  return keys.map((key) => parts.journal.get(key) as Result);
}

function extractionTask(dataFolder: string, image: ImageRequest, plan: ExtractionPlan): ExtractionTask {
  const { perturbations, ...plain } = plan;
  return {
    imagePath: resolveInside(dataFolder, image.image),
    maskPath: resolveInside(dataFolder, image.mask),
    imageName: image.image,
    maskName: image.mask,
    spacingMm: image.spacingMm,
    plan: image.withPerturbed === true && perturbations !== undefined ? { ...plain, perturbations } : plain,
  };
}

function placeOf(image: LesionImage): string {
  return `row ${String(image.rowNumber)}, patient ${image.patient}`;
}

function missingFiles(task: ExtractionTask, image: LesionImage): string[] {
  const where = placeOf(image);
  return [
    ...(existsSync(task.imagePath) ? [] : [`${where}: there is no image file ${task.imageName}`]),
    ...(existsSync(task.maskPath) ? [] : [`${where}: there is no mask file ${task.maskName}`]),
  ];
}

function fileHash(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/** Typed arrays by the hash of their bytes, so that a table of many values stays small. */
function hashableData(columns: readonly unknown[]): unknown {
  return JSON.parse(
    JSON.stringify(columns, (_key, value: unknown) =>
      ArrayBuffer.isView(value)
        ? createHash("sha256")
            .update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
            .digest("hex")
        : value,
    ),
  );
}
