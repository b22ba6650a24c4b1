import type { Finding } from "../errors.ts";
import type { Random } from "../math/random.ts";
import { fitPredictor, type PredictorMethod } from "./fit-predictor.ts";
import type { BlockScore, BlockSpecification, FilteredBlock } from "./model.ts";
import { predictorValues } from "./predict.ts";
import { learnSelectedDesign, refittedOutOfFold } from "./select-columns.ts";
import type { TrainingData } from "./training-data.ts";

/** A block with the method that makes it one score. */
export interface ScoreSpecification extends BlockSpecification, PredictorMethod {}

/** A score of a block: the model for new patients, and values for the training patients that are not its own echo. */
export interface FittedScore {
  /** Fitted on all training patients. */
  readonly predictor: BlockScore;
  /** Log odds of each training patient by a fit that did not see the patient's outcome, shape [n]. */
  readonly crossFitted: Float64Array;
  /** Null where the block has no filter. */
  readonly filtered: FilteredBlock | null;
  readonly findings: readonly Finding[];
}

/**
 * A score whose values for training patients come from folds that did not see their outcome. A score fitted on the same
 * patients that then learn its weight would look far better than it is on new ones.
 *
 * The folds share the penalty that cross-validation chose for all training patients: with a penalty of its own a fold
 * would give scores of another spread, and the weight of the score would fit no fold. Where the block selects its columns by
 * the outcome, every fold selects anew, and with it chooses a penalty of its own: an echo of the selection is the worse harm.
 *
 * @param folds Of the cross-fitting where the regression has no penalty.
 * @throws {InputError} A class has fewer patients than folds.
 * @source Tibshirani & Efron 2002, Stat Appl Genet Mol Biol 1:1 (pre-validation).
 */
export function crossFittedScore(
  block: ScoreSpecification,
  training: TrainingData,
  folds: number,
  random: Random,
): FittedScore {
  const { columns, filtered, findings } = learnSelectedDesign(block, training, random);
  const fitted = fitPredictor(block, { columns, ...training, scores: {} }, folds, random);
  return {
    predictor: fitted.predictor,
    crossFitted:
      block.selection === undefined
        ? fitted.outOfFold
        : refittedOutOfFold(training, folds, random.fork("with selection"), (inner, testing, own) => {
            const chosen = learnSelectedDesign(block, inner, own);
            const data = { columns: chosen.columns, ...inner, scores: {} };
            return predictorValues(fitPredictor(block, data, folds, own).predictor, testing, {});
          }),
    filtered,
    findings: [
      ...findings,
      ...fitted.findings.map((finding) => ({
        ...finding,
        message: `score ${block.name}: ${finding.message}`,
      })),
    ],
  };
}
