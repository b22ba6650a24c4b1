import { describe, expect, it } from "vitest";
import { machineRefusal, withPlace } from "./machine-refusal.ts";

const failure = (code: string) => Object.assign(new Error(`${code}: some words, write`), { code });

describe("a refusal of the machine", () => {
  it("names what, where, how much is needed and free, and what to do", () => {
    const text = machineRefusal(withPlace(failure("ENOSPC"), "/nowhere/report.html", 2_500_000));
    expect(text).toMatch(/^\/nowhere\/report\.html: the disk is full \(this file needs 2\.5 MB\); free some/);
    expect(machineRefusal(withPlace(failure("ENOSPC"), "report.html", 10))).toMatch(
      /\(this file needs 1 kB, [\d.]+ [kMG]B are free\)/,
    );
  });

  it.each(["EIO", "EROFS", "EACCES", "EPERM", "EMFILE", "ENFILE", "ENOMEM", "EDQUOT", "EFBIG"])(
    "of the code %s has words of its own that say what to do",
    (code) => {
      const text = machineRefusal(withPlace(failure(code), "/nowhere/a.csv"));
      expect(text).toMatch(/^\/nowhere\/a\.csv: .+; .+ and run the same command again/);
      expect(text).not.toContain(code);
    },
  );

  it("keeps the system's words where it has none of its own", () => {
    expect(machineRefusal(failure("EXDEV"))).toBe("the machine refused: EXDEV: some words, write");
  });

  it("is one too where a worker thread finds no room", () => {
    const started = new Error("Worker initialization failure: EMFILE");
    expect(machineRefusal(Object.assign(started, { code: "ERR_WORKER_INIT_FAILED" }))).toMatch(/more files/);
    const grown = new Error("Worker terminated due to reaching memory limit");
    expect(machineRefusal(Object.assign(grown, { code: "ERR_WORKER_OUT_OF_MEMORY" }))).toMatch(/memory/);
  });

  it("is no error without a code of the file system", () => {
    expect(machineRefusal(new Error("x"))).toBeNull();
    expect(machineRefusal(Object.assign(new Error("x"), { code: "ERR_X" }))).toBeNull();
    expect(machineRefusal("ENOSPC")).toBeNull();
    const other = new Error("x");
    expect(withPlace(other, "/a")).toBe(other);
  });
});
