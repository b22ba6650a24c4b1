import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { matrixOfColumns } from "../matrix.ts";
import { createRandom } from "../random.ts";
import {
  boostedMargins,
  boostedProbabilities,
  fitBoostedTrees,
  type BoostingOptions,
} from "./second-order-boosting.ts";
import { interventionalShapValues } from "./interventional-shap.ts";
import { boostedShapValues } from "./tree-shap.ts";
import { addTreeValues, splitImportance } from "./tree.ts";

const ROWS = 150;

/** Two columns with signal, the second with gaps, and one without. */
function simulate(seed: number) {
  const random = createRandom(seed);
  const draw = () => Float64Array.from({ length: ROWS }, () => random.normal());
  const [first, second, noise] = [draw(), draw(), draw()];
  const outcome = Uint8Array.from(first, (x, row) =>
    x * second[row] + x + 0.5 * random.normal() > 0 ? 1 : 0,
  );
  const gaps = second.map((x) => (random.bernoulli(0.2) ? NaN : x));
  return { design: matrixOfColumns(ROWS, [first, gaps, noise]), outcome };
}

const { design, outcome } = simulate(1);
const small: Partial<BoostingOptions> = { rounds: 20, maximumDepth: 3 };

describe("second-order boosting", () => {
  it("starts from the base score", () => {
    const ensemble = fitBoostedTrees(design, outcome, { rounds: 0, baseScore: 0.25 });
    expect(boostedProbabilities(ensemble, design)[0]).toBeCloseTo(0.25, 6);
  });

  it("follows the outcome ever closer with more rounds", () => {
    const losses = [1, 5, 20].map((rounds) => {
      const p = boostedProbabilities(fitBoostedTrees(design, outcome, { ...small, rounds }), design);
      return p.reduce((sum, value, row) => sum + Math.abs(value - outcome[row]), 0);
    });
    expect(losses[0]).toBeGreaterThan(losses[1]);
    expect(losses[1]).toBeGreaterThan(losses[2]);
  });

  it("depends on the ranks of a column only, up to where a cut stands", () => {
    const cubed = { ...design, values: design.values.map((x) => x * x * x) };
    const [a, b] = [design, cubed].map((one) => boostedMargins(fitBoostedTrees(one, outcome, small), one));
    a.forEach((margin, row) => expect(b[row]).toBeCloseTo(margin, 5));
  });

  it("grows no deeper than asked and no leaf lighter than asked", () => {
    const { trees } = fitBoostedTrees(design, outcome, { ...small, maximumDepth: 2, minimumChildWeight: 5 });
    for (const { feature, cover } of trees) {
      expect(feature.length).toBeLessThanOrEqual(7);
      cover.forEach((weight) => expect(weight).toBeGreaterThanOrEqual(5));
    }
  });

  it("prunes every split when none gains enough", () => {
    const { trees } = fitBoostedTrees(design, outcome, { ...small, minimumGain: 1e6 });
    trees.forEach(({ feature }) => expect(feature).toEqual([-1]));
  });

  it("is the same for the same seed and another for another, where it draws", () => {
    const draw = (seed: number) =>
      boostedMargins(
        fitBoostedTrees(design, outcome, { ...small, rowShare: 0.5, columnShare: 0.7 }, createRandom(seed)),
        design,
      );
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it("is plain JSON", () => {
    const ensemble = fitBoostedTrees(design, outcome, small);
    expect(JSON.parse(JSON.stringify(ensemble))).toEqual(ensemble);
  });

  it("refuses lengths, outcomes, options and values that make no sense", () => {
    expect(() => fitBoostedTrees(design, outcome.slice(1))).toThrow(InputError);
    expect(() =>
      fitBoostedTrees(
        design,
        outcome.map((y) => y + 1),
      ),
    ).toThrow(InputError);
    expect(() => fitBoostedTrees(design, outcome, { lambda: -1 })).toThrow(InputError);
    expect(() => fitBoostedTrees(matrixOfColumns(2, [[1, Infinity]]), Uint8Array.of(0, 1))).toThrow(
      InputError,
    );
  });
});

describe("SHAP values of trees", () => {
  const ensemble = fitBoostedTrees(design, outcome, small);
  const shap = boostedShapValues(ensemble, design);
  const at = (row: number, column: number) => shap.values[column * ROWS + row];

  it("sum to the log odds", () => {
    boostedMargins(ensemble, design).forEach((margin, row) =>
      expect([0, 1, 2, 3].reduce((sum, column) => sum + at(row, column), 0)).toBeCloseTo(margin, 10),
    );
  });

  it("are Shapley's for a tree of two columns, by all orders of them", () => {
    // (x0 < 0 ? 1 : (x1 < 0 ? 2 : 6)), covers 4 | 6 (3 | 3)
    const tree = {
      feature: [0, -1, 1, -1, -1],
      threshold: [0, 0, 0, 0, 0],
      left: [1, 0, 3, 0, 0],
      missingLeft: [0, 0, 0, 0, 0],
      value: [0, 1, 0, 2, 6],
      cover: [10, 4, 6, 3, 3],
      gain: [0, 0, 0, 0, 0],
    };
    const one = matrixOfColumns(1, [[1], [1]]);
    const values = boostedShapValues(
      { bias: 0.5, columns: 2, singlePrecision: false, trees: [tree] },
      one,
    ).values;
    const [none, both] = [0.4 * 1 + 0.6 * 4, 6];
    const [first, second] = [4, 0.4 * 1 + 0.6 * 6];
    expect(values[0]).toBeCloseTo((first - none + both - second) / 2, 12);
    expect(values[1]).toBeCloseTo((second - none + both - first) / 2, 12);
    expect(values[2]).toBeCloseTo(none + 0.5, 12);
  });

  it("are 0 for a column that no tree asks for", () => {
    const used = splitImportance(ensemble.trees, 3, "splits");
    const without = fitBoostedTrees(
      matrixOfColumns(ROWS, [design.values.subarray(0, ROWS), new Float64Array(ROWS)]),
      outcome,
      small,
    );
    const values = boostedShapValues(
      without,
      matrixOfColumns(ROWS, [design.values.subarray(0, ROWS), new Float64Array(ROWS)]),
    );
    expect(used[0]).toBeGreaterThan(0);
    expect(values.values.subarray(ROWS, 2 * ROWS).every((value) => value === 0)).toBe(true);
  });
});

describe("interventional SHAP values", () => {
  const background = matrixOfColumns(
    6,
    [0, 1, 2].map((column) => design.values.slice(column * ROWS, column * ROWS + 6)),
  );
  const three = matrixOfColumns(
    3,
    [0, 1, 2].map((column) => design.values.slice(column * ROWS + 20, column * ROWS + 23)),
  );
  const { trees } = fitBoostedTrees(design, outcome, small);
  const shap = interventionalShapValues(trees, three, background);
  const answer = (row: readonly number[]) => {
    const sums = new Float64Array(1);
    for (const tree of trees)
      addTreeValues(
        tree,
        matrixOfColumns(
          1,
          row.map((value) => [value]),
        ),
        sums,
      );
    return sums[0];
  };
  const cell = (matrix: typeof three, row: number, column: number) =>
    matrix.values[column * matrix.rows + row];

  it("equal Shapley's definition over all orders of the columns", () => {
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (let row = 0; row < 3; row++) {
      const worth = (known: ReadonlySet<number>) => {
        let sum = 0;
        for (let other = 0; other < 6; other++)
          sum += answer(
            [0, 1, 2].map((j) => (known.has(j) ? cell(three, row, j) : cell(background, other, j))),
          );
        return sum / 6;
      };
      for (const column of [0, 1, 2]) {
        const gains = orders.map((order) => {
          const before = new Set(order.slice(0, order.indexOf(column)));
          return worth(new Set([...before, column])) - worth(before);
        });
        expect(cell(shap, row, column)).toBeCloseTo(gains.reduce((a, b) => a + b, 0) / 6, 10);
      }
      expect(cell(shap, row, 3)).toBeCloseTo(worth(new Set()), 10);
    }
  });

  it("refuse an empty background", () => {
    expect(() => interventionalShapValues(trees, three, matrixOfColumns(0, [[], [], []]))).toThrow(
      InputError,
    );
  });
});
