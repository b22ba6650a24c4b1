import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "@sentinode/core";
import { describe, expect, it } from "vitest";
import { parseCall } from "./command.ts";
import { demo } from "./demo.ts";
import { createTerminal } from "./terminal.ts";

function runDemo(...words: string[]) {
  const said: string[] = [];
  const streams = {
    out: (text: string) => said.push(text),
    error: () => undefined,
    isInteractive: false,
    now: () => 0,
  };
  const terminal = createTerminal(streams, { json: false, quiet: false });
  const done = demo.run({
    ...parseCall(demo, words),
    terminal,
    interrupted: new AbortController().signal,
  });
  return { done, said };
}

describe("demo --leak", () => {
  it("lists twelve mistakes", async () => {
    const { done, said } = runDemo("--leak", "list");
    await done;
    expect(said).toHaveLength(12);
  });

  it("refuses a mistake that it does not know, and names those that it does", async () => {
    await expect(runDemo("--leak", "bad-luck").done).rejects.toThrow(InputError);
    await expect(runDemo("--leak", "bad-luck").done).rejects.toThrow(/same-patient/);
  });

  it("writes a page and its numbers", async () => {
    const out = mkdtempSync(join(tmpdir(), "sentinode-leak-"));
    const { done, said } = runDemo(
      ...["--leak", "scaling-before-split", "--patients", "120", "--permutations", "20", "--out", out],
    );
    await done;
    expect(readFileSync(join(out, "leak-laboratory.html"), "utf8")).toContain("Scaled before the split");
    const { schema, simulated, leaks } = JSON.parse(readFileSync(join(out, "leak.json"), "utf8")) as {
      schema: string;
      simulated: boolean;
      leaks: readonly { readonly mode: string }[];
    };
    expect({ schema, simulated, modes: leaks.map(({ mode }) => mode) }).toEqual({
      schema: "sentinode/leaks@1",
      simulated: true,
      modes: ["scaling-before-split"],
    });
    expect(said.join("")).toMatch(/SIMULATED DATA[\s\S]*with the mistake/);
    rmSync(out, { recursive: true });
  });
});
