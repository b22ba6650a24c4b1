import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { matrixOfColumns, takeRows } from "../matrix.ts";
import { createRandom } from "../random.ts";
import type { Kernel } from "./kernel.ts";
import { fitPlattScaling, plattProbabilities } from "./platt.ts";
import { decisionValues, fitSupportVectors } from "./support-vector-machine.ts";

const ROWS = 120;
const random = createRandom(1);
const columns = Array.from({ length: 3 }, () => Float64Array.from({ length: ROWS }, () => random.normal()));
const design = matrixOfColumns(ROWS, columns);
const outcome = Uint8Array.from(columns[0], (x, row) =>
  x * x + columns[1][row] + 0.6 * random.normal() > 1 ? 1 : 0,
);
const kernels: readonly Kernel[] = [{ kind: "linear" }, { kind: "radial", gamma: 0.4 }];

describe.each(kernels)("a support vector machine with a $kind kernel", (kernel) => {
  const options = { kernel, cost: 2, tolerance: 1e-8 };
  const { machine, weights } = fitSupportVectors(design, outcome, options);
  const decisions = decisionValues(machine, design);
  const margin = decisions.map((decision, row) => (outcome[row] === 1 ? decision : -decision));

  it("meets the conditions of Karush, Kuhn and Tucker", () => {
    weights.forEach((weight, row) => {
      const size = Math.abs(weight);
      if (size === 0) expect(margin[row]).toBeGreaterThan(1 - 1e-6);
      else if (size === 2) expect(margin[row]).toBeLessThan(1 + 1e-6);
      else expect(margin[row]).toBeCloseTo(1, 5);
    });
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(0, 9);
  });

  it("does not depend on the order of the patients", () => {
    const order = createRandom(7).shuffle([...Array(ROWS).keys()]);
    const other = fitSupportVectors(
      takeRows(design, order),
      outcome.map((_, k) => outcome[order[k]]),
      options,
    );
    decisionValues(other.machine, design).forEach((value, row) =>
      expect(value).toBeCloseTo(decisions[row], 5),
    );
  });

  it("changes sign with the outcome", () => {
    const flipped = fitSupportVectors(
      design,
      outcome.map((event) => 1 - event),
      options,
    );
    decisionValues(flipped.machine, design).forEach((value, row) =>
      expect(value).toBeCloseTo(-decisions[row], 5),
    );
  });

  it("moves towards the class that costs more", () => {
    const dear = fitSupportVectors(design, outcome, { ...options, positiveWeight: 5 });
    const positives = (values: Float64Array) => values.filter((value) => value > 0).length;
    expect(positives(decisionValues(dear.machine, design))).toBeGreaterThan(positives(decisions));
  });

  it("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(machine))).toEqual(machine);
  });

  it("refuses one class, gaps and costs of 0", () => {
    expect(() => fitSupportVectors(design, new Uint8Array(ROWS), options)).toThrow(InputError);
    expect(() => fitSupportVectors(matrixOfColumns(2, [[1, NaN]]), Uint8Array.of(0, 1), options)).toThrow(
      InputError,
    );
    expect(() => fitSupportVectors(design, outcome, { ...options, cost: 0 })).toThrow(InputError);
  });
});

describe("a linear machine", () => {
  it("stands in the middle between two points", () => {
    const { machine } = fitSupportVectors(matrixOfColumns(2, [[1, 3]]), Uint8Array.of(0, 1), {
      kernel: { kind: "linear" },
      cost: 10,
      tolerance: 1e-10,
    });
    expect(machine).toMatchObject({ slopes: [1], intercept: -2 });
  });

  it("stores no patient", () => {
    const { machine } = fitSupportVectors(design, outcome, { kernel: { kind: "linear" } });
    expect(Object.keys(machine).sort()).toEqual(["columns", "intercept", "kind", "slopes"]);
  });
});

describe("Platt's calibration", () => {
  const decision = columns[1];

  it("has probabilities whose mean is that of its targets", () => {
    const positives = outcome.reduce((sum, event) => sum + event, 0);
    const wanted = outcome.reduce(
      (sum, event) => sum + (event === 1 ? (positives + 1) / (positives + 2) : 1 / (ROWS - positives + 2)),
      0,
    );
    const p = plattProbabilities(fitPlattScaling(decision, outcome), decision);
    expect(p.reduce((sum, value) => sum + value, 0)).toBeCloseTo(wanted, 8);
  });

  it("follows a change of scale and place of the decision values", () => {
    const { slope, intercept } = fitPlattScaling(decision, outcome);
    const moved = fitPlattScaling(
      decision.map((value) => 1000 * value + 5),
      outcome,
    );
    expect(moved.slope).toBeCloseTo(slope / 1000, 10);
    expect(moved.intercept).toBeCloseTo(intercept - (slope * 5) / 1000, 8);
  });

  it("stays finite where a decision value separates the classes", () => {
    const separated = Float64Array.from(outcome, (event) => (event === 1 ? 3 : -3));
    const { slope, intercept } = fitPlattScaling(separated, outcome);
    expect(Number.isFinite(slope) && Number.isFinite(intercept)).toBe(true);
  });

  it("gives the prevalence for decision values that are all alike", () => {
    const [p] = plattProbabilities(
      fitPlattScaling(new Float64Array(4), Uint8Array.of(0, 0, 0, 1)),
      Float64Array.of(0),
    );
    expect(p).toBeCloseTo(2 / 6, 12);
  });

  it("refuses one class", () => {
    expect(() => fitPlattScaling(decision, new Uint8Array(ROWS))).toThrow(InputError);
  });
});
