import type { Finding } from "@sentinode/core";
import { describe, expect, it } from "vitest";
import { createTerminal, printable } from "./terminal.ts";

interface Mode {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly isInteractive?: boolean;
}

/** A terminal on a clock that the test sets, with everything that was written. */
function recorded({ json = false, quiet = false, isInteractive = false }: Mode) {
  const written = { out: "", error: "" };
  const clock = { now: 100_000 };
  const terminal = createTerminal(
    {
      out: (text) => (written.out += text),
      error: (text) => (written.error += text),
      isInteractive,
      now: () => clock.now,
    },
    { json, quiet },
  );
  return { terminal, written, clock };
}

const finding: Finding = { code: "odd", severity: "warning", message: "it is \u001b[31modd\u001b[0m" };
const parsedLines = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

describe("printable", () => {
  it("escapes what steers a terminal or turns the direction of text", () => {
    expect(printable("a\u001b[2Jb\rc\u0007\u009b\u202ed\u0000")).toBe(
      "a\\x1b[2Jb\\x0dc\\x07\\x9b\\x202ed\\x00",
    );
  });

  it("leaves text, tabs and line ends as they are", () => {
    const text = "Größe 5 µm\t淋巴结\n\u{1f600} ½";
    expect(printable(text)).toBe(text);
  });
});

describe("a terminal", () => {
  it("says on stdout and warns on stderr, without control characters", () => {
    const { terminal, written } = recorded({});
    terminal.say("read \u001b]0;title\u0007 file");
    terminal.warn(finding);
    expect(written).toEqual({
      out: "read \\x1b]0;title\\x07 file\n",
      error: "warning: it is \\x1b[31modd\\x1b[0m\n",
    });
  });

  it("keeps stdout for the document with --json, and writes JSON lines on stderr", () => {
    const { terminal, written, clock } = recorded({ json: true, isInteractive: true });
    terminal.say("not shown");
    terminal.warn(finding);
    terminal.progress("fits", 0, 10);
    clock.now += 4000;
    terminal.progress("fits", 4, 10);
    clock.now += 6000;
    terminal.progress("fits", 10, 10);
    terminal.endProgress();
    expect(written.out).toBe("");
    expect(parsedLines(written.error)).toEqual([
      { finding },
      { progress: { step: "fits", done: 0, total: 10, secondsLeft: null } },
      { progress: { step: "fits", done: 4, total: 10, secondsLeft: 6 } },
      { progress: { step: "fits", done: 10, total: 10, secondsLeft: 0 } },
    ]);
    expect(written.error).not.toContain("\u001b");
    expect(written.error).not.toContain("\n\n");
  });

  it("writes JSON lines also where a warning comes between two steps of progress", () => {
    const { terminal, written, clock } = recorded({ json: true, isInteractive: true });
    terminal.progress("fits", 1, 10);
    terminal.warn(finding);
    clock.now += 1000;
    terminal.progress("images", 1, 10);
    expect(parsedLines(written.error)).toHaveLength(3);
  });

  it("writes nothing with --quiet", () => {
    const { terminal, written } = recorded({ quiet: true, isInteractive: true });
    terminal.say("a");
    terminal.warn(finding);
    terminal.progress("fits", 1, 2);
    terminal.endProgress();
    expect(written).toEqual({ out: "", error: "" });
  });

  it("writes one line over and over for a person, and ends it before anything else is said", () => {
    const { terminal, written, clock } = recorded({ isInteractive: true });
    terminal.progress("fits", 1, 100);
    clock.now += 1000;
    terminal.progress("fits", 11, 100);
    terminal.warn({ ...finding, message: "odd" });
    expect(written.error.split("\r\u001b[2K").slice(1)).toEqual([
      "fits: 1 of 100, about 1 s left",
      "fits: 11 of 100, about 8 s left\nwarning: odd\n",
    ]);
  });

  it("does not write more often than a person can read, and always the last step", () => {
    const { terminal, written, clock } = recorded({ isInteractive: true });
    for (let done = 1; done <= 1000; done++) {
      clock.now += 1;
      terminal.progress("fits", done, 1000);
    }
    const shown = written.error.split("\r\u001b[2K").slice(1);
    expect(shown.length).toBeLessThanOrEqual(7);
    expect(shown.at(-1)).toBe("fits: 1000 of 1000\n");
  });

  it("gives long times in minutes", () => {
    const { terminal, written, clock } = recorded({});
    terminal.progress("fits", 0, 10);
    clock.now += 60_000;
    terminal.progress("fits", 1, 10);
    expect(written.error).toBe("fits: 0 of 10\nfits: 1 of 10, about 9 min left\n");
  });
});
