import { InputError } from "@sentinode/core/radiomics";
import { type CommandCall, type OptionDescription, textOption } from "./command.ts";

/** `--signal` of commands that simulate. */
export const signalDescription: OptionDescription = {
  value: "S",
  help: "how much the images show of the outcome: 1 as designed (default), 0 none, above 1 more and clearer",
};

/**
 * The signal that a call asks for; 1 where it asks for none.
 *
 * @throws {InputError} Not a number of at least 0.
 */
export function signalOption(call: CommandCall): number {
  return nonNegativeOption(call, "signal", 1);
}

/**
 * A number of at least 0 from an option.
 *
 * @param otherwise Value of an option that was not given.
 * @throws {InputError} Anything else.
 */
export function nonNegativeOption(call: CommandCall, name: string, otherwise: number): number {
  const text = textOption(call, name) ?? String(otherwise);
  if (!/^\d{1,3}(\.\d{1,6})?$/.test(text))
    throw new InputError(`--${name} needs a number of at least 0 such as 1 or 0.5; got something else`);
  return Number(text);
}
