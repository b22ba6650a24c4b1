import { describe, expect, it } from "vitest";
import { connectedComponents } from "./components.ts";
import { reachedFrom } from "./flood.ts";

describe("what is reached from a pixel", () => {
  it("is its component, whatever winds between", () => {
    const [width, height] = [23, 17];
    let state = 11;
    const values = Uint8Array.from({ length: width * height }, () => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state / 2147483648 < 0.62 ? 1 : 0;
    });
    const { labels } = connectedComponents({ dimensions: [width, height, 1], values }, "faces");
    values.forEach((open, seed) => {
      const reached = reachedFrom([seed], values, width);
      const component = labels.map((label) => (open !== 0 && label === labels[seed] ? 1 : 0));
      expect([...reached]).toEqual([...component]);
    });
  });

  it("does not wrap from one row to the next", () => {
    expect([...reachedFrom([2], Uint8Array.of(0, 0, 1, 1, 0, 0), 3)]).toEqual([0, 0, 1, 0, 0, 0]);
  });
});
