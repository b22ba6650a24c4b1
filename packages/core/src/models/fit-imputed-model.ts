import type { Finding } from "../errors.ts";
import { logistic } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import { mean, sampleStandardDeviation } from "../math/statistics.ts";
import { assembleModel } from "./assemble-model.ts";
import { type CompletedTraining, fitCompleted, rescaled } from "./fit-completed.ts";
import type { FittedRegression } from "./fit-regression.ts";
import type { ChainedEquations } from "./imputation/chained-equations.ts";
import { completePatients } from "./imputation/complete-patients.ts";
import { completedTable, type TrainingImputations } from "./imputation/impute-training.ts";
import { learnImputer } from "./imputation/learn-imputer.ts";
import { learnDesign } from "./learn-design.ts";
import { toLinearPredictor } from "./linear-predictor.ts";
import type { DesignColumn, FilteredBlock, FittedModel, ModelSpecification } from "./model.ts";
import type { PooledRegression } from "./pool-regressions.ts";
import type { TrainingData } from "./training-data.ts";

/** A model fitted on imputed tables; the parts are those of `ModelFit`. */
interface ImputedModelFit {
  readonly model: FittedModel;
  readonly outOfFold: Float64Array;
  readonly findings: readonly Finding[];
}

/** A specification with chained equations. */
type ImputedSpecification = ModelSpecification & { readonly imputation: ChainedEquations };

/** The regression of a block that enters as a score, on every completed table. */
interface CompletedScore {
  readonly name: string;
  readonly columns: readonly DesignColumn[];
  readonly regression: FittedRegression | PooledRegression;
  readonly outOfFold: readonly Float64Array[];
}

/**
 * Fits a model on every completed table of its training patients and pools the regressions.
 *
 * Filters, knots and levels come from the table before imputation, so that every imputation has the same columns. Columns
 * that chained equations do not impute, e.g. those of blocks with a filter, keep the median.
 *
 * @param training Sorted by patient.
 * @param imputations Of these patients in this order, made with the outcome; the models of a fold share them.
 * @source One imputation of the training patients, and equations without the outcome for those held out: see
 *   docs/statistics/imputation-and-validation.md.
 */
export function fitImputedModel(
  specification: ImputedSpecification,
  training: TrainingData,
  imputations: TrainingImputations,
  random: Random,
): ImputedModelFit {
  const { table, outcome } = training;
  const learned = specification.blocks.map((block) => ({ block, ...learnDesign(block, table) }));
  const names = new Set(learned.flatMap(({ columns }) => columns.map(sourceOf)));
  const imputed = specification.imputation.columns.filter((name) => names.has(name));
  const learn = (columns: readonly string[]) =>
    learnImputer(specification.imputation, columns, { table, imputations }, random.fork("new patients"));
  const isComplete = imputations.columns.every(({ name }) => !names.has(name));
  const imputer = learn(imputed);
  const completed = isComplete
    ? [{ table, heldOut: table, scores: {} }]
    : completePatients(imputer, table).map((heldOut, imputation) => ({
        table: completedTable(table, imputations, imputation),
        heldOut,
        scores: {},
      }));
  const fitted = fitBlocks(specification, learned, { completed, outcome, random });
  const { predictor, scores, outOfFold } = fitted;
  const model = assembleModel({
    name: specification.name,
    predictor,
    scores,
    filtered: learned.flatMap((block): FilteredBlock[] => (block.filtered === null ? [] : [block.filtered])),
    table,
    outcome,
  });
  // A column whose coefficients are all 0 is not asked of new patients.
  const asked = new Set(model.inputs.map(({ name }) => name));
  return {
    model: {
      ...model,
      imputer: imputed.every((name) => asked.has(name))
        ? imputer
        : learn(imputed.filter((name) => asked.has(name))),
    },
    outOfFold: meanProbability(outOfFold),
    findings: [...learned.flatMap(({ findings }) => findings), ...imputations.findings, ...fitted.findings],
  };
}

function sourceOf(column: DesignColumn): string {
  return column.kind === "score" ? column.name : column.column;
}

type LearnedBlock = { readonly block: ModelSpecification["blocks"][number] } & ReturnType<typeof learnDesign>;

interface FitSettings {
  readonly completed: readonly CompletedTraining[];
  readonly outcome: Uint8Array;
  readonly random: Random;
}

function fitBlocks(
  specification: ImputedSpecification,
  learned: readonly LearnedBlock[],
  { completed, outcome, random }: FitSettings,
) {
  const tables = completed.map(({ table }) => table);
  const scores: CompletedScore[] = [];
  const columns = learned.flatMap(({ block, columns: own }): readonly DesignColumn[] => {
    const scaled = rescaled(own, tables);
    if (block.entersAs.kind === "features") return scaled;
    const score = {
      name: block.name,
      columns: scaled,
      ...fitCompleted(scaled, outcome, completed, {
        regression: block.entersAs.regression,
        folds: specification.innerFolds,
        random: random.fork(`score/${block.name}`),
      }),
    };
    scores.push(score);
    return scoreColumn(score);
  });
  const withScores = completed.map((one, imputation) => ({
    ...one,
    scores: Object.fromEntries(scores.map(({ name, outOfFold }) => [name, outOfFold[imputation]])),
  }));
  const { regression, outOfFold } = fitCompleted(columns, outcome, withScores, {
    regression: specification.regression,
    folds: specification.innerFolds,
    random: random.fork("regression"),
  });
  return {
    predictor: toLinearPredictor(columns, regression),
    scores: Object.fromEntries(
      scores.map((score) => [score.name, toLinearPredictor(score.columns, score.regression)]),
    ),
    outOfFold,
    findings: [
      ...scores.flatMap(({ name, regression: { findings } }) =>
        findings.map((finding) => ({ ...finding, message: `score ${name}: ${finding.message}` })),
      ),
      ...regression.findings,
    ],
  };
}

/** A score without predictors is the same for everybody and does not enter. */
function scoreColumn({ name, regression, outOfFold }: CompletedScore): readonly DesignColumn[] {
  const scale = mean(outOfFold.map(sampleStandardDeviation));
  return regression.coefficients.some((coefficient) => coefficient !== 0) && scale > 0
    ? [{ kind: "score", name, center: mean(outOfFold.map(mean)), scale }]
    : [];
}

/** Mean over the imputations of the probabilities, as for a new patient. */
function meanProbability(linear: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(linear[0].length);
  for (const one of linear) for (let i = 0; i < sums.length; i++) sums[i] += logistic(one[i]);
  return sums.map((sum) => sum / linear.length);
}
