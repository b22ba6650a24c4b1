import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import type { NumericPredictor } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import { filterCandidates } from "./filter-candidates.ts";
import { featureReproducibility, isReproducible, type ReproducibilityLimit } from "./reproducibility.ts";

const random = createRandom(9);
const PATIENTS = 60;
const traits = Array.from({ length: PATIENTS }, () => random.normal());
const limit: ReproducibilityLimit = { minimumIcc: 0.75, form: "one-way", lowerBound: false };

/** A feature whose versions differ from the patient's trait by this much, so that its correlation is near 1 / (1 + e²). */
function feature(name: string, error: number, versions = 4): NumericPredictor {
  const own = Array.from({ length: PATIENTS }, () => random.normal());
  const measure = () =>
    Float64Array.from(traits, (trait, row) => trait + 0.3 * own[row] + error * random.normal());
  const source = { kind: "clinical", variable: name } as const;
  const perturbed = Array.from({ length: versions }, measure);
  return { kind: "numeric", name, label: name, source, unit: null, values: measure(), perturbed };
}

describe("isReproducible", () => {
  it("tells features apart by what differs between patients and between versions", () => {
    expect(isReproducible(feature("steady", 0.1), limit, 0.2)).toBe(true);
    expect(isReproducible(feature("shaky", 1.2), limit, 0.2)).toBe(false);
  });

  it("looks at the lower limit of the interval only where that is asked for", () => {
    const between = Array.from({ length: 40 }, (_, k) => feature(`f${k}`, 0.48)).find((one) => {
      const { value, lower } = featureReproducibility(one, "one-way")!;
      return value >= 0.75 && lower < 0.75;
    })!;
    expect(isReproducible(between, limit, 0.2)).toBe(true);
    expect(isReproducible(between, { ...limit, lowerBound: true }, 0.2)).toBe(false);
    expect(isReproducible(feature("steady", 0.05), { ...limit, lowerBound: true }, 0.2)).toBe(true);
  });

  it("does not trust a feature that versions often lack, nor one that is the same for all", () => {
    const steady = feature("steady", 0.05);
    const lacking = (share: number) => ({
      ...steady,
      perturbed: steady.perturbed!.map((values) =>
        values.map((value, row) => (row < share * PATIENTS ? NaN : value)),
      ),
    });
    expect(isReproducible(lacking(0.2), limit, 0.2)).toBe(true);
    expect(isReproducible(lacking(0.3), limit, 0.2)).toBe(false);
    const constant = new Float64Array(PATIENTS).fill(4.2);
    expect(isReproducible({ ...steady, values: constant, perturbed: [constant, constant] }, limit, 0.2)).toBe(
      false,
    );
  });

  it("refuses a feature that was not measured in perturbed images", () => {
    const { perturbed, ...alone } = feature("alone", 0.1);
    expect(perturbed).toBeDefined();
    expect(() => isReproducible(alone, limit, 0.2)).toThrow(InputError);
  });
});

describe("filterCandidates with a limit of reproducibility", () => {
  const limits = { maximumMissing: 0.2, maximumCorrelation: 0.9, reproducibility: limit };

  it("prefers the reproducible one of two that say the same, though the other comes first", () => {
    const shaky = feature("shaky", 0);
    const candidates = [
      { ...shaky, perturbed: [feature("x", 2).values, feature("y", 2).values] },
      { ...shaky, name: "steady" },
    ];
    expect(filterCandidates(candidates, limits)).toEqual({
      kept: ["steady"],
      missing: 0,
      constant: 0,
      unstable: 1,
      redundant: 0,
    });
  });

  it("counts each candidate once", () => {
    const candidates = Array.from({ length: 30 }, (_, k) => feature(`f${k}`, k / 20));
    const { kept, missing, constant, unstable, redundant } = filterCandidates(candidates, limits);
    expect(unstable).toBeGreaterThan(0);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length + missing + constant + unstable + redundant).toBe(30);
  });
});
