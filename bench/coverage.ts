/**
 * Whether intervals hold the truth as often as they say: `npm run bench:coverage`. Simulated cohorts, whose patients have
 * known probabilities, pass through the functions of a run, and what it prints is compared with what the models are worth
 * in 200,000 fresh patients. Writes docs/coverage.md.
 *
 * `--cohorts N`, `--population N` and `--scenario NAME` make it shorter and leave the page alone; `--jobs N` workers,
 * which change no number; `--cache FOLDER` keeps every cohort that is done, so that an interrupted bench goes on.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { format, resolveConfig } from "prettier";
import type { Observation } from "./intervals/observation.ts";
import { coveragePage, printedRow } from "./intervals/page.ts";
import { POPULATION } from "./intervals/population.ts";
import { SCENARIOS } from "./intervals/scenarios.ts";
import { summarise } from "./intervals/summary.ts";

const COHORTS = 500;

const { values } = parseArgs({
  options: {
    cohorts: { type: "string", default: String(COHORTS) },
    population: { type: "string", default: String(POPULATION) },
    scenario: { type: "string" },
    jobs: { type: "string", default: "2" },
    cache: { type: "string" },
  },
});
const cohorts = Number(values.cohorts);
const population = Number(values.population);
const chosen = SCENARIOS.filter(({ name }) => values.scenario === undefined || name === values.scenario);

/** A cohort of a scenario. */
interface Job {
  readonly name: string;
  readonly index: number;
}

const jobs: readonly Job[] = Array.from({ length: cohorts }, (_, index) =>
  chosen.map(({ name }) => ({ name, index })),
).flat();
const done = readCache();
await work(jobs.filter((job) => !done.has(keyOf(job))));
const rows = summarise(
  chosen.flatMap(({ name }) =>
    Array.from({ length: cohorts }, (_, index) => done.get(keyOf({ name, index }))!),
  ),
);
for (const row of rows) console.log(printedRow(row));
if (cohorts === COHORTS && population === POPULATION && values.scenario === undefined) {
  const page = resolve(import.meta.dirname, "../docs/coverage.md");
  const style = await resolveConfig(page);
  writeFileSync(page, await format(coveragePage(rows, COHORTS), { ...style, parser: "markdown" }));
}

/** Gives each worker the next cohort when it is free; results are kept by cohort, so their order does not matter. */
async function work(open: readonly Job[]): Promise<void> {
  const queue = open.values();
  let finished = 0;
  const serve = async (): Promise<void> => {
    const worker = new Worker(new URL("./intervals/worker.ts", import.meta.url), {
      workerData: { population },
      execArgv: ["--conditions=@sentinode/source"],
    });
    for (const job of queue) {
      const observations = await ask(worker, job);
      done.set(keyOf(job), observations);
      if (values.cache !== undefined)
        appendFileSync(join(values.cache, "cohorts.jsonl"), `${JSON.stringify({ ...job, observations })}\n`);
      finished += 1;
      if (finished % 50 === 0) console.error(`${String(finished)} of ${String(open.length)} cohorts`);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, serve));
}

function ask(worker: Worker, job: Job): Promise<readonly Observation[]> {
  return new Promise((resolveWith, reject) => {
    worker.once("message", (observations: readonly Observation[]) => {
      worker.off("error", reject);
      resolveWith(observations);
    });
    worker.once("error", reject);
    worker.postMessage(job);
  });
}

function readCache(): Map<string, readonly Observation[]> {
  const known = new Map<string, readonly Observation[]>();
  if (values.cache === undefined) return known;
  mkdirSync(values.cache, { recursive: true });
  const file = join(values.cache, "cohorts.jsonl");
  if (!existsSync(file)) return known;
  for (const line of readFileSync(file, "utf8")
    .split("\n")
    .filter((text) => text.endsWith("}"))) {
    const { observations, ...job } = JSON.parse(line) as Job & { observations: readonly Observation[] };
    known.set(keyOf(job), observations);
  }
  return known;
}

function keyOf({ name, index }: Job): string {
  return `${name}/${String(index)}`;
}
