/** Intervals on patients with missing values. */
import { takePatients } from "../../packages/core/src/features/predictor-table.ts";
import { createRandom } from "../../packages/core/src/math/random.ts";
import { completedTable, imputeTraining } from "../../packages/core/src/models/imputation/impute-training.ts";
import { predictProbability } from "../../packages/core/src/models/predict.ts";
import { pooledAuc } from "../../packages/core/src/validation/pooled-auc.ts";
import { judgedOf, orUndefined, type Worth } from "./held-out.ts";
import { NO_VALUE, note, type Notebook, noteEvaluation, type Place } from "./observation.ts";
import { meanWorth, type Population } from "./population.ts";
import type { JudgedStudy } from "./study.ts";

/**
 * Writes down the printed intervals of an incomplete test set, about a population with the same gaps, and the AUC pooled
 * over imputations of the test set, about complete patients.
 */
export function noteImputed(
  book: Notebook,
  study: JudgedStudy,
  [worth]: readonly Worth[],
  population: Population,
): void {
  const [{ model }] = study.fits.final;
  const { predictors, protocol, specifications } = study.prepared;
  const [{ name, imputation }] = specifications;
  const judged = judgedOf(study, "test", "held-out");
  const { part } = population;
  const asIs = predictProbability(model, part.incomplete);
  const reference = { worth, risk: predictProbability(model, part.predictors) };
  const size = String(judged.patients.length);
  const place: Place = {
    model: name,
    judged: `test set of ${size}`,
    estimand: "final model, incomplete patients",
  };
  const printed = study.evaluations.find((one) => one.dataset === "test" && one.method === "held-out")!;
  noteEvaluation(book, place, printed, meanWorth(reference, [asIs], population));

  const row = new Map(predictors.patients.map((patient, index) => [patient, index]));
  const table = takePatients(
    predictors,
    judged.patients.map((patient) => row.get(patient)!),
  );
  const random = createRandom(protocol.seed).fork("imputed test set");
  const imputed = imputeTraining(imputation!, { table, outcome: judged.outcome }, random);
  const scores = Array.from({ length: imputed.imputations }, (_, index) =>
    predictProbability(model, completedTable(table, imputed, index)),
  );
  note(book, { ...place, estimand: "final model, complete patients" }, ["AUC", "pooled by Rubin's rules"], {
    measured: orUndefined(() => pooledAuc(judged.outcome, scores).auc) ?? NO_VALUE,
    truth: worth.overall.auc,
  });
}
