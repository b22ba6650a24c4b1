import { FormatError, InputError, NumericalError } from "@sentinode/core/radiomics";
import { type Command, commandHelp, parseCall } from "./commands/command.ts";
import { createTerminal, printable } from "./commands/terminal.ts";
import { machineRefusal } from "./files/machine-refusal.ts";
import { softwareName } from "./software.ts";

/** Commands load when they are called: a short command starts fast. */
const commands: Readonly<Record<string, { readonly summary: string; load(): Promise<Command> }>> = {
  demo: {
    summary: "simulate a cohort, run the whole study on it, write the report",
    load: async () => (await import("./commands/demo.ts")).demo,
  },
  init: {
    summary: "propose a study.yaml for a table",
    load: async () => (await import("./commands/init.ts")).init,
  },
  check: {
    summary: "read everything, report every problem, change nothing",
    load: async () => (await import("./commands/check.ts")).check,
  },
  run: { summary: "the whole study", load: async () => (await import("./commands/run.ts")).run },
  audit: {
    summary: "whether the results of a run can be believed: permuted outcomes and five more questions",
    load: async () => (await import("./commands/audit.ts")).audit,
  },
  verify: {
    summary: "whether a run is what it was: files, ledger, inputs",
    load: async () => (await import("./commands/verify.ts")).verify,
  },
  export: {
    summary: "a run as a research object (RO-Crate), with or without the data",
    load: async () => (await import("./commands/export.ts")).exportCommand,
  },
  predict: {
    summary: "probabilities for new patients",
    load: async () => (await import("./commands/predict.ts")).predict,
  },
  freeze: {
    summary: "declare a model of a run final",
    load: async () => (await import("./commands/freeze.ts")).freeze,
  },
  plan: {
    summary: "sample size before a study, and what a table at hand carries",
    load: async () => (await import("./commands/plan.ts")).plan,
  },
  monitor: {
    summary: "a frozen model watched in use: control charts and a proposal",
    load: async () => (await import("./commands/monitor.ts")).monitor,
  },
  validate: {
    summary: "judge a frozen model on prospective or external patients",
    load: async () => (await import("./commands/validate.ts")).validate,
  },
  extract: {
    summary: "radiomic features of an image and a mask",
    load: async () => (await import("./commands/extract.ts")).extract,
  },
  simulate: {
    summary: "a simulated cohort: table, images, masks, protocol, truth",
    load: async () => (await import("./commands/simulate.ts")).simulate,
  },
};

const help = `${softwareName}: nested prediction models of nodal metastasis, from table and ultrasound images to report
Research use only; not a medical device.

sentinode COMMAND [arguments] [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`)
  .join("\n")}

sentinode COMMAND --help describes one command.
`;

const exit = { done: 0, bug: 1, refused: 2, interrupted: 130 } as const;

/** What is asked of the program itself and not of a command. */
const answers: Readonly<Record<string, string>> = {
  help,
  "--help": help,
  "-h": help,
  "--version": `${softwareName}\n`,
  "-V": `${softwareName}\n`,
};

async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || Object.hasOwn(answers, name)) {
    process.stdout.write(name === undefined ? help : answers[name]);
    return name === undefined ? exit.refused : exit.done;
  }
  const known = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (known === undefined)
    throw new InputError(
      `sentinode has no command of that name; got ${printable(name)}; see sentinode --help`,
    );
  const command = await known.load();
  const { positionals, options } = parseCall(command, rest);
  if (options["help"] === true) {
    process.stdout.write(commandHelp(command));
    return exit.done;
  }
  const terminal = createTerminal(
    {
      out: (text) => process.stdout.write(text),
      error: (text) => process.stderr.write(text),
      isInteractive: process.stderr.isTTY,
      now: () => performance.now(),
    },
    { json: options["json"] === true, quiet: options["quiet"] === true },
  );
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());
  process.once("SIGTERM", () => interruption.abort());
  const document = await command.run({ positionals, options, terminal, interrupted: interruption.signal });
  terminal.endProgress();
  if (terminal.json && document !== undefined) process.stdout.write(`${JSON.stringify(document)}\n`);
  return exit.done;
}

/** What a person reads of an error, and the exit code that goes with it. */
function verdict(error: unknown): { readonly text: string; readonly code: number } {
  if (error instanceof InputError || error instanceof FormatError || error instanceof NumericalError)
    return { text: error.message, code: exit.refused };
  if (error instanceof Error && error.name === "AbortError")
    return { text: "interrupted; the same command goes on from here", code: exit.interrupted };
  const refusal = machineRefusal(error);
  if (refusal !== null) return { text: refusal, code: exit.refused };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    text: `this is a bug in ${softwareName}; please report it with these lines:\n${stack}`,
    code: exit.bug,
  };
}

// A reader that closes the pipe early, such as head, is no fault of the command.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { text, code } = verdict(error);
  process.stderr.write(`\n${text.split("\n").map(printable).join("\n")}\n`.trimStart());
  process.exitCode = code;
}
