/**
 * Whether the audit catches twelve planted leaks and leaves clean analyses alone: `npm run bench:leaks`. Writes
 * docs/leak-laboratory.md; exits 1 where a leak is missed or more than one clean cohort in fifty has a red lamp.
 *
 * `--seeds N` cohorts a mistake, `--clean N` cohorts without one, `--patients N`, `--permutations N`, `--mode NAME`: with
 * any of them the page is left alone. `--jobs N` workers, which change no number.
 */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { mistakes } from "../packages/core/src/study/leak-laboratory/mistakes.ts";
import { caughtModes, falseAlarms, leaksPage } from "./leaks/page.ts";
import type { LeakRow, LeakTask } from "./leaks/task.ts";

const SIZE = { patients: 300, seeds: 2, clean: 50, permutations: 40 };

const { values } = parseArgs({
  options: {
    patients: { type: "string", default: String(SIZE.patients) },
    seeds: { type: "string", default: String(SIZE.seeds) },
    clean: { type: "string", default: String(SIZE.clean) },
    permutations: { type: "string", default: String(SIZE.permutations) },
    mode: { type: "string" },
    jobs: { type: "string", default: "2" },
  },
});
const size = {
  patients: Number(values.patients),
  seeds: Number(values.seeds),
  clean: Number(values.clean),
  permutations: Number(values.permutations),
};
const { patients, permutations } = size;
const modes = mistakes
  .map(({ mode }) => mode)
  .filter((mode) => values.mode === undefined || mode === values.mode);
const seeded = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const tasks: readonly LeakTask[] = [
  ...seeded(size.seeds).flatMap((seed) => modes.map((mode) => ({ mode, patients, seed, permutations }))),
  // Seeds of their own, so that no clean cohort is that of a mistake.
  ...seeded(size.clean).map((seed) => ({ mode: null, patients, seed: 1000 + seed, permutations })),
];

const rows = new Array<LeakRow>(tasks.length);
let next = 0;
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    const worker = new Worker(new URL("leaks/worker.ts", import.meta.url));
    while (next < tasks.length) {
      const index = next++;
      worker.postMessage(tasks[index]);
      // An error of the worker becomes a rejection here.
      rows[index] = ((await once(worker, "message")) as [LeakRow])[0];
      print(rows[index]);
    }
    await worker.terminate();
  }),
);

const caught = caughtModes(rows);
const alarms = falseAlarms(rows).length;
console.log(
  `leaks: ${String(caught.filter((one) => one.caught === one.cohorts).length)} of ${String(caught.length)} caught in every cohort; false alarms: ${String(alarms)} of ${String(size.clean)}`,
);
const isWhole =
  values.mode === undefined &&
  Object.entries(SIZE).every(([name, count]) => size[name as keyof typeof SIZE] === count);
if (isWhole) writeFileSync(resolve(import.meta.dirname, "../docs/leak-laboratory.md"), leaksPage(rows, size));
if (caught.some((one) => one.caught < one.cohorts) || alarms > size.clean / 50) process.exitCode = 1;

function print({ mode, seed, honest, leaky }: LeakRow): void {
  const words = ({ test, truth, permuted, red }: LeakRow["honest"]) =>
    `test ${test.toFixed(3)} true ${truth.toFixed(3)} permuted ${permuted.toFixed(3)}${red.length === 0 ? "" : ` RED ${red.join(", ")}`}`;
  console.log(
    `${mode ?? "clean"} seed ${String(seed)}: honest ${words(honest)}${leaky === null ? "" : `; leaky ${words(leaky)}`}`,
  );
}
