import { InputError } from "@sentinode/core";
import { describe, expect, it } from "vitest";
import {
  type Command,
  type CommandCall,
  commandHelp,
  integerOption,
  parseCall,
  textOption,
} from "./command.ts";
import { createTerminal } from "./terminal.ts";

const command: Command = {
  name: "measure",
  usage: "FILE [SECOND]",
  summary: "measures a file",
  options: {
    out: { value: "DIR", help: "where to write" },
    jobs: { value: "N", help: "workers" },
    fast: { help: "hurry" },
  },
  arguments: [1, 2],
  run: () => Promise.resolve(null),
};

function call(...words: string[]): CommandCall {
  const streams = { out: () => undefined, error: () => undefined, isInteractive: false, now: () => 0 };
  const terminal = createTerminal(streams, { json: false, quiet: false });
  return { ...parseCall(command, words), terminal, interrupted: new AbortController().signal };
}

describe("the arguments of a command", () => {
  it("are options with and without a value, and what is neither, in any order", () => {
    const { positionals, options } = parseCall(command, [
      "--fast",
      "a.csv",
      "--out",
      "dir",
      "--jobs=3",
      "b.csv",
    ]);
    expect(positionals).toEqual(["a.csv", "b.csv"]);
    expect(options).toEqual({ fast: true, out: "dir", jobs: "3" });
  });

  it("may be files that look like options after --", () => {
    expect(parseCall(command, ["--", "--out"]).positionals).toEqual(["--out"]);
  });

  it.each([
    ["an unknown option", ["--colour", "a"]],
    ["an unknown short option", ["-x", "a"]],
    ["an option without its value", ["a", "--out"]],
    ["a switch with a value", ["a", "--fast=yes"]],
    ["the name of something that every object has", ["a", "--constructor"]],
    ["too few arguments", []],
    ["too many arguments", ["a", "b", "c"]],
  ])("are refused with the command's name and a hint: %s", (_what, words) => {
    expect(() => parseCall(command, words)).toThrow(InputError);
    expect(() => parseCall(command, words)).toThrow(/^sentinode measure.*sentinode measure --help$/s);
  });

  it("need not be complete when help is asked for", () => {
    expect(parseCall(command, ["--help"]).options["help"]).toBe(true);
  });

  it("are known to every command: help, json and quiet", () => {
    expect(parseCall(command, ["a", "--json", "--quiet"]).options).toEqual({ json: true, quiet: true });
  });
});

describe("an option", () => {
  it("is text, or undefined where it was not given", () => {
    expect([textOption(call("a", "--out", ""), "out"), textOption(call("a"), "out")]).toEqual([
      "",
      undefined,
    ]);
  });

  it("is a whole number of at least the least", () => {
    expect(integerOption(call("a", "--jobs", "1"), "jobs", 1)).toBe(1);
    expect(integerOption(call("a"), "jobs", 1)).toBeUndefined();
  });

  it.each(["0", "", " ", "1.5", "-1", "1e3", "0x10", "two", "9007199254740993"])(
    "is refused as a number where it says %j",
    (text) => {
      const refused = call("a", `--jobs=${text}`);
      expect(() => integerOption(refused, "jobs", 1)).toThrow(InputError);
    },
  );
});

describe("the help of a command", () => {
  it("names its use, its summary and every option with what it does", () => {
    const text = commandHelp(command);
    expect(text).toMatch(/^sentinode measure FILE \[SECOND\]\n\nmeasures a file\n/);
    for (const line of ["--out DIR", "--jobs N", "--fast", "--help", "--json", "--quiet"])
      expect(text).toContain(`  ${line}`);
    expect(text).toContain("where to write");
  });
});
