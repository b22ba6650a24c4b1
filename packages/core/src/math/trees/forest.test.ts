import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { matrixOfColumns } from "../matrix.ts";
import { createRandom } from "../random.ts";
import { fitClassificationTree } from "./classification-tree.ts";
import { permutationImportance } from "./forest-importance.ts";
import { fitGradientBoosting } from "./gradient-boosting.ts";
import {
  fitForest,
  forestProbabilities,
  forestStretches,
  growStretch,
  joinForest,
  prepareForest,
  probabilityForest,
  votingForest,
} from "./random-forest.ts";
import { boostedMargins } from "./second-order-boosting.ts";
import { treeShapValues } from "./tree-shap.ts";
import { leafCount, leafOf } from "./tree.ts";

const ROWS = 200;

/** One column with signal, one with ties and some signal, two without. */
function simulate(seed: number) {
  const random = createRandom(seed);
  const draw = () => Float64Array.from({ length: ROWS }, () => random.normal());
  const columns = [draw(), draw().map((x) => Math.round(2 * x)), draw(), draw()];
  const outcome = Uint8Array.from(columns[0], (x, row) =>
    2 * x + 0.4 * columns[1][row] + random.normal() > 0 ? 1 : 0,
  );
  return { design: matrixOfColumns(ROWS, columns), outcome };
}

const { design, outcome } = simulate(1);
const unseen = simulate(2);
const share = { ...probabilityForest(4), trees: 60 };
const voting = { ...votingForest(4), trees: 60 };
const error = (p: Float64Array, y: Uint8Array) =>
  p.reduce((sum, value, row) => sum + (value - y[row]) * (value - y[row]), 0) / y.length;

describe("random forest", () => {
  it("predicts new patients about as well as those outside its samples", () => {
    const { forest, outOfBag } = fitForest(design, outcome, share, createRandom(1));
    const fresh = error(forestProbabilities(forest, unseen.design), unseen.outcome);
    expect(fresh).toBeLessThan(0.16);
    expect(Math.abs(error(outOfBag, outcome) - fresh)).toBeLessThan(0.04);
  });

  it("answers on the ground as its stored trees do", () => {
    const whole = { ...share, sampleShare: 0.5, replacement: false };
    const { forest, outOfBag } = fitForest(design, outcome, whole, createRandom(3));
    const first = fitForest(design, outcome, { ...whole, trees: 1 }, createRandom(3));
    first.outOfBag.forEach((p, row) => {
      if (!Number.isNaN(p)) expect(p).toBe(forest.trees[0].value[leafOf(forest.trees[0], design, row)]);
    });
    expect(outOfBag.every((p) => p >= 0 && p <= 1)).toBe(true);
  });

  it("grows tree i from the seed and i only", () => {
    const few = fitForest(design, outcome, { ...share, trees: 3 }, createRandom(5)).forest;
    const many = fitForest(design, outcome, share, createRandom(5)).forest;
    expect(many.trees.slice(0, 3)).toEqual(few.trees);
    expect(fitForest(design, outcome, share, createRandom(6)).forest).not.toEqual(many);
  });

  it("has the same bits whoever grows which stretch of it", () => {
    const options = { ...share, trees: 120 };
    const stretches = forestStretches(120);
    const workers = [0, 1].map(() => prepareForest(design, outcome, options));
    const grown = stretches.map((stretch, k) =>
      growStretch(workers[k % 2], options, createRandom(5), stretch),
    );
    expect(joinForest(grown)).toEqual(fitForest(design, outcome, options, createRandom(5)));
  });

  it("has no leaf above the size that is still split, unless pure or alike", () => {
    const { forest } = fitForest(design, outcome, { ...share, candidates: 4 }, createRandom(1));
    for (const { feature, cover, value } of forest.trees)
      feature.forEach((column, node) => {
        if (column < 0 && value[node] > 0 && value[node] < 1) expect(cover[node]).toBeLessThanOrEqual(10);
      });
  });

  it("votes with whole trees where leaves answer with a class", () => {
    const { forest } = fitForest(design, outcome, voting, createRandom(1));
    forest.trees.forEach(({ feature, value }) =>
      feature.forEach((column, node) => {
        if (column < 0) expect([0, 1]).toContain(value[node]);
      }),
    );
    forestProbabilities(forest, unseen.design).forEach((p) =>
      expect(Math.abs(p * 60 - Math.round(p * 60))).toBeLessThan(1e-9),
    );
  });

  it("finds the columns with signal important and the others not", () => {
    const { mean, standardError } = permutationImportance(design, outcome, share, createRandom(1));
    expect(mean[0]).toBeGreaterThan(5 * standardError[0]);
    expect(Math.abs(mean[2])).toBeLessThan(0.02);
    const { impurityImportance } = fitForest(design, outcome, share, createRandom(1));
    expect(impurityImportance[0]).toBe(Math.max(...impurityImportance));
  });

  it("has SHAP values that sum to its probability", () => {
    const { forest } = fitForest(design, outcome, { ...share, trees: 10 }, createRandom(1));
    const { values } = treeShapValues(forest.trees, unseen.design);
    forestProbabilities(forest, unseen.design).forEach((p, row) => {
      let sum = 0;
      for (let column = 0; column < 5; column++) sum += values[column * ROWS + row] / 10;
      expect(sum).toBeCloseTo(p, 10);
    });
  });

  it("is plain JSON", () => {
    const { forest } = fitForest(design, outcome, share, createRandom(1));
    expect(JSON.parse(JSON.stringify(forest))).toEqual(forest);
  });

  it("refuses missing values, too many candidates, and no trees", () => {
    const gap = matrixOfColumns(2, [[1, NaN]]);
    expect(() => fitForest(gap, Uint8Array.of(0, 1), probabilityForest(1), createRandom(1))).toThrow(
      InputError,
    );
    for (const wrong of [{ candidates: 5 }, { trees: 0 }, { sampleShare: 0 }])
      expect(() => fitForest(design, outcome, { ...share, ...wrong }, createRandom(1))).toThrow(InputError);
  });
});

describe("classification tree", () => {
  it("is a leaf where no split saves enough misclassified patients", () => {
    const tree = fitClassificationTree(design, outcome, { complexity: 1 });
    expect(leafCount(tree)).toBe(1);
    expect(tree.value[0]).toBeCloseTo(outcome.reduce((a, b) => a + b, 0) / ROWS, 12);
  });

  it("has fewer leaves the dearer a split is", () => {
    const leaves = [0, 0.01, 0.05, 0.3].map((complexity) =>
      leafCount(fitClassificationTree(design, outcome, { complexity })),
    );
    expect(leaves).toEqual([...leaves].sort((a, b) => b - a));
    expect(leaves[0]).toBeGreaterThan(leaves[3]);
  });

  it("has no leaf smaller than asked", () => {
    const tree = fitClassificationTree(design, outcome, { complexity: 0, minimumLeaf: 12 });
    tree.cover.forEach((count) => expect(count).toBeGreaterThanOrEqual(12));
  });

  it("separates two classes that one cut separates", () => {
    const x = Float64Array.from({ length: 40 }, (_, row) => row);
    const tree = fitClassificationTree(
      matrixOfColumns(40, [x]),
      Uint8Array.from(x, (value) => (value < 15 ? 1 : 0)),
    );
    expect(tree.threshold[0]).toBe(14.5);
    expect(tree.value.slice(1)).toEqual([1, 0]);
  });
});

describe("gradient boosting", () => {
  it("lowers the deviance of the training patients with every tree", () => {
    const { trainingDeviance } = fitGradientBoosting(design, outcome, { bagShare: 1, trees: 30, splits: 2 });
    for (let tree = 1; tree < 30; tree++)
      expect(trainingDeviance[tree]).toBeLessThan(trainingDeviance[tree - 1]);
  });

  it("has as many leaves as splits and one", () => {
    const { ensemble } = fitGradientBoosting(design, outcome, { splits: 3, trees: 5, bagShare: 1 });
    ensemble.trees.forEach((tree) => expect(leafCount(tree)).toBe(4));
  });

  it("is the same for the same seed and another for another", () => {
    const run = (seed: number) =>
      boostedMargins(fitGradientBoosting(design, outcome, {}, createRandom(seed)).ensemble, design);
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it("refuses one class and bags too small for its leaves", () => {
    expect(() => fitGradientBoosting(design, new Uint8Array(ROWS))).toThrow(InputError);
    expect(() => fitGradientBoosting(design, outcome, { minimumLeaf: 60 })).toThrow(InputError);
  });
});
