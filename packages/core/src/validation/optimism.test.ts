import { describe, expect, it } from "vitest";
import { NumericalError } from "../errors.ts";
import { logistic } from "../math/elementary.ts";
import { sortedQuantile } from "../math/statistics.ts";
import { logisticRegression } from "../math/logistic-regression.ts";
import { logisticResampler } from "../math/logistic-resampler.ts";
import { matrixOfColumns } from "../math/matrix.ts";
import { createRandom } from "../math/random.ts";
import { brierScore } from "./brier.ts";
import { optimismInterval } from "./optimism-interval.ts";
import {
  apparentIndices,
  bootstrapOptimism,
  type FitAndScore,
  optimismReplicates,
  summariseOptimism,
} from "./optimism.ts";
import { performanceIndices, rankPredictor } from "./performance-indices.ts";
import { bootstrap632 } from "./point632.ts";
import { qualityIndices } from "./quality-indices.ts";
import { bootstrapResample, bootstrapResamples, stratifiedResamples } from "./resamples.ts";
import { auc } from "./roc.ts";

const random = createRandom("optimism");
const n = 120;
const columns = Array.from({ length: 6 }, () => Float64Array.from({ length: n }, () => random.normal()));
const design = matrixOfColumns(n, columns);
const outcome = Uint8Array.from(columns[0], (x) => Number(random.bernoulli(logistic(x - 0.5))));
const refit = logisticResampler(design, outcome);
const resamples = bootstrapResamples(n, 60, createRandom("draws"));

/** The same model, fitted on copied rows by the general regression. */
const copyingRefit: FitAndScore = (rows) => {
  const copied = matrixOfColumns(
    rows.length,
    columns.map((column) => Float64Array.from(rows, (row) => column[row])),
  );
  const fit = logisticRegression(
    copied,
    Uint8Array.from(rows, (row) => outcome[row]),
  );
  const linear = new Float64Array(n).fill(fit.coefficients[0]);
  columns.forEach((column, j) =>
    linear.forEach((_, i) => (linear[i] += fit.coefficients[j + 1] * column[i])),
  );
  return { linear, failure: null };
};

describe("the refitted logistic regression", () => {
  it("equals the regression on copied rows", () => {
    for (const rows of resamples.slice(0, 20)) {
      const [ours, copied] = [refit(rows).linear!, copyingRefit(rows).linear!];
      ours.forEach((value, i) => expect(value).toBeCloseTo(copied[i], 8));
    }
  });

  it("says why a resample has no fit", () => {
    expect(refit(Int32Array.from(outcome.keys()).filter((row) => outcome[row] === 1)).failure).toBe(
      "one class",
    );
    const few = Int32Array.from({ length: n }, (_, i) => i % 6);
    expect(["separation", "one class", "collinearity"]).toContain(refit(few).failure);
    const rare = matrixOfColumns(n, [columns[0], Float64Array.from({ length: n }, (_, i) => Number(i < 2))]);
    const without = Int32Array.from({ length: n }, (_, i) => Math.max(2, i));
    expect(logisticResampler(rare, outcome)(without).failure).toBe("collinearity");
  });
});

describe("performance indices", () => {
  const linear = columns[0].map((x) => 0.8 * x - 0.3);
  const predictor = rankPredictor(outcome, linear);

  it("agree with the measures of their own", () => {
    const indices = performanceIndices(predictor);
    const risk = linear.map(logistic);
    expect(indices.somersD).toBeCloseTo(2 * auc(outcome, linear) - 1, 14);
    expect(indices.brier).toBeCloseTo(brierScore(outcome, risk), 14);
    const { discrimination, unreliability, quality } = qualityIndices(outcome, risk);
    // val.prob measures the predictions as they are, validate the recalibrated ones: D differs by U + 2 / n.
    expect(indices.unreliability).toBeCloseTo(unreliability, 9);
    expect(indices.discrimination - unreliability - 2 / n).toBeCloseTo(discrimination, 9);
    expect(indices.quality).toBeCloseTo(quality + unreliability + 2 / n, 9);
  });

  it("count patients as if they were copied", () => {
    const rows = resamples[0];
    const counts = new Float64Array(n);
    rows.forEach((row) => (counts[row] += 1));
    const copied = performanceIndices(
      rankPredictor(
        Uint8Array.from(rows, (row) => outcome[row]),
        Float64Array.from(rows, (row) => linear[row]),
      ),
    );
    const counted = performanceIndices(predictor, counts);
    for (const [name, value] of Object.entries(counted))
      expect(value).toBeCloseTo(copied[name as keyof typeof copied], 9);
  });

  it("have no calibration line where the predictions separate the outcomes, but still an AUC", () => {
    const separating = Float64Array.from(outcome, (event) => 4 * event - 2);
    const indices = performanceIndices(rankPredictor(outcome, separating));
    expect(indices.somersD).toBe(1);
    expect(indices.slope).toBeNaN();
    expect(indices.gini).toBeNaN();
  });
});

describe("the optimism correction", () => {
  const correction = bootstrapOptimism(outcome, resamples, refit);

  it("finds that a model does worse outside its own patients", () => {
    const { indices } = correction;
    expect(indices.auc.corrected!).toBeLessThan(indices.auc.apparent!);
    expect(indices.slope.corrected!).toBeLessThan(1);
    expect(indices.brier.corrected!).toBeGreaterThan(indices.brier.apparent!);
    expect(indices.slope.apparent).toBeCloseTo(1, 8);
    expect(indices.auc.corrected).toBeCloseTo((indices.somersD.corrected! + 1) / 2, 14);
  });

  it("is the same whether one worker draws all resamples or two share them", () => {
    const halves = [resamples.slice(0, 25), resamples.slice(25)].flatMap((part) =>
      optimismReplicates(outcome, part, refit),
    );
    expect(summariseOptimism(apparentIndices(outcome, refit), halves)).toEqual(correction);
  });

  it("counts resamples without a fit and says so", () => {
    let calls = 0;
    const failing: FitAndScore = (rows) =>
      calls++ % 3 === 1 ? { linear: null, failure: "separation" } : refit(rows);
    const { failures, findings, indices } = bootstrapOptimism(outcome, resamples.slice(0, 9), failing);
    expect(failures).toEqual({ separation: 3 });
    expect(indices.auc.resamples).toBe(6);
    expect(findings[0].message).toContain("3 of 9 (separation: 3)");
  });

  it("keeps the AUC of a model that separates its own patients, without a slope", () => {
    const memory: FitAndScore = (rows) => {
      const known = new Set(rows);
      return {
        linear: Float64Array.from(outcome, (event, i) => (known.has(i) ? 4 * event - 2 : 0)),
        failure: null,
      };
    };
    const { indices } = bootstrapOptimism(outcome, resamples, memory);
    expect(indices.auc.apparent).toBe(1);
    expect(indices.auc.corrected).toBeLessThan(1);
    expect(indices.slope.corrected).toBeNull();
    expect(indices.emax.corrected).toBeNull();
  });

  it("has an interval as wide as the resamples spread, moved by the optimism", () => {
    const interval = optimismInterval(correction, "auc");
    expect(interval.value).toBe(correction.indices.auc.corrected);
    expect(interval.lower).toBeLessThan(interval.value);
    expect(interval.upper).toBeGreaterThan(interval.value);
    // An AUC varies more where it is smaller.
    const own = correction.replicates.map((replicate) => (replicate!.training.somersD + 1) / 2);
    const spread = sortedQuantile(Float64Array.from(own).toSorted(), 0.975);
    const least = sortedQuantile(Float64Array.from(own).toSorted(), 0.025);
    expect(interval.upper - interval.lower).toBeGreaterThan(spread - least);
    expect(interval.upper).toBeLessThan(1);
  });

  it("has no interval of a calibration slope, which is 1 wherever the model was fitted", () => {
    expect(() => optimismInterval(correction, "slope")).toThrow(NumericalError);
  });

  it("needs resamples and a model of all patients", () => {
    expect(() => bootstrapOptimism(outcome, [], refit)).toThrow(/got none/);
    expect(() =>
      bootstrapOptimism(outcome, resamples, () => ({ linear: null, failure: "separation" })),
    ).toThrow(/separation/);
  });
});

describe("the .632+ estimate", () => {
  it("lies between the apparent performance and that of patients left out, .632+ nearer to the latter", () => {
    const { auc: area, brier } = bootstrap632(outcome, resamples, refit);
    expect(area.point632).toBeLessThan(area.apparent);
    expect(area.point632Plus).toBeLessThanOrEqual(area.point632);
    expect(area.point632Plus).toBeGreaterThanOrEqual(area.leftOut);
    expect(brier.point632Plus).toBeGreaterThanOrEqual(brier.point632);
  });

  it("of a model that only remembers is what knowing nothing gives", () => {
    const memory: FitAndScore = (rows) => {
      const known = new Set(rows);
      return {
        linear: Float64Array.from(outcome, (event, i) => (known.has(i) ? 8 * event - 4 : 0)),
        failure: null,
      };
    };
    const { auc: area } = bootstrap632(outcome, resamples, memory);
    expect(area.leftOut).toBe(0.5);
    expect(area.overfitting).toBe(1);
    expect(area.point632Plus).toBeCloseTo(0.5, 12);
  });

  it("refuses resamples that never leave a patient out", () => {
    const all = Int32Array.from(outcome.keys());
    expect(() => bootstrap632(outcome, [all], refit)).toThrow(/120 of 120/);
  });
});

describe("bootstrap samples", () => {
  it("depend on their number only, so that workers can share them", () => {
    expect(bootstrapResample(n, 7, createRandom("draws"))).toEqual(resamples[7]);
  });

  it("keep the classes when stratified", () => {
    for (const rows of stratifiedResamples(outcome, 5, createRandom(1))) {
      const events = rows.reduce((sum, row) => sum + outcome[row], 0);
      expect(events).toBe(outcome.reduce((a, b) => a + b, 0));
    }
  });
});
