import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openRunLedger, recordedOpenings, recordOnce } from "./run-ledger.ts";

const place = mkdtempSync(join(tmpdir(), "run-ledger-"));
afterAll(() => {
  rmSync(place, { recursive: true });
});

let path = "";
let count = 0;
const opening = {
  dataset: "test",
  purpose: "held-out evaluation",
  patients: 30,
  protocol: "sha256:a",
  models: [],
};

beforeEach(() => {
  path = join(place, `${String(count++)}.jsonl`);
});

const openings = () => recordedOpenings(openRunLedger(path).entries());

describe("openings in the ledger of a run", () => {
  it("are counted once in a run that is interrupted and goes on, and once more in the next", () => {
    for (let start = 0; start < 3; start++) recordOnce(openRunLedger(path), "outcomes opened", opening);
    expect(openings()).toHaveLength(1);
    openRunLedger(path).append("run completed", {});
    recordOnce(openRunLedger(path), "outcomes opened", opening);
    expect(openings()).toMatchObject([
      { line: 1, dataset: "test", protocolHash: "sha256:a" },
      { line: 3, dataset: "test", protocolHash: "sha256:a" },
    ]);
  });

  it("are not counted again where the process died after its last line", () => {
    recordOnce(openRunLedger(path), "outcomes opened", opening);
    openRunLedger(path).append("run completed", {});
    recordOnce(openRunLedger(path, true), "outcomes opened", opening);
    expect(openings()).toHaveLength(1);
  });

  it("are counted for another protocol whatever happened before", () => {
    recordOnce(openRunLedger(path), "outcomes opened", opening);
    openRunLedger(path).append("run completed", {});
    recordOnce(openRunLedger(path, true), "outcomes opened", { ...opening, protocol: "sha256:b" });
    expect(openings().map(({ protocolHash }) => protocolHash)).toEqual(["sha256:a", "sha256:b"]);
  });
});
