import { resolve } from "node:path";
import { differenceWords, inputDifferences, InputError, outputDifferences } from "@sentinode/core";
import { isCrate, verifyCrate } from "../store/verify-crate.ts";
import { readRunProvenance, verifyRun } from "../store/verify-run.ts";
import { type Command, type CommandCall, textOption } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** `sentinode verify`: whether a run is what it was. */
export const verify: Command = {
  name: "verify",
  usage: "RUN [--data DIR] [--against OTHER]",
  summary:
    "Compares a run or an exported crate with its own record: every file, the chain of its ledger, and its inputs where they can be reached; or says in which inputs two runs differ. Fails where something was changed.",
  arguments: [1, 1],
  options: {
    data: { value: "DIR", help: "folder of the inputs (default: that of the run)" },
    against: { value: "OTHER", help: "another run: says which inputs and outputs differ" },
  },
  run: (call) => Promise.resolve(verifyOrCompare(call)),
};

function verifyOrCompare(call: CommandCall): unknown {
  const folder = resolve(call.positionals[0]);
  const other = textOption(call, "against");
  if (other !== undefined) return compare(folder, resolve(other), call.terminal);
  if (isCrate(folder)) {
    const found = verifyCrate(folder);
    return told(call.terminal, { folder, ...found }, `${String(found.outputs)} files of a crate`);
  }
  const data = textOption(call, "data");
  const found = verifyRun(folder, data === undefined ? undefined : resolve(data));
  const inputs = found.inputs === null ? "" : `, ${String(found.inputs)} input files`;
  const what = `${String(found.outputs)} files, ${String(found.ledgerLines)} ledger lines${inputs}`;
  return told(call.terminal, { folder, ...found }, what);
}

interface Found {
  readonly folder: string;
  readonly run: string;
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** Says what was found; a changed run is refused with everything that was changed. */
function told(terminal: Terminal, found: Found, what: string): unknown {
  const whole = found.problems.length === 0;
  const document = { ...found, whole };
  for (const note of found.notes) terminal.say(note);
  if (whole) {
    terminal.say(`whole: run ${found.run}: ${what}`);
    return document;
  }
  if (terminal.json) process.stdout.write(`${JSON.stringify(document)}\n`);
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
