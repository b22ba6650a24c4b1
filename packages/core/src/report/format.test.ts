import { describe, expect, it } from "vitest";
import {
  formatDifference,
  formatEstimate,
  formatFixed,
  formatPercent,
  formatPValue,
  formatRange,
  formatRatio,
  formatShare,
  formatSignificant,
  formatSigned,
  NOT_AVAILABLE,
} from "./format.ts";

describe("numbers in print", () => {
  it("have a true minus sign, and no minus before a zero", () => {
    expect(formatFixed(-0.5, 2)).toBe("\u22120.50");
    expect(formatFixed(-0.0004, 3)).toBe("0.000");
    expect(formatSigned(0.0004, 3)).toBe("0.000");
    expect(formatSigned(-0.02, 2)).toBe("\u22120.02");
  });

  it("say that they are not available instead of NaN, null or infinity", () => {
    for (const value of [null, NaN, Infinity, -Infinity]) {
      expect(formatFixed(value, 2)).toBe(NOT_AVAILABLE);
      expect(formatSigned(value, 2)).toBe(NOT_AVAILABLE);
      expect(formatPercent(value)).toBe(NOT_AVAILABLE);
      expect(formatPValue(value)).toBe(NOT_AVAILABLE);
      expect(formatRatio(value)).toBe(NOT_AVAILABLE);
      expect(formatSignificant(value, 3)).toBe(NOT_AVAILABLE);
      expect(formatEstimate({ value }, 2)).toBe(NOT_AVAILABLE);
    }
  });

  it("keep an estimate whose interval does not exist", () => {
    expect(formatEstimate({ value: 0.8, lower: null, upper: null }, 2)).toBe("0.80");
  });

  it("join the ends of a range by a dash unless a minus sign stands there", () => {
    expect(formatRange(0.1, 0.2, 1)).toBe("0.1\u20130.2");
    expect(formatRange(-0.2, -0.1, 1)).toBe("\u22120.2 to \u22120.1");
  });
});

describe("differences in print", () => {
  it("show on which side of 0 a limit lies where one decimal more tells it", () => {
    const near = { difference: -0.0172, lower: -0.0343, upper: -0.0001 };
    expect(formatDifference(near, 3).range).toBe("\u22120.0343 to \u22120.0001");
    expect(formatDifference({ ...near, upper: -0.000003 }, 3).range).toBe("\u22120.034 to 0.000");
    expect(formatDifference({ ...near, upper: 0.01 }, 3).range).toBe("\u22120.034 to 0.010");
    expect(formatDifference({ ...near, upper: 0 }, 3).range).toBe("\u22120.034 to 0.000");
  });

  it("need no interval", () => {
    const none = { difference: null, lower: null, upper: null };
    expect(formatDifference(none, 3)).toEqual({ difference: NOT_AVAILABLE, range: NOT_AVAILABLE });
  });
});

describe("p-values in print", () => {
  it("are never 0 and never 1", () => {
    expect(formatPValue(0)).toBe("<0.001");
    expect(formatPValue(1)).toBe(">0.99");
  });

  it("show on which side of 0.05 they lie", () => {
    expect(formatPValue(0.0496)).toBe("0.0496");
    expect(formatPValue(0.049999)).toBe("0.0499");
    expect(formatPValue(0.05)).toBe("0.050");
    expect(formatPValue(0.0514)).toBe("0.051");
  });
});

describe("counts, shares and ratios in print", () => {
  it("need no total to be printed", () => {
    expect(formatShare(0, 0)).toBe("0");
  });

  it("stay short when they are extreme", () => {
    expect(formatRatio(123456)).toBe(">999");
    expect(formatRatio(0.0001)).toBe("<0.01");
  });

  it("use an exponent only where a plain number would be unreadable", () => {
    expect(formatSignificant(0.00001234, 3)).toBe("1.23e\u22125");
    expect(formatSignificant(0, 3)).toBe("0.00");
    expect(formatSignificant(123456, 3)).toBe("123,000");
  });
});
