/** The bootstrap's corrections of what the development patients say of their own model. */
import type { PredictorTable } from "../../packages/core/src/features/predictor-table.ts";
import { logisticResampler } from "../../packages/core/src/math/logistic-resampler.ts";
import { createRandom } from "../../packages/core/src/math/random.ts";
import { sortedQuantile } from "../../packages/core/src/math/statistics.ts";
import { designMatrix } from "../../packages/core/src/models/design-value.ts";
import type { FittedModel } from "../../packages/core/src/models/model.ts";
import {
  bootstrapOptimism,
  type FitAndScore,
  type OptimismCorrection,
  type ResampleScores,
} from "../../packages/core/src/validation/optimism.ts";
import { optimismInterval } from "../../packages/core/src/validation/optimism-interval.ts";
import { bootstrap632 } from "../../packages/core/src/validation/point632.ts";
import { bootstrapResamples } from "../../packages/core/src/validation/resamples.ts";
import { orUndefined, type Worth } from "./held-out.ts";
import { type Measured, NO_VALUE, note, type Notebook } from "./observation.ts";
import type { JudgedStudy } from "./study.ts";

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
  // A patient without whom a column is constant is left out of no resample that has a fit.
  const estimates = orUndefined(() => bootstrap632(outcome, resamples, refit));
  const { auc, slope, intercept, brier } = worth.overall;
  const patients = String(outcome.length);
  const put = (measure: string, judged: string, measured: { readonly value: number | null }, truth: number) =>
    note(
      book,
      { model: model.name, judged: `${judged} in ${patients}`, estimand: "final model" },
      [measure, "library"],
      { measured, truth },
    );
  put("AUC", "optimism-corrected", orUndefined(() => optimismInterval(correction, "auc")) ?? NO_VALUE, auc);
  note(
    book,
    { model: model.name, judged: `optimism-corrected in ${patients}`, estimand: "final model" },
    ["AUC", "percentiles less the optimism"],
    { measured: percentilesLessOptimism(correction), truth: auc },
  );
  put("calibration slope", "optimism-corrected", { value: correction.indices.slope.corrected }, slope);
  put(
    "calibration intercept",
    "optimism-corrected",
    { value: correction.indices.intercept.corrected },
    intercept,
  );
  put("Brier score", "optimism-corrected", { value: correction.indices.brier.corrected }, brier);
  const of632 = [
    ["AUC", estimates?.auc, auc],
    ["Brier score", estimates?.brier, brier],
  ] as const;
  for (const [measure, estimate, truth] of of632) {
    put(measure, ".632", { value: estimate?.point632 ?? null }, truth);
    put(measure, ".632+", { value: estimate?.point632Plus ?? null }, truth);
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
