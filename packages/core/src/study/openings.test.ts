import { describe, expect, it } from "vitest";
import { openingFindings, openingWords, partOpenings, type RecordedOpening } from "./openings.ts";

function opening(
  line: number,
  protocolHash: string,
  dataset: "test" | "prospective" = "test",
): RecordedOpening {
  return { line, dataset, purpose: "held-out evaluation", protocolHash, models: [] };
}

describe("openings of sealed outcomes", () => {
  it("are counted by part, and the first is the one to cite", () => {
    const parts = partOpenings([
      opening(2, "a"),
      opening(3, "a", "prospective"),
      opening(6, "a"),
      opening(9, "a"),
    ]);
    expect(parts.map(openingWords)).toEqual([
      "the test set was opened 3 times; the first opening (line 2 of the ledger) is the one to cite",
      "the prospective set was opened once (line 3 of the ledger)",
    ]);
    expect(openingFindings(parts)).toEqual([]);
  });

  it("are marked where the protocol is not that of the first", () => {
    const parts = partOpenings([opening(2, "a"), opening(5, "b"), opening(8, "a"), opening(11, "c")]);
    const [finding] = openingFindings(parts);
    expect(finding.code).toBe("protocol-changed-after-opening");
    expect(finding.message).toContain("ledger lines 5, 11");
  });
});
