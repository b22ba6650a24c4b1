import { resolve } from "node:path";
import { runStudyFolder } from "../store/run-folder.ts";
import { type Command, integerOption, textOption, workOptions } from "./command.ts";
import { loadStudy } from "../files/load-study.ts";

/** `sentinode run`: the whole study. */
export const run: Command = {
  name: "run",
  usage: "STUDY.yaml [--out DIR] [--data DIR] [--jobs N] [--seed N]",
  summary:
    "Runs the whole study: cohort, features, models, validation, report. Goes on where an interrupted run stopped.",
  arguments: [1, 1],
  options: {
    out: { value: "DIR", help: "folder of the run (default: run beside the protocol)" },
    data: {
      value: "DIR",
      help: "folder that the protocol's paths are relative to (default: the protocol's own)",
    },
    ...workOptions,
  },
  run: async (call) => {
    const file = call.positionals[0];
    const loaded = await loadStudy(file, textOption(call, "data"));
    const seed = integerOption(call, "seed", 0);
    const study = seed === undefined ? loaded : { ...loaded, protocol: { ...loaded.protocol, seed } };
    const out = resolve(textOption(call, "out") ?? `${file.replace(/\.ya?ml$/i, "")}-run`);
    return await runStudyFolder(study, {
      out,
      jobs: integerOption(call, "jobs", 1),
      terminal: call.terminal,
      interrupted: call.interrupted,
    });
  },
};
