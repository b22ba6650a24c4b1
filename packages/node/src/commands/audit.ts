import { resolve } from "node:path";
import { InputError, type StudyAudit } from "@sentinode/core";
import { auditRunFolder } from "../store/audit-run.ts";
import { type Command, integerOption, textOption, workOptions } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** `sentinode audit`: six questions to a finished run. */
export const audit: Command = {
  name: "audit",
  usage: "RUN [--permutations N] [--budget MINUTES] [--data DIR] [--jobs N]",
  summary:
    "Asks a finished run whether its results can be believed: learns everything again on permuted outcomes, and looks at predictors, ledger, patients, shortcuts and plausibility. Writes audit.json and the audit of the report. Fails where a lamp is red.",
  arguments: [1, 1],
  options: {
    permutations: { value: "N", help: "how often the outcomes are permuted, at least 20 (default: 200)" },
    budget: { value: "MINUTES", help: "begin no more permutations after this time, but for the first 20" },
    data: { value: "DIR", help: "folder of the data (default: that of the run)" },
    jobs: workOptions.jobs,
  },
  run: async (call) => {
    const run = resolve(call.positionals[0]);
    const found = await auditRunFolder({
      run,
      data: textOption(call, "data"),
      permutations: integerOption(call, "permutations", 20) ?? 200,
      budget: integerOption(call, "budget", 1),
      jobs: integerOption(call, "jobs", 1),
      terminal: call.terminal,
      interrupted: call.interrupted,
    });
    say(call.terminal, found);
    const document = {
      run,
      audit: resolve(run, "audit.json"),
      report: resolve(run, "report.html"),
      colour: found.colour,
      lamps: found.lamps.map(({ name, colour, verdict, reasons }) => ({ name, colour, verdict, reasons })),
    };
    if (found.colour !== "red") return document;
    if (call.terminal.json) process.stdout.write(`${JSON.stringify(document)}\n`);
    throw new InputError(
      found.lamps.flatMap(({ title, reasons }) =>
        reasons.flatMap(({ colour, message }) => (colour === "red" ? [`${title}: ${message}`] : [])),
      ),
    );
  },
};

function say(terminal: Terminal, { lamps }: StudyAudit): void {
  for (const { title, colour, verdict, reasons } of lamps) {
    terminal.say(`${colour.toUpperCase().padEnd(6)} ${title}: ${verdict}`);
    for (const { colour: grave, message } of reasons)
      if (grave === "amber") terminal.say(`         ${message}`);
  }
}
