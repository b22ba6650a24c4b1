/**
 * The flagship study on many simulated cohorts: `npm run bench:flagship -- [--seeds 1-20] [--signals 0,2,4,8,16,32,64]
 * [--signal-seeds 1-2] [--patients 1647] [--jobs 2] [--cache DIR] [--again]
 * [--without-images]`. A cohort that the cache holds is not studied
 * again; `--again` fits anew on the features that it keeps, and an empty cache draws the images anew, too. Prints one
 * line a cohort; writes docs/flagship.md from all cohorts of the cache.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { CohortRow, CohortTask } from "./flagship/cohort-task.ts";
import { flagshipPage } from "./flagship/page.ts";

const root = resolve(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1-20" },
    signals: { type: "string", default: "0,2,4,8,16,32,64" },
    "signal-seeds": { type: "string", default: "1-2" },
    patients: { type: "string", default: "1647" },
    jobs: { type: "string", default: String(availableParallelism()) },
    again: { type: "boolean", default: false },
    "without-images": { type: "boolean", default: false },
    cache: { type: "string", default: join(tmpdir(), "sentinode-flagship") },
  },
});
mkdirSync(values.cache, { recursive: true });

const patients = Number(values.patients);
const tasks: CohortTask[] = [
  ...range(values.seeds).map((seed) => ({ patients, seed, signal: 1, images: !values["without-images"] })),
  ...values.signals
    .split(",")
    .filter((text) => text !== "")
    .flatMap((text) =>
      range(values["signal-seeds"]).map((seed) => ({ patients, seed, signal: Number(text), images: true })),
    ),
];
const open = tasks.filter((task) => values.again || !existsSync(fileOf(task)));
await Promise.all(Array.from({ length: Math.min(Number(values.jobs), open.length) }, () => work(open)));

const kept = readdirSync(values.cache)
  .filter((name) => name.startsWith(`${String(patients)}-`) && name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(join(values.cache, name), "utf8")) as CohortRow);
// A cohort that was studied with images is not counted twice.
const rows = kept.filter(
  ({ images, seed, signal }) =>
    images || !kept.some((other) => other.images && other.seed === seed && other.signal === signal),
);
const machine = `${cpus()[0]?.model.trim() ?? "an unknown processor"}, ${String(availableParallelism())} cores, Node ${process.versions.node}`;
writeFileSync(join(root, "docs/flagship.md"), flagshipPage(rows, machine));

/** Takes cohorts from the list until it is empty. */
async function work(left: CohortTask[]): Promise<void> {
  const worker = new Worker(new URL("./flagship/worker.ts", import.meta.url), {
    execArgv: ["--conditions=@sentinode/source"],
  });
  for (let task = left.shift(); task !== undefined; task = left.shift()) {
    const row = await new Promise<CohortRow>((done, fail) => {
      worker.once("message", done);
      worker.once("error", fail);
      worker.postMessage({ ...task, features: `${fileOf(task)}.features` });
    });
    worker.removeAllListeners();
    writeFileSync(fileOf(task), JSON.stringify(row));
    const { C, CA, CAR, R, ceiling } = row.test;
    const figures = Object.entries({ C, CA, CAR, R, ceiling, likeness: row.likeness });
    console.log(
      `seed ${String(row.seed)}, signal ${String(row.signal)}: ${figures.map(([name, value]) => `${name} ${value?.toFixed(3) ?? "-"}`).join(", ")}`,
    );
  }
  await worker.terminate();
}

function fileOf({ patients: size, seed, signal, images }: CohortTask): string {
  const what = images ? "" : "-without-images";
  return join(values.cache, `${String(size)}-${String(signal)}-${String(seed)}${what}.json`);
}

/** "1-3" or "1,5". */
function range(text: string): number[] {
  const ends = /^(\d+)-(\d+)$/.exec(text);
  if (ends === null) return text.split(",").filter(Boolean).map(Number);
  return Array.from({ length: Number(ends[2]) - Number(ends[1]) + 1 }, (_, k) => Number(ends[1]) + k);
}
