import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { demonstrateLeak } from "../study/leak-laboratory/leak-demonstration.ts";
import { findMistake } from "../study/leak-laboratory/mistakes.ts";
import type { DrawingDocument } from "./drawing.ts";
import { renderLeakPage } from "./leak-page.ts";

const { document } = parseHTML("<!doctype html><html><body></body></html>") as { document: DrawingDocument };
const options = { patients: 120, seed: 4, permutations: 20 };
const leaks = await Promise.all(
  ["scaling-before-split", "outcome-derived-column"].map((mode) =>
    demonstrateLeak(findMistake(mode), options),
  ),
);

describe("renderLeakPage", () => {
  const page = renderLeakPage(leaks, "sentinode 0.0.0", document);

  it("says that its patients are simulated and its mistakes deliberate", () => {
    expect(page).toContain("SIMULATED DATA");
    expect(page).toContain("Deliberate mistakes");
  });

  it("has a section for every mistake with both analyses, all six lamps and the refusal", () => {
    for (const { mode, leaky, refusal } of leaks) {
      expect(page).toContain(`<section id="${mode}">`);
      for (const { title } of leaky.audit.lamps) expect(page).toContain(`<th scope="row">${title}</th>`);
      if (refusal !== null) expect(page).toContain("the ordinary pipeline stops with");
    }
    expect(page.match(/<figure /g)).toHaveLength(2 * leaks.length);
  });

  it("needs no script and no other file", () => {
    expect(page).not.toMatch(/<script|src="http|href="http|@import/);
  });

  it("is the same bytes for the same demonstrations", () => {
    expect(renderLeakPage(leaks, "sentinode 0.0.0", document)).toBe(page);
  });

  it("has no table of all mistakes where there is one", () => {
    expect(renderLeakPage(leaks.slice(0, 1), "sentinode 0.0.0", document)).not.toContain("All mistakes");
  });
});
