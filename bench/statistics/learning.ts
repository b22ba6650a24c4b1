import {
  crossValidateElasticNet,
  linearPredictor,
} from "../../packages/core/src/math/elastic-net-cross-validation.ts";
import { penaltyCurve, penaltyPerformance } from "../../packages/core/src/math/elastic-net-curve.ts";
import { elasticNetPath, sequenceOf, startPath } from "../../packages/core/src/math/elastic-net.ts";
import { inKernelMemory } from "../../packages/core/src/math/kernel-memory.ts";
import { matrixOfColumns, takeRows } from "../../packages/core/src/math/matrix.ts";
import { createRandom } from "../../packages/core/src/math/random.ts";
import { mean, sampleStandardDeviation } from "../../packages/core/src/math/statistics.ts";
import { fitSupportVectors } from "../../packages/core/src/math/support-vectors/support-vector-machine.ts";
import {
  fitForest,
  type FittedForest,
  forestStretches,
  type GrownStretch,
  growStretch,
  joinForest,
  prepareForest,
  probabilityForest,
} from "../../packages/core/src/math/trees/random-forest.ts";
import type { ForestGround } from "../../packages/core/src/math/trees/forest-tree.ts";
import { design, namesBut, outcomeOf, readNumbers } from "./tables.ts";
import type { Work } from "./work.ts";

/** `cv.glmnet` of 1,500 columns in 10 folds; the answer is the lambda of least deviance. */
export function crossValidatedLasso(folder: string): Work {
  const table = readNumbers(folder, "wide_1000x1500.csv");
  const whole = design(table, namesBut(table, "y", "fold"));
  const outcome = outcomeOf(table);
  const folds = Int32Array.from(table.columns["fold"], (fold) => fold - 1);
  const count = new Set(folds).size;
  const members = Array.from({ length: count }, (_, fold) =>
    [...folds.keys()].filter((row) => folds[row] === fold),
  );
  let known: Float64Array | null = null;
  const lambdas = () =>
    (known ??= inKernelMemory(
      () => sequenceOf(startPath(whole, outcome, { alpha: 1 }), { alpha: 1 }).lambdas,
    ));
  return {
    run: () => {
      const { models, curve } = crossValidateElasticNet(whole, outcome, folds, { alpha: 1 });
      return models[curve.minimum].lambda;
    },
    pieces: {
      // The path of all rows, then one piece a fold: its predictions, one lambda after the other.
      count: count + 1,
      piece: (index) => {
        if (index === 0)
          return Float64Array.from(
            elasticNetPath(whole, outcome, { alpha: 1 }).models,
            ({ lambda }) => lambda,
          );
        const training = [...folds.keys()].filter((row) => folds[row] !== index - 1);
        const path = elasticNetPath(
          takeRows(whole, training),
          training.map((row) => outcome[row]),
          { alpha: 1, lambdas: lambdas() },
        );
        const testing = takeRows(whole, members[index - 1]);
        return Float64Array.from(path.models.flatMap((model) => Array.from(linearPredictor(model, testing))));
      },
      join: ([path, ...predictions]: readonly Float64Array[]) => {
        const performances = Array.from(path, (_, k) => {
          const linear = new Float64Array(whole.rows);
          members.forEach((rows, fold) => {
            rows.forEach((row, i) => (linear[row] = predictions[fold][k * rows.length + i]));
          });
          return penaltyPerformance(linear, outcome, members, "deviance");
        });
        return path[penaltyCurve(performances, "deviance").minimum];
      },
    },
  };
}

/** One path of 100 lambdas; the answer is its length. */
export function lassoPath(folder: string): Work {
  const table = readNumbers(folder, "wide_1000x1500.csv");
  const whole = design(table, namesBut(table, "y", "fold"));
  const outcome = outcomeOf(table);
  return { run: () => elasticNetPath(whole, outcome, { alpha: 1 }).models.length };
}

/** A probability forest of 500 trees; the answer is the Brier score out of bag. */
export function forest(folder: string): Work {
  const table = readNumbers(folder, "rf_1000x50.csv");
  const names = namesBut(table, "y");
  const [whole, outcome] = [design(table, names), outcomeOf(table)];
  const options = probabilityForest(names.length);
  const stretches = forestStretches(options.trees);
  let ground: ForestGround | null = null;
  const brier = ({ outOfBag }: FittedForest) =>
    mean(outOfBag.map((p, row) => (p - outcome[row]) * (p - outcome[row])));
  return {
    run: () => brier(fitForest(whole, outcome, options, createRandom(1))),
    pieces: {
      count: stretches.length,
      piece: (index) =>
        growStretch(
          (ground ??= prepareForest(whole, outcome, options)),
          options,
          createRandom(1),
          stretches[index],
        ),
      join: (grown: readonly GrownStretch[]) => brier(joinForest(grown)),
    },
  };
}

/** A radial support vector machine on scaled columns; the answer is the number of support vectors. */
export function radialMachine(folder: string): Work {
  const table = readNumbers(folder, "rf_1000x50.csv");
  const outcome = outcomeOf(table);
  const columns = namesBut(table, "y").map((name) => {
    const values = table.columns[name];
    const [centre, scale] = [mean(values), sampleStandardDeviation(values)];
    return values.map((value) => (value - centre) / scale);
  });
  const scaled = matrixOfColumns(table.rows, columns);
  const kernel = { kind: "radial", gamma: 1 / columns.length } as const;
  return { run: () => fitSupportVectors(scaled, outcome, { kernel, cost: 1 }).supportVectors };
}
