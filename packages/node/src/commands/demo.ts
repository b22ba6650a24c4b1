import { resolve } from "node:path";
import { loadStudy } from "../files/load-study.ts";
import { runStudyFolder } from "../store/run-folder.ts";
import { type Command, integerOption, textOption, workOptions } from "./command.ts";
import { demonstrateLeaks, leakOptions } from "./demo-leak.ts";
import { signalDescription, signalOption } from "./signal-option.ts";
import { simulateFolder } from "./simulate-folder.ts";

/** `sentinode demo`: a simulated cohort and the whole study on it. */
export const demo: Command = {
  name: "demo",
  usage: "[--patients N] [--signal S] [--out DIR] [--leak MODE] [--seed N] [--jobs N]",
  summary:
    "Simulates a small NSLN cohort with ultrasound images, runs the whole study on it and writes the report. All of it is simulated.",
  arguments: [0, 0],
  options: {
    patients: { value: "N", help: "number of simulated patients (default: 300)" },
    signal: signalDescription,
    out: { value: "DIR", help: "folder for data and run (default: demo-run)" },
    ...workOptions,
    seed: { value: "N", help: "seed of the simulation and the study (default: 1)" },
    ...leakOptions,
  },
  run: async (call) => {
    if (textOption(call, "leak") !== undefined) return await demonstrateLeaks(call);
    const out = resolve(textOption(call, "out") ?? "demo-run");
    const seed = integerOption(call, "seed", 0) ?? 1;
    const patients = integerOption(call, "patients", 100) ?? 300;
    call.terminal.say(
      `SIMULATED DATA: drawing ${String(patients)} simulated patients with ultrasound images`,
    );
    const jobs = integerOption(call, "jobs", 1);
    const signal = signalOption(call);
    const file = await simulateFolder(
      { patients, seed, signal, jobs, out: `${out}/data` },
      call.terminal,
      call.interrupted,
    );
    const study = await loadStudy(file, undefined);
    return await runStudyFolder(study, {
      out: `${out}/run`,
      jobs,
      terminal: call.terminal,
      interrupted: call.interrupted,
    });
  },
};
