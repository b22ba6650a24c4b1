import { InputError, type NameScheme } from "@sentinode/core/radiomics";
import type { SettingsOptions } from "../extraction/choose-settings.ts";
import { type CommandCall, integerOption, textOption } from "./command.ts";

/** Whose names a call asks for. */
export function nameScheme(call: CommandCall): NameScheme {
  return choiceOption(call, "names", ["sentinode", "ibsi", "pyradiomics"]) ?? "sentinode";
}

/** Which settings a call asks for. */
export function settingsOptions(call: CommandCall): SettingsOptions {
  return {
    file: textOption(call, "settings"),
    profile: choiceOption(call, "profile", ["ibsi", "pyradiomics"]),
    label: integerOption(call, "label", 1),
  };
}

/**
 * The size of a pixel in mm; null for none.
 *
 * @throws {InputError} Not a number above 0.
 */
export function spacingOption(call: CommandCall): number | null {
  const text = textOption(call, "spacing");
  if (text === undefined) return null;
  const value = text.trim() === "" ? NaN : Number(text);
  if (!(value > 0 && value < Infinity))
    throw new InputError("--spacing needs a size in mm above 0; got something else");
  return value;
}

/**
 * Where the output goes.
 *
 * @param of The option that needs it.
 * @throws {InputError} The call does not say.
 */
export function outOption(call: CommandCall, of: string): string {
  const out = textOption(call, "out");
  if (out === undefined)
    throw new InputError(`sentinode extract ${of} needs --out; see sentinode extract --help`);
  return out;
}

/**
 * One of several words, or undefined where the option was not given.
 *
 * @throws {InputError} Another word.
 */
export function choiceOption<const Word extends string>(
  call: CommandCall,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const text = textOption(call, name);
  const found = words.find((one) => one === text);
  if (text !== undefined && found === undefined)
    throw new InputError(`--${name} needs ${words.join(" or ")}; got something else`);
  return found;
}
