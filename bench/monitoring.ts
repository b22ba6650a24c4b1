/**
 * How soon a drift is seen and how often a chart sounds for nothing: `npm run bench:monitoring [-- SEEDS]`, 200 without a
 * number. Simulated patients with rendered frames; each seed draws a development set, fits the model of all three blocks
 * and replays 500 new patients in every scenario, from the first patient on and after 200 undisturbed ones. Prints the table
 * and, for 200 seeds, writes it to docs/monitoring.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { createRandom } from "../packages/core/src/math/random.ts";
import { runFitTask } from "../packages/core/src/study/fit-task.ts";
import type { Machine } from "../packages/core/src/study/machine.ts";
import { monitoringLimits, monitorModel } from "../packages/core/src/study/monitoring/monitor-model.ts";
import type { MonitorReport } from "../packages/core/src/study/monitoring/monitor-report.ts";
import { referenceDistribution } from "../packages/core/src/study/monitoring/reference-distribution.ts";
import { prepareStudy } from "../packages/core/src/study/prepare-study.ts";
import { readProtocol } from "../packages/core/src/study/read-protocol.ts";
import { type StudyModel, toStudyModel } from "../packages/core/src/study/study-model.ts";
import { memoryVault } from "../packages/core/src/study/vault.ts";
import { drawPool, type FrameChange } from "./monitoring/pool.ts";
import {
  DEVELOPMENT_PATIENTS,
  type Draw,
  drawPatients,
  lastDay,
  NEW_PATIENTS,
  replayedStudy,
  type Scenario,
  useVariables,
} from "./monitoring/scenario.ts";

const root = resolve(import.meta.dirname, "..");
const POOL = 1700;
const WITHIN = 100;
const LATE = 200;

const kept = { frames: "none", prevalence: "kept", isDelayed: false } as const;
const scenarios: readonly Scenario[] = [
  { ...kept, name: "(a) nothing" },
  { ...kept, name: "(b) gain + 15 %", frames: "gain" },
  { ...kept, name: "(c) stated pixel size × 1.3", frames: "spacing" },
  { ...kept, name: "(d) speckle filter of another vendor", frames: "filter" },
  {
    ...kept,
    name: "(e) prevalence 40 → 20 %: same patients, fewer events",
    prevalence: "same patients, fewer events",
  },
  {
    ...kept,
    name: "(e) prevalence 40 → 20 %: fewer patients with the event",
    prevalence: "fewer patients with the event",
  },
  { ...kept, name: "(f) outcomes known after 60 to 120 days, nothing changes", isDelayed: true },
  {
    ...kept,
    name: "(f) the same, prevalence 40 → 20 % in the same patients",
    isDelayed: true,
    prevalence: "same patients, fewer events",
  },
];

const protocol = readProtocol(
  readFileSync(resolve(import.meta.dirname, "monitoring/study.yaml"), "utf8"),
  "study.yaml",
);
useVariables(protocol);
const seeds = Number(process.argv[2] ?? 200);
const pool = drawPool(POOL, 1, protocol.radiomics, (done) => {
  if (done % 400 === 0)
    console.error(`measured ${String(done)} of ${String(POOL)} patients, four frames each`);
});
const patientOf = new Map(pool.map((patient) => [patient.id, patient]));

const machine: Machine = {
  extract: (images) =>
    Promise.resolve(
      images.map(({ image }) => {
        const [change, id] = image.split("/");
        return patientOf.get(id)!.features[change as FrameChange];
      }),
    ),
  fit: (data, tasks) => Promise.resolve(tasks.map((task) => runFitTask(data, task))),
  vault: memoryVault(),
  today: "2020-02-01",
};

/** What a replay showed. */
interface Sighting {
  /** Any chart sounded before the change. */
  readonly early: boolean;
  /** Cases from the change to the first alarm of any chart; Infinity: none. */
  readonly delay: number;
  readonly action: string;
}

const counts = scenarios.map(() => ({ start: [] as Sighting[], late: [] as Sighting[] }));
for (let seed = 1; seed <= seeds; seed++) {
  const random = createRandom("bench of monitoring").fork(String(seed));
  const draw = drawPatients(pool, random);
  const model = await fittedModel(draw, random.fork("fit"));
  const limits = monitoringLimits(model, model.reference!, { replays: 2000 });
  for (const [index, scenario] of scenarios.entries())
    for (const [from, list] of [
      [0, counts[index].start],
      [LATE, counts[index].late],
    ] as const) {
      const study = replayedStudy(protocol, draw, scenario, {
        from,
        random: random.fork("replay"),
        isNewOnly: true,
      });
      const { report } = await monitorModel(model, study, machine, {
        column: "known",
        asOf: lastDay,
        limits,
      });
      list.push(sighting(report, from));
    }
  if (seed % 20 === 0)
    console.error(
      [`${String(seed)} of ${String(seeds)} seeds`, ...scenarios.map((own, k) => rowOf(own, counts[k]))].join(
        "\n",
      ),
    );
}
const table = scenarios.map((scenario, index) => rowOf(scenario, counts[index]));
console.log(table.join("\n"));
if (process.argv[2] === undefined) writePage(table);

async function fittedModel(draw: Draw, random: ReturnType<typeof createRandom>): Promise<StudyModel> {
  const study = replayedStudy(protocol, draw, scenarios[0], { from: 0, random, isNewOnly: false });
  const prepared = await prepareStudy(study, machine);
  const [task] = prepared.tasks.final;
  const data = { predictors: prepared.predictors, outcome: prepared.cohort.outcome, seed: protocol.seed };
  const { model, outOfFold } = runFitTask(data, { ...task, testing: [] });
  const training = prepared.split.development;
  return toStudyModel({
    protocol,
    protocolHash: prepared.protocolHash,
    software: "bench",
    model,
    thresholds: [],
    training,
    reference: referenceDistribution({ ...prepared, model, training, outOfFold }),
  });
}

function sighting({ charts, proposal }: MonitorReport, from: number): Sighting {
  const first = charts.flatMap(({ alarms }) => alarms.map((alarm) => alarm.from.cases));
  const after = charts.flatMap(({ points, limit }) =>
    points.filter(({ cases, value }) => cases > from && Math.abs(value) > limit).map(({ cases }) => cases),
  );
  return {
    early: first.some((cases) => cases <= from),
    delay: after.reduce((least, cases) => Math.min(least, cases), Infinity) - from,
    action: proposal.action,
  };
}

function rowOf(
  { name }: Scenario,
  { start, late }: { start: readonly Sighting[]; late: readonly Sighting[] },
): string {
  const share = (list: readonly Sighting[], cases: number) =>
    `${((100 * list.filter(({ delay }) => delay <= cases).length) / list.length).toFixed(1)} %`;
  const delays = start.map(({ delay }) => delay).sort((a, b) => a - b);
  const median = delays[Math.floor(delays.length / 2)];
  const undisturbed = late.filter(({ early }) => !early);
  const recalibrates = start.filter(({ action }) => action.includes("recalibrat")).length;
  return `| ${name} | ${share(start, WITHIN)} | ${Number.isFinite(median) ? String(median) : "none"} | ${share(start, NEW_PATIENTS)} | ${share(undisturbed, WITHIN)} | ${share(undisturbed, NEW_PATIENTS - LATE)} | ${((100 * recalibrates) / start.length).toFixed(0)} % |`;
}

function writePage(rows: readonly string[]): void {
  const start = "<!-- bench:monitoring -->";
  const end = "<!-- end of bench:monitoring -->";
  const path = resolve(root, "docs/monitoring.md");
  const [before, rest] = readFileSync(path, "utf8").split(start);
  const after = rest.split(end)[1];
  const words = `${String(seeds)} seeds; development sets of ${String(DEVELOPMENT_PATIENTS)} of ${String(POOL)} simulated patients with rendered frames of several scanners, ${String(NEW_PATIENTS)} new patients each.`;
  const head = `| what changes | alarm within ${String(WITHIN)} patients | median patients to the alarm | alarm within ${String(NEW_PATIENTS)} | change after ${String(LATE)} patients: within ${String(WITHIN)} | within ${String(NEW_PATIENTS - LATE)} | a recalibration is proposed |\n|---|---|---|---|---|---|---|`;
  writeFileSync(path, `${before}${start}\n\n${words}\n\n${head}\n${rows.join("\n")}\n\n${end}${after}`);
}
