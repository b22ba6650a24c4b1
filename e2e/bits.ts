import {
  contentHash,
  extractRadiomics,
  type ImageFeatures,
  type Machine,
  memoryVault,
  predictProbability,
  readProtocol,
  runFitTask,
  runStudy,
  simulateStudy,
  studyResults,
} from "@sentinode/core";
import * as elementary from "../packages/core/src/math/elementary.ts";
import { createRandom } from "../packages/core/src/math/random.ts";

/** Hashes of everything that a study computes, by what it is: equal where every bit is equal. */
export type Bits = Readonly<Record<string, string>>;

/**
 * Values of every elementary function at many arguments, of small and of any size.
 *
 * @param draws Arguments a function.
 */
export function elementaryBits(draws: number): Bits {
  return Object.fromEntries(
    Object.entries(elementary).flatMap(([name, compute]) => {
      if (typeof compute !== "function") return [];
      const random = createRandom(`bits/${name}`);
      const values = new Float64Array(draws);
      for (let k = 0; k < draws; k++) {
        const argument = random.normal() * (k % 2 === 0 ? 1 : 200);
        const value = (compute as (x: number, y: number) => unknown)(argument, random.normal());
        values[k] = typeof value === "number" ? value : 0;
      }
      return [[name, hashOf(values)]];
    }),
  );
}

/**
 * A simulated study from frames to report figures: tables, features, folds, models, results, and the probabilities of
 * patients whom no model saw.
 *
 * @param newPatients Number of these patients.
 */
export async function studyBits(newPatients: number): Promise<Bits> {
  const simulated = simulateStudy({ patients: 130, seed: 11 });
  const protocol = readProtocol(
    simulated.protocol
      .replace(/families: \[[^\]]*\]/, "families: [firstOrder, shape2d, glcm]")
      .replace("repeats: 20", "repeats: 1"),
    "study.yaml",
  );
  const index = new Map(simulated.table.rows.map((row, at) => [row[0], at]));
  const machine: Machine = {
    vault: memoryVault(),
    today: "2016-01-01",
    extract: (images, { settings }) =>
      Promise.resolve(
        images.map(({ patient }): ImageFeatures => {
          const { image, mask } = simulated.frame(index.get(patient)!);
          const values = extractRadiomics(image, mask, settings).map(({ value }) => value.value);
          return { values, undefinedBecause: [], findings: [] };
        }),
      ),
    fit: (data, tasks) => Promise.resolve(tasks.map((task) => runFitTask(data, task))),
  };
  const run = await runStudy({ protocol, table: simulated.table, software: "bits" }, machine);
  const many = simulateStudy({ patients: newPatients, seed: 12 });
  return {
    table: contentHash(simulated.table.rows),
    frame: hashOf(simulated.frame(0).image.values),
    features: contentHash(run.measured!.features.map(({ values }) => values)),
    folds: contentHash(run.predictions.map(({ folds }) => folds?.map((fold) => Array.from(fold)) ?? null)),
    models: contentHash(run.models),
    predictions: contentHash(
      run.predictions.map(({ models }) =>
        models.map(({ repeats }) => repeats.map(({ probability }) => Array.from(probability))),
      ),
    ),
    results: contentHash(studyResults(run)),
    newPatients: contentHash(many.truth.rows),
    applied: hashOf(predictProbability(run.models[1].model, run.predictors)),
  };
}

function hashOf(values: ArrayLike<number>): string {
  return contentHash(Array.from(values, (value) => (Number.isFinite(value) ? value : String(value))));
}
