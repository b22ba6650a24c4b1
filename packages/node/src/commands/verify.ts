import { resolve } from "node:path";
import { differenceWords, inputDifferences, InputError, outputDifferences } from "@sentinode/core";
import { readRunProvenance, verifyRun } from "../store/verify-run.ts";
import { type Command, type CommandCall, textOption } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** `sentinode verify`: whether a run is what it was. */
export const verify: Command = {
  name: "verify",
  usage: "RUN [--data DIR] [--against OTHER]",
  summary:
    "Compares a run with its own record: every file, the chain of its ledger, and its inputs where they can be reached; or says in which inputs two runs differ. Fails where something was changed.",
  arguments: [1, 1],
  options: {
    data: { value: "DIR", help: "folder of the inputs (default: that of the run)" },
    against: { value: "OTHER", help: "another run: says which inputs and outputs differ" },
  },
  run: (call) => Promise.resolve(verifyOrCompare(call)),
};

function verifyOrCompare(call: CommandCall): unknown {
  const run = resolve(call.positionals[0]);
  const other = textOption(call, "against");
  if (other !== undefined) return compare(run, resolve(other), call.terminal);
  const data = textOption(call, "data");
  const found = verifyRun(run, data === undefined ? undefined : resolve(data));
  for (const note of found.notes) call.terminal.say(note);
  const document = { folder: run, whole: found.problems.length === 0, ...found };
  if (document.whole) {
    const inputs = found.inputs === null ? "" : `, ${String(found.inputs)} input files`;
    call.terminal.say(
      `whole: run ${found.run}: ${String(found.outputs)} files, ${String(found.ledgerLines)} ledger lines${inputs}`,
    );
    return document;
  }
  if (call.terminal.json) process.stdout.write(`${JSON.stringify(document)}\n`);
  throw new InputError(found.problems);
}

/** What explains that two runs gave other results. */
function compare(run: string, other: string, terminal: Terminal): unknown {
  const [before, after] = [readRunProvenance(run), readRunProvenance(other)];
  const inputs = inputDifferences(before.inputs, after.inputs);
  const outputs = outputDifferences(before, after);
  if (inputs.length === 0) terminal.say("both are the same run: no input differs");
  for (const difference of [...inputs, ...outputs]) terminal.say(differenceWords(difference));
  return { same: before.run === after.run, inputs, outputs };
}
