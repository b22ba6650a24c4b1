import { parseArgs } from "node:util";
import { InputError } from "@sentinode/core/radiomics";
import type { Terminal } from "./terminal.ts";

/** One option of a command; a `value` names its argument in the help, without one it is a switch. */
export interface OptionDescription {
  readonly value?: string;
  readonly help: string;
}

/** What a command was called with, names checked. */
export interface CommandCall {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** A command of the command line: read, call core, write. */
export interface Command {
  readonly name: string;
  /** Arguments after the name, as in the help. */
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, OptionDescription>>;
  /** Least and most number of arguments that are not options. */
  readonly arguments: readonly [number, number];
  /** @returns The document that `--json` prints. */
  run(call: CommandCall): Promise<unknown>;
}

const commonOptions: Readonly<Record<string, OptionDescription>> = {
  help: { help: "show this help" },
  json: { help: "one JSON document on stdout, progress as JSON lines on stderr" },
  quiet: { help: "print nothing but errors and results" },
};

/** Options of commands that work long or draw random numbers. */
export const workOptions = {
  jobs: { value: "N", help: "worker threads (default: all cores)" },
  seed: { value: "N", help: "seed of all random numbers (default: the protocol's)" },
} as const;

/**
 * Arguments of a command, checked against its description.
 *
 * @param words Everything after the command's name.
 * @throws {InputError} An unknown option, an option without its value, too few or too many arguments.
 */
export function parseCall(
  command: Command,
  words: readonly string[],
): Pick<CommandCall, "positionals" | "options"> {
  const described = { ...command.options, ...commonOptions };
  const options = Object.fromEntries(
    Object.entries(described).map(([name, option]) => [
      name,
      { type: option.value === undefined ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new InputError(`sentinode ${command.name}: ${reason}; see sentinode ${command.name} --help`);
  }
  const [least, most] = command.arguments;
  const got = parsed.positionals.length;
  if (parsed.values["help"] !== true && (got < least || got > most))
    throw new InputError(
      `sentinode ${command.name} ${command.usage}: needs ${String(least)}${most === least ? "" : ` to ${String(most)}`} arguments; got ${String(got)}; see sentinode ${command.name} --help`,
    );
  return { positionals: parsed.positionals, options: parsed.values };
}

/** Help of one command. */
export function commandHelp(command: Command): string {
  const described = { ...command.options, ...commonOptions };
  const left = (name: string, option: OptionDescription) =>
    `  --${name}${option.value === undefined ? "" : ` ${option.value}`}`;
  const width = Math.max(...Object.entries(described).map(([name, option]) => left(name, option).length)) + 2;
  const lines = Object.entries(described).map(
    ([name, option]) => `${left(name, option).padEnd(width)}${option.help}`,
  );
  return `sentinode ${command.name} ${command.usage}\n\n${command.summary}\n\n${lines.join("\n")}\n`;
}

/** The text of an option, or undefined where it was not given. */
export function textOption(call: CommandCall, name: string): string | undefined {
  const value = call.options[name];
  return typeof value === "string" ? value : undefined;
}

/**
 * A whole number from an option.
 *
 * @throws {InputError} Not a whole number of at least `least`.
 */
export function integerOption(call: CommandCall, name: string, least: number): number | undefined {
  const text = textOption(call, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text) || Number(text) < least)
    throw new InputError(`--${name} needs a whole number of at least ${String(least)}; got something else`);
  return Number(text);
}
