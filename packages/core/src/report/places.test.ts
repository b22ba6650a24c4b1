import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { roundTicks } from "./axis.ts";
import { clipAbove, clipBetween } from "./clip-line.ts";
import { probabilityBins } from "./probability-bins.ts";
import { spread } from "./spread.ts";
import { wrapped } from "./shorten.ts";

describe("labels that are spread", () => {
  it("keep their order, their gap and the range", () => {
    const random = createRandom("labels");
    for (let trial = 0; trial < 200; trial++) {
      const wished = Array.from({ length: 1 + random.integer(7) }, () => random.uniform());
      const places = spread(wished, 0.1, [0, 1]);
      const order = wished.map((_, i) => i).sort((a, b) => wished[a] - wished[b]);
      order.slice(1).forEach((label, i) => {
        expect(places[label] - places[order[i]]).toBeGreaterThanOrEqual(0.1 - 1e-12);
      });
      expect(Math.min(...places)).toBeGreaterThanOrEqual(-1e-12);
      expect(Math.max(...places)).toBeLessThanOrEqual(1 + 1e-12);
    }
  });

  it("stay where they are wished when they do not touch", () => {
    expect(spread([0.9, 0.1, 0.5], 0.1, [0, 1])).toEqual([0.9, 0.1, 0.5]);
  });
});

describe("a clipped line", () => {
  const line = [0, 2, -1, 3].map((y, x) => ({ x, y }));

  it("is cut where it crosses, in pieces", () => {
    const pieces = clipAbove(line, 1);
    expect(pieces).toHaveLength(2);
    for (const { y } of pieces.flat()) expect(y).toBeGreaterThanOrEqual(1);
    expect(pieces[0][0]).toEqual({ x: 0.5, y: 1 });
  });

  it("between two heights holds both", () => {
    for (const { y } of clipBetween(line, 0, 1).flat()) {
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(1);
    }
  });
});

describe("ticks", () => {
  it("lie in the range, are few, and have short decimals", () => {
    for (const [from, to] of [
      [0, 1],
      [-0.024, 0.208],
      [0.05, 0.6],
      [-30, 45],
    ] as const) {
      const ticks = roundTicks(from, to, 6);
      expect(ticks.length).toBeGreaterThan(2);
      expect(ticks.length).toBeLessThan(11);
      for (const tick of ticks) {
        expect(tick).toBeGreaterThanOrEqual(from - 1e-9);
        expect(tick).toBeLessThanOrEqual(to + 1e-9);
        expect(String(tick).length).toBeLessThan(6);
      }
    }
  });
});

describe("bins of probabilities", () => {
  it("hold every patient once, 0 and 1 included", () => {
    const bins = probabilityBins(
      {
        model: "C",
        dataset: "test",
        method: "held-out",
        outcome: [1, 0, 1, 0],
        probabilities: [[0, 1, 0.5, 0.2]],
      },
      10,
    );
    expect(bins.reduce((sum, { events, nonEvents }) => sum + events + nonEvents, 0)).toBe(4);
    expect(bins[9].nonEvents).toBe(1);
  });
});

describe("wrapped text", () => {
  it("has no line longer than asked and loses no word", () => {
    const text = "no completion axillary lymph node dissection within ninety days";
    const lines = wrapped(text, 20);
    expect(lines.join(" ")).toBe(text);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(20);
  });
});
