/**
 * How fast the statistics are beside R: `npm run bench:statistics`, with the peers' scripts in SENTINODE_PEERS and R with
 * their packages (Debian: r-base-core r-cran-glmnet r-cran-proc r-cran-rms r-cran-mice r-cran-ranger r-cran-psych
 * r-cran-mass r-cran-e1071 r-bioc-sva). Each task runs in R and here by turns, one thread each, then here on two workers
 * where it takes over half a second. Prints one line a task; writes the table of docs/statistics-speed.md.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { peers } from "./peers.ts";
import { decisionCurveBands, type Task, tasks } from "./statistics/tasks.ts";
import type { Work } from "./statistics/work.ts";

const root = resolve(import.meta.dirname, "..");
const ROUNDS = 3;
/** Tasks that take longer here are shared by two workers as well. */
const LONG_MS = 500;
const WORKERS = 2;

const folder = mkdtempSync(join(tmpdir(), "sentinode-statistics-"));
for (const script of ["data.R", "r_peers.R"]) cpSync(join(peers, "statistics", script), join(folder, script));
inR("data.R");

const wanted = process.argv.slice(2);
const rows: string[] = [];
for (const task of tasks.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const row = await compare(task);
  console.log(row);
  rows.push(row);
}
const bands = decisionCurveBands(join(folder, "data"));
bands.run();
const bandsMs = median(Array.from({ length: ROUNDS }, () => timed(bands.run)));
console.log(
  `decision curves of 3 models, 99 thresholds, n 600, 1,000 resamples: ${milliseconds(bandsMs)} ms`,
);
rmSync(folder, { recursive: true });
if (wanted.length === 0) writeTable(rows);

/** One row of the table: R and we by turns. */
async function compare(task: Task): Promise<string> {
  const work = task.prepare(join(folder, "data"));
  work.run();
  const [theirs, ours]: [number[], number[]] = [[], []];
  let [answer, own] = [NaN, NaN];
  for (let round = 0; round < ROUNDS; round++) {
    const printed = JSON.parse(inR("r_peers.R", task.name, "1")) as { seconds: [number]; check: number };
    theirs.push(1000 * printed.seconds[0]);
    answer = printed.check;
    ours.push(timed(() => (own = work.run())));
  }
  if (task.agreement !== null && !(Math.abs(own - answer) <= task.agreement * Math.abs(answer)))
    throw new Error(`${task.name}: R answers ${String(answer)}, we ${String(own)}`);
  const [r, here] = [median(theirs), median(ours)];
  const shared = here > LONG_MS && work.pieces !== undefined ? await onWorkers(task, work, own) : null;
  const gain = shared === null ? "" : (here / shared).toFixed(2);
  return `| ${task.name} | ${task.what} | ${milliseconds(r)} | ${milliseconds(here)} | ${(r / here).toFixed(2)} | ${String(task.asked)} | ${gain} |`;
}

/** Median milliseconds of the task on two workers that have prepared it; they must give the same number. */
async function onWorkers(task: Task, work: Work, expected: number): Promise<number> {
  const { count, join: joined } = work.pieces!;
  const crew = Array.from(
    { length: WORKERS },
    () =>
      new Worker(join(root, "bench/statistics/worker.ts"), {
        workerData: { name: task.name, folder: join(folder, "data") },
      }),
  );
  await Promise.all(crew.map((worker) => nextMessage(worker)));
  const mine = (worker: number) =>
    Array.from({ length: count }, (_, index) => index).filter((index) => index % WORKERS === worker);
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const start = performance.now();
    const answers = await Promise.all(
      crew.map((worker, index) => {
        const answer = nextMessage(worker) as Promise<readonly never[]>;
        worker.postMessage(mine(index));
        return answer;
      }),
    );
    const value = joined(
      Array.from({ length: count }, (_, k) => answers[k % WORKERS][Math.floor(k / WORKERS)]),
    );
    // The first round warms the workers up.
    if (round > 0) times.push(performance.now() - start);
    if (!(Math.abs(value - expected) <= 1e-12 * Math.abs(expected)))
      throw new Error(`${task.name}: two workers give ${String(value)}, one thread ${String(expected)}`);
  }
  await Promise.all(crew.map((worker) => worker.terminate()));
  return median(times);
}

function nextMessage(worker: Worker): Promise<unknown> {
  return new Promise((resolveMessage, reject) => {
    worker.once("message", resolveMessage);
    worker.once("error", reject);
  });
}

/** Milliseconds of one run, over as many as fill a fifth of a second. */
function timed(work: () => void): number {
  const start = performance.now();
  let runs = 0;
  while (performance.now() - start < 200) {
    work();
    runs += 1;
  }
  return (performance.now() - start) / runs;
}

function inR(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("Rscript", words, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", BENCH_THREADS: "1" },
  });
  if (status !== 0) throw new Error(`Rscript ${words.join(" ")} ended with ${String(status)}: ${stderr}`);
  return stdout;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function milliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}

function writeTable(lines: readonly string[]): void {
  const text = `# Statistics beside R

Printed by \`npm run bench:statistics\` on ${cpus()[0]?.model.trim() ?? "an unknown processor"}, Node ${process.versions.node}, R of Debian with its
packages: the same data, by turns in one run, one thread each, medians of ${String(ROUNDS)}, start-up and reading left out. "Ratio" is R's time
over ours, "asked" the least that it is to be; "2 workers" our time on one thread over that on two, where one takes over half a second.
Answers are compared: a task whose answer differs from R's ends the run.

| task | what | R, ms | ours, ms | ratio | asked | 2 workers |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
${lines.join("\n")}

Bands of three decision curves, 99 thresholds, 600 patients, 1,000 resamples: ${milliseconds(bandsMs)} ms (R's dcurves, measured
elsewhere on the same task with 100 resamples: 19 s).
`;
  writeFileSync(join(root, "docs/statistics-speed.md"), text);
}
