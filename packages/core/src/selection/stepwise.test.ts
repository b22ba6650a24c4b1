import { describe, expect, it } from "vitest";
import { InputError, NumericalError } from "../errors.ts";
import type { DesignTerm } from "../math/design-terms.ts";
import { createRandom } from "../math/random.ts";
import { stepwiseSelection } from "./stepwise.ts";

const random = createRandom("stepwise");
const ROWS = 200;
const normal = () => Float64Array.from({ length: ROWS }, () => random.normal());
const [strong, weak, noise, partner] = [normal(), normal(), normal(), normal()];
const grade = Float64Array.from({ length: ROWS }, () => random.integer(3));
const outcome = Uint8Array.from({ length: ROWS }, (_, i) =>
  random.bernoulli(1 / (1 + Math.exp(-1.2 * strong[i] - 0.5 * weak[i] - (grade[i] === 2 ? 1 : 0)))) ? 1 : 0,
);
const terms: readonly DesignTerm[] = [
  { name: "noise", columns: [noise] },
  { name: "strong", columns: [strong] },
  { name: "grade", columns: [1, 2].map((level) => grade.map((value) => (value === level ? 1 : 0))) },
  { name: "weak", columns: [weak] },
  { name: "partner", columns: [partner] },
  {
    name: "strong:partner",
    columns: [strong.map((x, i) => x * partner[i])],
    needs: ["strong", "partner"],
  },
];
const directions = ["backward", "forward", "both"] as const;

describe("stepwise selection", () => {
  it.each(directions)("betters the criterion with every step and ends where none does (%s)", (direction) => {
    const { steps, terms: chosen, fit } = stepwiseSelection(terms, outcome, { direction });
    for (let k = 1; k < steps.length; k++) expect(steps[k].criterion).toBeLessThan(steps[k - 1].criterion);
    expect(steps.at(-1)!.terms).toEqual(chosen);
    expect(chosen).toContain("strong");
    expect(steps.at(-1)!.criterion).toBeCloseTo(fit.deviance + 2 * fit.coefficients.length, 9);
  });

  it("lets all columns of a factor enter together and an interaction after its parts", () => {
    const { steps } = stepwiseSelection(terms, outcome, { direction: "forward", penalty: 0 });
    for (const { terms: inside } of steps)
      if (inside.includes("strong:partner"))
        expect(inside).toEqual(expect.arrayContaining(["strong", "partner"]));
    expect(steps.at(-1)!.terms.length).toBe(terms.length);
    const { terms: left } = stepwiseSelection(terms, outcome, { direction: "backward", penalty: 1e6 });
    expect(left).toEqual([]);
  });

  it("keeps what it must", () => {
    const { terms: chosen } = stepwiseSelection(terms, outcome, {
      direction: "backward",
      penalty: 1e6,
      keep: ["noise"],
    });
    expect(chosen).toEqual(["noise"]);
  });

  it("chooses no more terms by Bayes's criterion than by Akaike's", () => {
    const count = (penalty: number | "bayesian") =>
      stepwiseSelection(terms, outcome, { direction: "backward", penalty }).terms.length;
    expect(count("bayesian")).toBeLessThanOrEqual(count(2));
  });

  it("warns that what it gives is too optimistic", () => {
    const { findings } = stepwiseSelection(terms, outcome, { direction: "both" });
    expect(findings.map(({ code }) => code)).toEqual(["stepwise-optimistic"]);
  });

  it("never takes a model without an estimate, and names the term", () => {
    const parting = { name: "parting", columns: [outcome.map((y, i) => 4 * y + (i % 3))] };
    expect(() => stepwiseSelection([...terms, parting], outcome, { direction: "backward" })).toThrow(
      NumericalError,
    );
    const { terms: chosen, findings } = stepwiseSelection([...terms, parting], outcome, {
      direction: "forward",
    });
    expect(chosen).not.toContain("parting");
    expect(findings[1].message).toContain("parting");
  });

  it("leaves a term of aliased columns where it is", () => {
    const twin = { name: "twin", columns: [strong.map((x) => 2 * x)] };
    const { terms: chosen } = stepwiseSelection([...terms, twin], outcome, { direction: "forward" });
    expect(chosen).not.toContain("twin");
  });

  it("refuses names that are unknown or occur twice", () => {
    expect(() => stepwiseSelection([terms[0], terms[0]], outcome, { direction: "both" })).toThrow(InputError);
    expect(() => stepwiseSelection([terms[5]], outcome, { direction: "both" })).toThrow(/strong is not/);
  });
});
