import { dirname, resolve } from "node:path";
import { InputError } from "@sentinode/core";
import { type Command, type CommandCall, integerOption, textOption, workOptions } from "./command.ts";
import { simulateFolder } from "./simulate-folder.ts";

/** `sentinode simulate`: a simulated cohort as a study folder. */
export const simulate: Command = {
  name: "simulate",
  usage: "--out DIR [--patients N] [--signal S] [--seed N]",
  summary:
    "Writes a simulated NSLN cohort: table, ultrasound images, masks, study.yaml and the truth. Nobody in it is real.",
  arguments: [0, 0],
  options: {
    out: { value: "DIR", help: "folder to write, empty or simulated before" },
    patients: { value: "N", help: "number of simulated patients (default: 1647)" },
    signal: { value: "S", help: "how much of the outcome the images show: 1 as designed (default), 0 none" },
    seed: { ...workOptions.seed, help: "seed of all random numbers (default: 1)" },
  },
  run: async (call) => {
    const out = textOption(call, "out");
    if (out === undefined)
      throw new InputError("sentinode simulate needs --out DIR; see sentinode simulate --help");
    const patients = integerOption(call, "patients", 1) ?? 1647;
    const [seed, signal] = [integerOption(call, "seed", 0) ?? 1, signalOption(call)];
    const protocol = await simulateFolder(
      { patients, seed, signal, out: resolve(out) },
      call.terminal,
      call.interrupted,
    );
    call.terminal.say(`SIMULATED DATA: ${String(patients)} simulated patients; protocol: ${protocol}`);
    return { simulated: true, patients, seed, signal, folder: dirname(protocol), protocol };
  },
};

function signalOption(call: CommandCall): number {
  const text = textOption(call, "signal") ?? "1";
  if (!/^\d{1,3}(\.\d{1,6})?$/.test(text))
    throw new InputError("--signal needs a number of at least 0 such as 1 or 0.5; got something else");
  return Number(text);
}
