import { type Finding, InputError } from "../errors.ts";
import { logistic, logit } from "../math/elementary.ts";
import { firthInterceptCorrected } from "../math/firth-corrections.ts";
import { logisticRegression } from "../math/logistic-regression.ts";
import { matrixOfColumns } from "../math/matrix.ts";
import { mean } from "../math/statistics.ts";

/** How a score of other people's making becomes a risk of the patients at hand. Plain JSON. */
export interface ScoreRecalibration {
  readonly intercept: number;
  /** Of the score, or of its logit; 0 where all training patients share one score. */
  readonly slope: number;
  /** Whether the score is a risk, whose logit is used. */
  readonly ofRisk: boolean;
  readonly findings: readonly Finding[];
}

/** Patients with a score and an outcome. */
export interface ScoredOutcomes {
  /** 1 = event, 0 = none; shape [n], at least one patient of each. */
  readonly outcome: Uint8Array;
  /** Finite; shape [n]. */
  readonly score: Float64Array;
}

/** A risk of 0 or 1 is taken this far from it, so that it has a logit. */
const CLIP = 1e-8;

/**
 * The logistic regression of the outcome on a score: intercept and slope are learned, the order of the patients stays.
 *
 * Maximum likelihood has no answer where the score separates the outcomes; Firth's penalised likelihood with intercept
 * correction is then used, and a finding says so.
 *
 * @param training Patients to learn from.
 * @throws {InputError} Unequal lengths, a score that is not finite, an outcome other than 0 and 1, or a class without
 *   patients.
 * @source Cox 1958, Biometrika 45:562-565.
 * @example recalibrateScore({ outcome: Uint8Array.of(0, 1, 0, 1), score: Float64Array.of(2, 2, 2, 2) }).slope // => 0
 */
export function recalibrateScore({ outcome, score }: ScoredOutcomes): ScoreRecalibration {
  const design = matrixOfColumns(score.length, [score]);
  const fit = logisticRegression(design, outcome);
  if (fit.aliased.length > 0)
    return {
      intercept: logit(mean(outcome)),
      slope: 0,
      ofRisk: false,
      findings: [
        finding("score-constant", "needs scores that differ; got one for all; the same risk is given to all"),
      ],
    };
  if (!fit.separated && fit.converged)
    return { intercept: fit.coefficients[0], slope: fit.coefficients[1], ofRisk: false, findings: [] };
  const [intercept, slope] = firthInterceptCorrected(design, outcome).coefficients;
  const message =
    "needs scores that overlap between the outcomes; got separation; Firth's penalised likelihood was used";
  return { intercept, slope, ofRisk: false, findings: [finding("score-separates", message)] };
}

/**
 * Recalibration in the large: the number that added to the logit of every stated risk makes their mean the observed share
 * of events; the order of the patients and the spread of the logits stay.
 *
 * @param training Patients to learn from; the score is a risk in [0, 1].
 * @throws {InputError} As {@link recalibrateScore}, or a risk outside [0, 1].
 * @source Steyerberg et al. 2004, Stat Med 23:2567-2586, method 1.
 * @example recalibrateInTheLarge({ outcome: Uint8Array.of(0, 1, 0, 1), score: Float64Array.of(0.5, 0.5, 0.5, 0.5) }).slope // => 1
 */
export function recalibrateInTheLarge({ outcome, score }: ScoredOutcomes): ScoreRecalibration {
  const outside = score.reduce((count, risk) => (risk >= 0 && risk <= 1 ? count : count + 1), 0);
  if (outside > 0)
    throw new InputError(
      `recalibration in the large needs risks from 0 to 1; got ${outside} of ${score.length} outside; state the scale`,
    );
  const fit = logisticRegression(matrixOfColumns(score.length, []), outcome, {
    offset: score.map(clippedLogit),
  });
  return { intercept: fit.coefficients[0], slope: 1, ofRisk: true, findings: [] };
}

/**
 * The risk that a score stands for after its recalibration; equal scores get equal risks, bit for bit.
 *
 * @param score Shape [n]; NaN where there is none.
 * @returns In [0, 1], shape [n]; NaN where there is no score.
 * @example recalibratedRisk({ intercept: 0, slope: 1, ofRisk: true, findings: [] }, Float64Array.of(0.25)) // => [0.25]
 */
export function recalibratedRisk(
  { intercept, slope, ofRisk }: ScoreRecalibration,
  score: Float64Array,
): Float64Array {
  return score.map((value) => logistic(intercept + slope * (ofRisk ? clippedLogit(value) : value)));
}

function clippedLogit(risk: number): number {
  return logit(Math.min(1 - CLIP, Math.max(CLIP, risk)));
}

function finding(code: string, message: string): Finding {
  return { code, severity: "warning", message: `recalibration ${message}` };
}
