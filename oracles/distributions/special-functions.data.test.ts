/** Special functions and distributions beside mpmath: `special_functions.py` prints the references. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { accuracies, readReferences } from "./special-functions.ts";

/** Units in the last place, where it is more than 1. */
const coarser: Readonly<Record<string, number>> = { logistic: 2, logit: 3, atan2: 2, erfc: 3 };

describe("mpmath", () => {
  const references = readReferences(join(import.meta.dirname, "special-functions.csv"));

  it.each(accuracies(references))("$name: $count values", ({ name, worst, unit, at }) => {
    const limit = unit === "ulp" ? (coarser[name] ?? 1) : 1e-12;
    expect(worst, `at ${at.join(", ")}`).toBeLessThanOrEqual(limit);
  });
});
