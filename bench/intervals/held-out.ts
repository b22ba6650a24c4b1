/** Intervals on patients that no model learned from. */
import { studentTQuantile } from "../../packages/core/src/math/distributions.ts";
import { mean, sampleVariance } from "../../packages/core/src/math/statistics.ts";
import { createRandom } from "../../packages/core/src/math/random.ts";
import type { JudgedPredictions } from "../../packages/core/src/study/judged-predictions.ts";
import { NET_BENEFIT_SAMPLES } from "../../packages/core/src/study/evaluate-study.ts";
import {
  profileCalibrationInTheLarge,
  profileCalibrationSlope,
} from "../../packages/core/src/validation/calibration-profile.ts";
import { netBenefitDifferenceBand } from "../../packages/core/src/validation/decision-curve-band.ts";
import { clippedLogits } from "../../packages/core/src/validation/calibration.ts";
import { delongTest } from "../../packages/core/src/validation/delong-test.ts";
import { logistic } from "../../packages/core/src/math/elementary.ts";
import { delongLogitAuc } from "../../packages/core/src/validation/delong.ts";
import type { Estimate } from "../../packages/core/src/validation/estimate.ts";
import { evaluateRepeats, type PredictionSet } from "../../packages/core/src/validation/evaluate.ts";
import { newcombeAuc } from "../../packages/core/src/validation/newcombe-auc.ts";
import {
  continuousReclassification,
  discriminationImprovement,
} from "../../packages/core/src/validation/reclassification.ts";
import { bootstrapResamples } from "../../packages/core/src/validation/resamples.ts";
import {
  type Measured,
  type ModelTruth,
  NO_VALUE,
  note,
  type Notebook,
  noteEvaluation,
  noteThresholds,
  type Place,
} from "./observation.ts";
import { DECISION_THRESHOLDS, type JudgedStudy } from "./study.ts";
import { reclassificationTruth } from "./truth.ts";

/** What a final model is worth, with its risks in the population. */
export interface Worth extends ModelTruth {
  readonly risk: Float64Array;
}

const ESTIMAND = "final model";

/** A decision curve of the thresholds that are judged. */
const GRID = [...DECISION_THRESHOLDS];

/** The judged predictions of a run, by dataset and method. */
export function judgedOf(study: JudgedStudy, dataset: string, method: string): JudgedPredictions {
  return study.predictions.find((one) => one.dataset === dataset && one.method === method)!;
}

/** Writes down what a run prints of its test set, and what it would print had the set been its first patients only. */
export function noteHeldOut(
  book: Notebook,
  study: JudgedStudy,
  worth: readonly Worth[],
  sizes: readonly number[],
): void {
  const judged = judgedOf(study, "test", "held-out");
  judged.models.forEach(({ model, repeats: [whole] }, index) => {
    const thresholds = study.fits.final[index].thresholds;
    for (const size of sizes) {
      const place: Place = { model, judged: `test set of ${String(size)}`, estimand: ESTIMAND };
      const predictions: PredictionSet = { ...whole, probability: whole.probability.slice(0, size) };
      const outcome = judged.outcome.slice(0, size);
      const random = createRandom(study.prepared.protocol.seed).fork(`net benefit/${String(size)}`);
      const { evaluation } = evaluateRepeats(
        { model, dataset: "test", method: "held-out" },
        outcome,
        [predictions],
        {
          decisionThresholds: GRID,
          bootstrap: { replicates: NET_BENEFIT_SAMPLES, random },
        },
      );
      noteEvaluation(book, place, evaluation, worth[index]);
      noteThresholds(book, place, evaluation, { truth: worth[index], thresholds });
      noteOtherIntervals(book, place, { outcome, probability: predictions.probability }, worth[index]);
    }
  });
}

interface Risks {
  readonly outcome: Uint8Array;
  readonly probability: Float64Array;
}

/** Intervals that a run does not print, for comparison. */
function noteOtherIntervals(
  book: Notebook,
  place: Place,
  { outcome, probability }: Risks,
  truth: Worth,
): void {
  const { auc, slope, intercept } = truth.overall;
  const others: readonly [string, string, () => Estimate, number][] = [
    ["AUC", "DeLong on the logit scale", () => delongLogitAuc(outcome, probability), auc],
    ["AUC", "Newcombe", () => newcombeAuc(outcome, probability), auc],
    ["calibration slope", "profile likelihood", () => profileCalibrationSlope(outcome, probability), slope],
    [
      "calibration intercept",
      "profile likelihood",
      () => profileCalibrationInTheLarge(outcome, probability),
      intercept,
    ],
  ];
  for (const [measure, method, estimate, value] of others)
    note(book, place, [measure, method], { measured: orUndefined(estimate) ?? NO_VALUE, truth: value });
  for (const threshold of DECISION_THRESHOLDS)
    note(book, place, [`net benefit at ${String(threshold)}`, "Student"], {
      measured: studentNetBenefit({ outcome, probability }, threshold),
      truth: truth.at(threshold).netBenefit,
    });
}

/** Net benefit is a mean over patients, whose interval can be had without a bootstrap. */
function studentNetBenefit({ outcome, probability }: Risks, threshold: number): Measured {
  const odds = threshold / (1 - threshold);
  const gains = probability.map((p, i) => (p < threshold ? 0 : outcome[i] === 1 ? 1 : -odds));
  const value = mean(gains);
  const halfWidth =
    studentTQuantile(0.975, gains.length - 1) * Math.sqrt(sampleVariance(gains) / gains.length);
  return { value, lower: value - halfWidth, upper: value + halfWidth };
}

/** Writes down the comparisons of all pairs of models, by ranks, reclassification and net benefit. */
export function noteHeldOutPairs(
  book: Notebook,
  study: JudgedStudy,
  worth: readonly Worth[],
  chance: Float64Array,
): void {
  const { outcome, models } = judgedOf(study, "test", "held-out");
  const resamples = bootstrapResamples(
    outcome.length,
    NET_BENEFIT_SAMPLES,
    createRandom(study.prepared.protocol.seed).fork("pairs"),
  );
  models.forEach((first, i) =>
    models.slice(i + 1).forEach((second, offset) => {
      const [own, other] = [worth[i], worth[i + 1 + offset]];
      const place: Place = {
        model: `${first.model} and ${second.model}`,
        judged: `test set of ${String(outcome.length)}`,
        estimand: ESTIMAND,
      };
      noteDifference(book, place, study, { dataset: "test", truth: own.overall.auc - other.overall.auc });
      const [old, updated] = [first, second].map(({ repeats }) => repeats[0].probability);
      const truth = reclassificationTruth(own.risk, other.risk, chance);
      const idi = discriminationImprovement(outcome, { old, updated });
      const nri = continuousReclassification(outcome, { old, updated });
      note(book, place, ["IDI", "normal"], { measured: idi, truth: truth.idi });
      note(book, place, ["continuous NRI", "normal"], { measured: nri, truth: truth.nri });
      const band = netBenefitDifferenceBand(outcome, [[old], [updated]], GRID, resamples);
      GRID.forEach((threshold, k) => {
        const { lower, upper } = band[k];
        note(book, place, [`difference of net benefit at ${String(threshold)}`, "bootstrap"], {
          measured: { value: (lower + upper) / 2, lower, upper },
          truth: own.at(threshold).netBenefit - other.at(threshold).netBenefit,
        });
      });
    }),
  );
}

/** Writes down the comparison of two scores of exactly equal worth: a model's logit with noise, and with other noise. */
export function noteEqualScores(book: Notebook, study: JudgedStudy, noise: readonly [string, string]): void {
  const { outcome, patients, models } = judgedOf(study, "test", "held-out");
  const { predictors } = study.prepared;
  const row = new Map(predictors.patients.map((patient, index) => [patient, index]));
  const logits = clippedLogits(models[0].repeats[0].probability).values;
  const [old, updated] = noise.map((name) => {
    const column = predictors.columns.find((one) => one.name === name)!;
    if (column.kind !== "numeric") throw new Error(`${name} needs to be numeric`);
    return logits.map((value, i) => logistic(value + 0.7 * column.values[row.get(patients[i])!]));
  });
  const place: Place = {
    model: "two equal scores",
    judged: `test set of ${String(outcome.length)}`,
    estimand: "scores",
  };
  const { difference, lower, upper } = delongTest(outcome, old, updated);
  const idi = discriminationImprovement(outcome, { old, updated });
  const nri = continuousReclassification(outcome, { old, updated });
  note(book, place, ["difference of AUC", "DeLong paired"], {
    measured: { value: difference, lower, upper },
    truth: 0,
  });
  note(book, place, ["IDI", "normal"], { measured: idi, truth: 0 });
  note(book, place, ["continuous NRI", "normal"], { measured: nri, truth: 0 });
}

/** Writes down the difference of two AUCs as a run prints it; the model of the place names both. */
export function noteDifference(
  book: Notebook,
  place: Place,
  study: JudgedStudy,
  { dataset, truth }: { readonly dataset: string; readonly truth: number },
): void {
  const printed = study.comparisons.find(
    (one) => one.dataset === dataset && place.model === `${one.first} and ${one.second}`,
  )!;
  const { difference, lower, upper } = printed;
  note(book, place, ["difference of AUC", "as printed"], {
    measured: { value: difference, lower, upper },
    truth,
  });
}

/** What a method gives, or null where it has no answer, e.g. a logit of an AUC of 1. */
export function orUndefined<T>(method: () => T): T | null {
  try {
    return method();
  } catch (error) {
    if (error instanceof Error && /^(InputError|NumericalError)$/.test(error.name)) return null;
    throw error;
  }
}
