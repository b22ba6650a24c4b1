import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { tenonScore } from "./tenon-score.ts";

const least = { tumourSizeMm: 5, macrometastasis: false, positiveNodes: 1, removedNodes: 3 };

describe("the Tenon score", () => {
  it("has the range 0-7", () => {
    const scores = [1, 10, 10.1, 20, 20.1, 80].flatMap((tumourSizeMm) =>
      [false, true].flatMap((macrometastasis) =>
        [1, 2, 3].flatMap((positiveNodes) =>
          [3, 4, 6].map((removedNodes) =>
            tenonScore({ tumourSizeMm, macrometastasis, positiveNodes, removedNodes }),
          ),
        ),
      ),
    );
    expect(Math.min(...scores)).toBe(0);
    expect(Math.max(...scores)).toBe(7);
  });

  it("grows with each of its findings", () => {
    expect(tenonScore(least)).toBe(0);
    expect(tenonScore({ ...least, tumourSizeMm: 10.5 })).toBe(1.5);
    expect(tenonScore({ ...least, tumourSizeMm: 20.5 })).toBe(3);
    expect(tenonScore({ ...least, macrometastasis: true })).toBe(2);
    expect(tenonScore({ ...least, positiveNodes: 2 })).toBe(1);
    expect(tenonScore({ ...least, positiveNodes: 3 })).toBe(2);
  });

  it("puts limits with the lower class of size and the higher class of share", () => {
    expect(tenonScore({ ...least, tumourSizeMm: 10 })).toBe(0);
    expect(tenonScore({ ...least, tumourSizeMm: 20 })).toBe(1.5);
    expect(tenonScore({ ...least, removedNodes: 2 })).toBe(1);
  });

  it("refuses patients it was not made for", () => {
    expect(() => tenonScore({ ...least, positiveNodes: 0 })).toThrow(InputError);
    expect(() => tenonScore({ ...least, positiveNodes: 4 })).toThrow(InputError);
    expect(() => tenonScore({ ...least, tumourSizeMm: 0 })).toThrow(InputError);
    expect(() => tenonScore({ ...least, tumourSizeMm: NaN })).toThrow(InputError);
  });
});
