import { type Finding, InputError } from "../errors.ts";
import { takePatients } from "../features/predictor-table.ts";
import { logistic } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import { mean, sampleStandardDeviation } from "../math/statistics.ts";
import { assembleModel } from "./assemble-model.ts";
import { crossFittedScore, type FittedScore } from "./cross-fit.ts";
import { fitPredictor } from "./fit-predictor.ts";
import { fitImputedModel } from "./fit-imputed-model.ts";
import { harmoniseTraining, withHarmonisation } from "./harmonise.ts";
import { imputeTraining, type ImputeTraining } from "./imputation/impute-training.ts";
import type { DesignColumn, FilteredBlock, FittedModel, ModelSpecification } from "./model.ts";
import { predictProbability } from "./predict.ts";
import { learnSelectedDesign, refittedOutOfFold } from "./select-columns.ts";
import type { TrainingData } from "./training-data.ts";

/** A fitted model with what was learned on the way. */
export interface ModelFit {
  readonly model: FittedModel;
  /**
   * Probability of each training patient from folds whose regression did not see the patient's outcome, shape [n]; for
   * choosing thresholds. Harmonisation, imputation and scaling use no outcome and are those of all training patients; a
   * score enters with its cross-fitted values.
   */
  readonly outOfFold: Float64Array;
  readonly findings: readonly Finding[];
}

/**
 * Fits a model on training patients. Harmonisation, imputation, coding, scaling, filters, scores, penalties and
 * coefficients are all learned here, from these patients and no others.
 *
 * @param training Order of the patients does not matter: they are sorted by id before anything is drawn.
 * @param random Draws the folds inside the training set.
 * @param impute Imputes the sorted training patients where the specification asks for chained equations; models of one
 *   training set can share what it gives.
 * @throws {InputError} A term names a column that the table lacks, a class has fewer patients than folds, or a selection
 *   of columns meets chained equations.
 */
export function fitModel(
  specification: ModelSpecification,
  training: TrainingData,
  random: Random,
  impute: ImputeTraining = imputeTraining,
): ModelFit {
  const { patients } = training.table;
  const order = [...patients.keys()].sort((a, b) =>
    patients[a] < patients[b] ? -1 : patients[a] > patients[b] ? 1 : a - b,
  );
  const sorted = takePatients(training.table, order);
  const harmonised = harmoniseTraining(specification.harmonisation, sorted);
  const { table } = harmonised;
  const outcome = Uint8Array.from(order, (row) => training.outcome[row]);
  const { imputation, blocks } = specification;
  if (imputation !== undefined && blocks.some(({ selection }) => selection !== undefined))
    throw new InputError(
      "a selection of columns needs one table; got chained equations, which make several; impute simply or select nothing",
    );
  const fit =
    imputation === undefined || usesLearner(specification)
      ? fitSorted(specification, { table, outcome }, random)
      : fitImputedModel(
          { ...specification, imputation },
          { table, outcome },
          // Imputations of harmonised columns are this model's alone, which its fellows do not share.
          (imputesHarmonised(specification) ? imputeTraining : impute)(
            imputation,
            { table, outcome },
            random.fork("imputation"),
          ),
          random,
        );
  const outOfFold = new Float64Array(order.length);
  order.forEach((row, index) => (outOfFold[row] = fit.outOfFold[index]));
  return {
    model: withHarmonisation(fit.model, harmonised.harmonisation, sorted),
    outOfFold,
    findings: [...harmonised.findings, ...fit.findings, ...imputationFindings(specification)],
  };
}

function imputesHarmonised({ harmonisation, imputation }: ModelSpecification): boolean {
  const imputed = new Set(imputation?.columns ?? []);
  return harmonisation?.columns.some((name) => imputed.has(name)) ?? false;
}

/** Learners cannot be pooled over imputations as coefficients are. */
function usesLearner({ learner, blocks }: ModelSpecification): boolean {
  return (
    learner !== undefined ||
    blocks.some(({ entersAs }) => entersAs.kind === "score" && entersAs.learner !== undefined)
  );
}

function imputationFindings(specification: ModelSpecification): readonly Finding[] {
  if (specification.imputation === undefined || !usesLearner(specification)) return [];
  const learners = [specification, ...specification.blocks.map(({ entersAs }) => entersAs)].flatMap((part) =>
    "learner" in part && part.learner !== undefined ? [part.learner.method] : [],
  );
  const boosted = learners.includes("boosting")
    ? ", but for those that boosted trees send the way they have learned"
    : "";
  const message = `multiple imputation needs coefficients to be pooled; a learner has none; missing values became the median or the most frequent level${boosted}; a comparison with a model that imputes several times compares both`;
  return [{ code: "learner-imputes-simply", severity: "info", message }];
}

/** A fit whose out-of-fold predictions repeat the selection of columns, where a block that enters as features makes one. */
function fitSorted(specification: ModelSpecification, training: TrainingData, random: Random): ModelFit {
  const fit = fitOnce(specification, training, random);
  const selects = specification.blocks.some(
    ({ entersAs, selection }) => entersAs.kind === "features" && selection !== undefined,
  );
  if (!selects) return fit;
  const outOfFold = refittedOutOfFold(
    training,
    specification.innerFolds,
    random.fork("with selection"),
    (inner, testing, own) => predictProbability(fitOnce(specification, inner, own).model, testing),
  );
  return { ...fit, outOfFold };
}

function fitOnce(specification: ModelSpecification, training: TrainingData, random: Random): ModelFit {
  const { table, outcome } = training;
  const columns: DesignColumn[] = [];
  const scores: Record<string, FittedScore> = {};
  const findings: Finding[] = [];
  const filtered: FilteredBlock[] = [];
  for (const block of specification.blocks) {
    if (block.entersAs.kind === "features") {
      const learned = learnSelectedDesign(block, training, random);
      columns.push(...learned.columns);
      findings.push(...learned.findings);
      if (learned.filtered !== null) filtered.push(learned.filtered);
      continue;
    }
    const score = crossFittedScore(
      { ...block, ...block.entersAs },
      training,
      specification.innerFolds,
      random.fork(`score/${block.name}`),
    );
    scores[block.name] = score;
    findings.push(...score.findings);
    if (score.filtered !== null) filtered.push(score.filtered);
    columns.push(...scoreColumn(block.name, score));
  }
  const crossFitted = Object.fromEntries(
    Object.entries(scores).map(([name, score]) => [name, score.crossFitted]),
  );
  const fitted = fitPredictor(
    specification,
    { columns, table, outcome, scores: crossFitted },
    specification.innerFolds,
    random.fork(specification.learner === undefined ? "regression" : "learner"),
  );
  const { predictor } = fitted;
  const model = assembleModel({
    name: specification.name,
    predictor,
    scores: Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, score.predictor])),
    filtered,
    table,
    outcome,
  });
  return { model, outOfFold: fitted.outOfFold.map(logistic), findings: [...findings, ...fitted.findings] };
}

/** A score without predictors is the same for everybody and does not enter; its finding says that it is empty. */
function scoreColumn(name: string, { predictor, crossFitted }: FittedScore): DesignColumn[] {
  const scale = sampleStandardDeviation(crossFitted);
  return predictor.columns.length > 0 && scale > 0
    ? [{ kind: "score", name, center: mean(crossFitted), scale }]
    : [];
}
