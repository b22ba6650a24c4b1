import { describe, expect, it } from "vitest";
import { thresholdMask } from "./soft-mask.ts";

describe("thresholdMask", () => {
  it("takes 0/1, 0/255 and any other two levels without a word", () => {
    for (const inside of [1, 7, 255]) {
      const { mask, findings } = thresholdMask([3, 1, 1], Uint8Array.of(0, inside, 0), null);
      expect([...mask.values]).toEqual([0, 1, 0]);
      expect(findings).toEqual([]);
    }
  });

  it("cuts soft edges at half of the largest level and states count and threshold", () => {
    const { mask, intermediate, findings } = thresholdMask([4, 1, 1], Uint8Array.of(0, 99, 100, 200), null);
    expect([...mask.values]).toEqual([0, 0, 1, 1]);
    expect(intermediate).toBe(2);
    expect(findings[0].message).toMatch(/2 pixels have levels between.*100/);
  });

  it("uses a stated threshold", () => {
    expect([...thresholdMask([3, 1, 1], Uint8Array.of(0, 3, 5), 5).mask.values]).toEqual([0, 0, 1]);
  });

  it("gives an empty mask for an empty picture", () => {
    expect([...thresholdMask([2, 1, 1], new Uint8Array(2), null).mask.values]).toEqual([0, 0]);
  });

  it("refuses levels that do not fit and a threshold of 0", () => {
    expect(() => thresholdMask([3, 1, 1], new Uint8Array(2), null)).toThrow("needs 3 levels; got 2");
    expect(() => thresholdMask([2, 1, 1], new Uint8Array(2), 0)).toThrow("above 0");
  });
});
