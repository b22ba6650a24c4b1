/** A worker of the bench: judges one cohort of one scenario at a time. */
import { parentPort, workerData } from "node:worker_threads";
import { judgeCohort, populationOfSignal, SCENARIOS } from "./scenarios.ts";
import type { Population } from "./population.ts";

const { population: size } = workerData as { readonly population: number };
const populations = new Map<number, Promise<Population>>();

parentPort!.on("message", ({ name, index }: { readonly name: string; readonly index: number }) => {
  void answer(name, index);
});

async function answer(name: string, index: number): Promise<void> {
  const scenario = SCENARIOS.find((one) => one.name === name)!;
  const population = populations.get(scenario.signal) ?? populationOfSignal(scenario.signal, size);
  populations.set(scenario.signal, population);
  parentPort!.postMessage(await judgeCohort(scenario, index, await population));
}
