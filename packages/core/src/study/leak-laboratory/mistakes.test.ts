import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { createRandom } from "../../math/random.ts";
import { laboratoryCohort } from "./laboratory-cohort.ts";
import { patientsOf } from "./laboratory-models.ts";
import { findMistake, mistakes } from "./mistakes.ts";
import type { Mistake, Pipeline } from "./mistake.ts";

/** Drawing frames takes too long for a unit test: these two stand in `bench/leaks.ts`. */
const withFrames = new Set(["near-duplicate-images", "augmentation-across-folds"]);
const quick = mistakes.filter(({ mode }) => !withFrames.has(mode));

const analyse = ({ cohort, analyse: analysis }: Pipeline) => analysis(cohort.outcome, createRandom(1));
const experimentOf = (mistake: Mistake) => mistake.prepare(laboratoryCohort({ patients: 150, seed: 2 }));

describe("the laboratory's mistakes", () => {
  it("are twelve, each with a name of its own", () => {
    expect(new Set(mistakes.map(({ mode }) => mode)).size).toBe(12);
    for (const { mode } of mistakes) expect(findMistake(mode).mode).toBe(mode);
    expect(() => findMistake("no-such-mistake")).toThrow(InputError);
  });

  it.each(quick)("$mode: its honest twin tests patients of whom nothing was learned", (mistake) => {
    const { development, test, artefacts, openings } = analyse(experimentOf(mistake).honest);
    const tested = new Set(patientsOf(test));
    expect(patientsOf(development).some((patient) => tested.has(patient))).toBe(false);
    for (const { trainedOn } of artefacts)
      expect(trainedOn.some((patient) => tested.has(patient))).toBe(false);
    expect([...development.patients, ...test.patients]).not.toContain(null);
    expect(openings).toBe(1);
  });

  it.each(["scaling-before-split", "selection-before-split", "combat-on-all", "imputation-with-outcome"])(
    "%s: something was learned from the patients who are tested",
    (mode) => {
      const { test, artefacts } = analyse(experimentOf(findMistake(mode)).leaky);
      const tested = new Set(patientsOf(test));
      expect(artefacts.some(({ trainedOn }) => trainedOn.some((patient) => tested.has(patient)))).toBe(true);
    },
  );

  it.each(quick.filter(({ refusal }) => refusal !== null))(
    "$mode: the ordinary pipeline refuses it in words",
    (mistake) => {
      expect(mistake.refusal!(experimentOf(mistake))).toMatch(/may not predict|must not test on patients/);
    },
  );

  it.each(quick)("$mode: leaves the cohort as it was", (mistake) => {
    const cohort = laboratoryCohort({ patients: 120, seed: 3 });
    const before = structuredClone(cohort.table);
    const { honest, leaky } = mistake.prepare(cohort);
    analyse(honest);
    analyse(leaky);
    expect(cohort.table).toEqual(before);
  });
});
