/** Estimates from the development patients alone: apparent and cross-validated. */
import type { FittedModel } from "../../packages/core/src/models/model.ts";
import { predictProbability } from "../../packages/core/src/models/predict.ts";
import {
  correctedResampledInterval,
  influenceCurveAuc,
} from "../../packages/core/src/validation/cross-validation-interval.ts";
import type { Evaluation } from "../../packages/core/src/validation/evaluation.ts";
import { auc } from "../../packages/core/src/validation/roc.ts";
import { judgedOf, noteDifference, orUndefined, type Worth } from "./held-out.ts";
import { NO_VALUE, note, type Notebook, noteEvaluation, noteThresholds, type Place } from "./observation.ts";
import { meanWorth, type Population } from "./population.ts";
import type { JudgedStudy } from "./study.ts";

/** Writes down what a run prints of its development set. */
export function noteInternal(
  book: Notebook,
  study: JudgedStudy,
  worth: readonly Worth[],
  population: Population,
): void {
  const { final, crossValidation } = study.fits;
  const { specifications, split } = study.prepared;
  const patients = String(split.development.length);
  for (const evaluation of study.evaluations) {
    if (evaluation.dataset !== "development") continue;
    const { model, method } = evaluation;
    const index = specifications.findIndex(({ name }) => name === model);
    const place: Place = { model, judged: `${method} in ${patients}`, estimand: "final model" };
    noteEvaluation(book, place, evaluation, worth[index]);
    if (method !== "cross-validation") continue;
    noteUndoubled(book, place, evaluation, worth[index]);
    noteByFolds(book, place, study, worth[index]);
    const risksOf = (fitted: FittedModel) => predictProbability(fitted, population.part.predictors);
    const reference = { worth: worth[index], risk: risksOf(final[index].model) };
    const folds = crossValidation[index].map((fit) => risksOf(fit.model));
    noteEvaluation(
      book,
      { ...place, estimand: "fold models" },
      evaluation,
      meanWorth(reference, folds, population),
    );
    noteThresholds(book, place, evaluation, { truth: worth[index], thresholds: final[index].thresholds });
  }
  specifications.forEach((first, i) =>
    specifications.slice(i + 1).forEach((second, offset) => {
      const truth = worth[i].overall.auc - worth[i + 1 + offset].overall.auc;
      const place = {
        model: `${first.name} and ${second.name}`,
        judged: `cross-validation in ${patients}`,
        estimand: "final model",
      };
      noteDifference(book, place, study, { dataset: "development", truth });
    }),
  );
}

/** The interval of the slope had it not counted the training of the models. */
function noteUndoubled(book: Notebook, place: Place, evaluation: Evaluation, truth: Worth): void {
  const { value, lower, upper } = evaluation.calibration.slope;
  if (value === null || lower === null || upper === null) return;
  const halfWidth = (upper - lower) / (2 * Math.SQRT2);
  note(book, place, ["calibration slope", "Wald, variance not doubled"], {
    measured: { value, lower: value - halfWidth, upper: value + halfWidth },
    truth: truth.overall.slope,
  });
}

/** Intervals of the AUC that average over folds in place of pooling them. */
function noteByFolds(book: Notebook, place: Place, study: JudgedStudy, truth: Worth): void {
  const { outcome, folds, models } = judgedOf(study, "development", "cross-validation");
  const { repeats } = models.find(({ model }) => model === place.model)!;
  const { probability } = repeats[0];
  const share = 1 / (study.prepared.protocol.validation.folds - 1);
  const areas = repeats.flatMap((repeat, r) =>
    [...new Set(folds![r])].map((fold) => {
      const isIn = (_: number, row: number) => folds![r][row] === fold;
      return auc(outcome.filter(isIn), repeat.probability.filter(isIn));
    }),
  );
  const intervals = {
    "LeDell's influence curve": () => influenceCurveAuc(outcome, probability, folds![0]),
    "corrected resampled t": () => correctedResampledInterval(areas, share),
  };
  for (const [method, interval] of Object.entries(intervals))
    note(book, place, ["AUC", method], {
      measured: orUndefined(interval) ?? NO_VALUE,
      truth: truth.overall.auc,
    });
}
