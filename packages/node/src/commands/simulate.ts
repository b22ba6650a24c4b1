import { dirname, resolve } from "node:path";
import { InputError } from "@sentinode/core";
import { type Command, integerOption, textOption, workOptions } from "./command.ts";
import { nonNegativeOption, signalDescription, signalOption } from "./signal-option.ts";
import { simulateFolder } from "./simulate-folder.ts";

/** `sentinode simulate`: a simulated cohort as a study folder. */
export const simulate: Command = {
  name: "simulate",
  usage: "--out DIR [--patients N] [--signal S] [--scanners N] [--scanner-bias B] [--seed N] [--jobs N]",
  summary:
    "Writes a simulated NSLN cohort: table, ultrasound images, masks, study.yaml and the truth. Nobody in it is real.",
  arguments: [0, 0],
  options: {
    out: { value: "DIR", help: "folder to write, empty or simulated before" },
    patients: { value: "N", help: "number of simulated patients (default: 1647)" },
    signal: signalDescription,
    scanners: { value: "N", help: "scanners in use over the years, 1 to 4 (default: 4)" },
    "scanner-bias": {
      value: "B",
      help: "log odds by which patients with the event rather stand at the first scanner (default: 0)",
    },
    jobs: workOptions.jobs,
    seed: { ...workOptions.seed, help: "seed of all random numbers (default: 1)" },
  },
  run: async (call) => {
    const out = textOption(call, "out");
    if (out === undefined)
      throw new InputError("sentinode simulate needs --out DIR; see sentinode simulate --help");
    const patients = integerOption(call, "patients", 1) ?? 1647;
    const [seed, signal] = [integerOption(call, "seed", 0) ?? 1, signalOption(call)];
    const scanners = integerOption(call, "scanners", 1) ?? 4;
    const scannerBias = nonNegativeOption(call, "scanner-bias", 0);
    const jobs = integerOption(call, "jobs", 1);
    const protocol = await simulateFolder(
      { patients, seed, signal, scanners, scannerBias, jobs, out: resolve(out) },
      call.terminal,
      call.interrupted,
    );
    call.terminal.say(`SIMULATED DATA: ${String(patients)} simulated patients; protocol: ${protocol}`);
    return {
      simulated: true,
      patients,
      seed,
      signal,
      scanners,
      scannerBias,
      folder: dirname(protocol),
      protocol,
    };
  },
};
