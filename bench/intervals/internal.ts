/** Estimates from the development patients alone: apparent, cross-validated, and corrected by the bootstrap. */
import { createRandom } from "../../packages/core/src/math/random.ts";
import type { PredictorTable } from "../../packages/core/src/features/predictor-table.ts";
import { sortedQuantile } from "../../packages/core/src/math/statistics.ts";
import { logisticResampler } from "../../packages/core/src/math/logistic-resampler.ts";
import { designMatrix } from "../../packages/core/src/models/design-value.ts";
import type { FittedModel } from "../../packages/core/src/models/model.ts";
import { predictProbability } from "../../packages/core/src/models/predict.ts";
import {
  bootstrapOptimism,
  type FitAndScore,
  type OptimismCorrection,
  type ResampleScores,
} from "../../packages/core/src/validation/optimism.ts";
import type { Evaluation } from "../../packages/core/src/validation/evaluation.ts";
import { optimismInterval } from "../../packages/core/src/validation/optimism-interval.ts";
import { bootstrap632 } from "../../packages/core/src/validation/point632.ts";
import { bootstrapResamples } from "../../packages/core/src/validation/resamples.ts";
import { noteDifference, orUndefined, type Worth } from "./held-out.ts";
import {
  type Measured,
  note,
  type Notebook,
  noteEvaluation,
  noteThresholds,
  type Place,
} from "./observation.ts";
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

/** Bootstrap samples behind a correction. */
const RESAMPLES = 200;

/** Writes down the bootstrap's corrections of a model that was fitted by maximum likelihood. */
export function noteBootstrap(
  book: Notebook,
  { cohort, prepared }: JudgedStudy,
  { model, worth }: { readonly model: FittedModel; readonly worth: Worth },
): void {
  const { outcome } = cohort;
  const refit = remembering(logisticResampler(designOf(model, prepared.predictors), outcome));
  const resamples = bootstrapResamples(
    outcome.length,
    RESAMPLES,
    createRandom(prepared.protocol.seed).fork("optimism"),
  );
  const correction = bootstrapOptimism(outcome, resamples, refit);
  const point632 = bootstrap632(outcome, resamples, refit);
  const { auc, slope, intercept, brier } = worth.overall;
  const patients = String(outcome.length);
  const put = (measure: string, judged: string, measured: { readonly value: number | null }, truth: number) =>
    note(
      book,
      { model: model.name, judged: `${judged} in ${patients}`, estimand: "final model" },
      [measure, "library"],
      { measured, truth },
    );
  put(
    "AUC",
    "optimism-corrected",
    orUndefined(() => optimismInterval(correction, "auc")),
    auc,
  );
  note(
    book,
    { model: model.name, judged: `optimism-corrected in ${patients}`, estimand: "final model" },
    ["AUC", "percentiles less the optimism"],
    { measured: percentilesLessOptimism(correction), truth: auc },
  );
  put(
    "calibration slope",
    "optimism-corrected",
    orUndefined(() => optimismInterval(correction, "slope")),
    slope,
  );
  put(
    "calibration intercept",
    "optimism-corrected",
    { value: correction.indices.intercept.corrected },
    intercept,
  );
  put("Brier score", "optimism-corrected", { value: correction.indices.brier.corrected }, brier);
  for (const [measure, { point632: plain, point632Plus: plus }, truth] of [
    ["AUC", point632.auc, auc],
    ["Brier score", point632.brier, brier],
  ] as const) {
    put(measure, ".632", { value: plain }, truth);
    put(measure, ".632+", { value: plus }, truth);
  }
}

/** Noma's first algorithm, which the library's interval departs from. */
function percentilesLessOptimism({ indices, replicates }: OptimismCorrection): Measured {
  const own = replicates.flatMap((one) => (one === null ? [] : [(one.training.somersD + 1) / 2]));
  const ascending = Float64Array.from(own).toSorted();
  const { corrected, optimism } = indices.auc;
  return {
    value: corrected,
    lower: sortedQuantile(ascending, 0.025) - optimism!,
    upper: sortedQuantile(ascending, 0.975) - optimism!,
  };
}

function designOf(model: FittedModel, predictors: PredictorTable) {
  if (model.kind !== "logistic") throw new Error(`${model.name} needs to be a regression here`);
  return designMatrix(model.predictor.columns, predictors, {});
}

/** Both corrections refit the same samples. */
function remembering(refit: FitAndScore): FitAndScore {
  const known = new Map<Int32Array, ResampleScores>();
  return (rows) => {
    const scores = known.get(rows) ?? refit(rows);
    known.set(rows, scores);
    return scores;
  };
}
