import { InputError, checkStudy } from "@sentinode/core";
import { loadStudy } from "../files/load-study.ts";
import { softwareName } from "../software.ts";
import { emptyJournal } from "../store/journal.ts";
import { createNodeMachine } from "../workers/node-machine.ts";
import { createWorkerPool } from "../workers/pool.ts";
import { checkFile } from "./check-file.ts";
import { type Command, type CommandCall, integerOption, textOption, workOptions } from "./command.ts";

/** `sentinode check`: reads everything and reports every problem; changes nothing. */
export const check: Command = {
  name: "check",
  usage: "STUDY.yaml [--data DIR] | [--image F] [--mask F] [--out DIR] -- FILE",
  summary:
    "Reads a study, or one table, image, mask or archive, and reports every problem at once. Changes nothing.",
  arguments: [1, 1],
  options: {
    data: {
      value: "DIR",
      help: "folder that the protocol's paths are relative to (default: the protocol's own)",
    },
    image: { value: "F", help: "image that FILE is the mask of" },
    mask: { value: "F", help: "mask that belongs to the image FILE" },
    out: { value: "DIR", help: "output folder of other commands; nothing is written to it" },
    jobs: workOptions.jobs,
  },
  run: (call) => (/\.ya?ml$/i.test(call.positionals[0]) ? checkStudyFile(call) : checkOneFile(call)),
};

async function checkStudyFile(call: CommandCall): Promise<unknown> {
  const { protocol, table, dataFolder } = await loadStudy(call.positionals[0], textOption(call, "data"));
  const pool = createWorkerPool(integerOption(call, "jobs", 1) ?? 2, call.interrupted);
  const machine = createNodeMachine({
    dataFolder,
    pool,
    journal: emptyJournal(),
    software: softwareName,
    progress: (step, done, total) => call.terminal.progress(step, done, total),
  });
  try {
    const checked = await checkStudy({ protocol, table, software: softwareName }, machine);
    for (const finding of checked.findings) call.terminal.warn(finding);
    const { flow } = checked;
    call.terminal.say(
      `${protocol.name}: ready to run; ${String(flow.analysed)} of ${String(flow.assessed)} patients, ${String(flow.events)} with ${protocol.outcome.label}, ${String(checked.images)} images, models ${Object.keys(protocol.models).join(", ")}`,
    );
    const warnings = checked.findings.filter(({ severity }) => severity !== "info");
    return {
      status: warnings.length === 0 ? "accept" : "accept-with-warning",
      messages: warnings.map(({ message }) => message),
      truth: {
        patients: flow.analysed,
        events: flow.events,
        images: checked.images,
        columns: checked.predictors,
      },
    };
  } finally {
    await pool.close();
  }
}

async function checkOneFile(call: CommandCall): Promise<unknown> {
  const [image, mask] = [textOption(call, "image"), textOption(call, "mask")];
  const verdict = await checkFile({
    file: call.positionals[0],
    ...(image === undefined ? {} : { image }),
    ...(mask === undefined ? {} : { mask }),
  });
  if (verdict.status === "error") {
    if (call.terminal.json) process.stdout.write(`${JSON.stringify(verdict)}\n`);
    throw new InputError(verdict.messages);
  }
  for (const message of verdict.messages) call.terminal.warn({ code: "check", severity: "warning", message });
  call.terminal.say(`${call.positionals[0]}: ${verdict.status}`);
  return verdict;
}
