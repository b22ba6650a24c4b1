import { InputError, NumericalError } from "../errors.ts";
import { exp } from "../math/elementary.ts";
import { chiSquaredUpper, normalUpper } from "../math/distributions.ts";
import { logisticRegression } from "../math/logistic-regression.ts";
import { type Matrix, matrixOfColumns } from "../math/matrix.ts";
import { cochranQ } from "./cochran-q.ts";
import { delongAuc, delongVariance } from "./delong.ts";
import { type Estimate, waldEstimate } from "./estimate.ts";
import type { ChiSquaredTail } from "./calibration-tests.ts";
import type { MeasuredEstimate } from "./evaluation.ts";
import { requireScores } from "./predictions.ts";
import { auc as areaOf } from "./roc.ts";

/** Which subgroup each patient belongs to. */
export interface Subgroups {
  readonly levels: readonly string[];
  /** Position in `levels`, -1 where the variable is missing; one per patient. */
  readonly codes: ArrayLike<number>;
}

/** How well a score does among the patients of one level. */
export interface SubgroupRow {
  readonly level: string;
  readonly patients: number;
  readonly events: number;
  /** AUC with DeLong's interval; null without a patient of each class, without limits where a class has only one. */
  readonly auc: MeasuredEstimate | null;
  /** Odds ratio for one unit of the score; null where there is no estimate. */
  readonly oddsRatio: Estimate | null;
  /** Wald test of the odds ratio. */
  readonly pValue: number | null;
  /** Why a value is null; null where none is. */
  readonly reason: string | null;
}

/** Tests that the odds ratio of the score is the same in all levels. */
export interface InteractionTest {
  readonly likelihoodRatio: ChiSquaredTail;
  readonly wald: ChiSquaredTail;
}

/**
 * AUC and odds ratio of a score in every level of a variable.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param score Higher means more likely positive; for the odds ratio usually the logit of a probability; shape [n].
 * @param subgroups Level of every patient; patients without one are left out.
 * @param level Confidence level in (0, 1).
 * @returns One row a level, in the order of the levels, also for levels without an estimate.
 * @throws {InputError} Unequal lengths, an outcome that is not 0 or 1, or a score that is not finite.
 */
export function subgroupRows(
  outcome: Uint8Array,
  score: Float64Array,
  subgroups: Subgroups,
  level = 0.95,
): readonly SubgroupRow[] {
  requireSubgroups(outcome, score, subgroups);
  return subgroups.levels.map((name, code) => {
    const members = membersOf(outcome, score, subgroups, code);
    const events = members.outcome.reduce((count, event) => count + event, 0);
    const counts = { level: name, patients: members.outcome.length, events };
    const rarer = Math.min(events, counts.patients - events);
    if (rarer === 0) {
      const reason = `a subgroup needs patients of each outcome; got ${events} with and ${counts.patients - events} without the event; read the counts`;
      return { ...counts, auc: null, oddsRatio: null, pValue: null, reason };
    }
    const auc = rarer > 1 ? delongAuc(members.outcome, members.score, level) : areaAlone(members);
    const slope = slopeOf(members.outcome, members.score);
    if (slope === null) {
      const reason = auc.lower === auc.upper && auc.lower !== null ? NO_WIDTH : NO_ODDS_RATIO;
      return { ...counts, auc, oddsRatio: null, pValue: null, reason };
    }
    const standardError = Math.sqrt(slope.variance);
    const onLog = waldEstimate({ value: slope.value, standardError, level, method: "Wald on the log scale" });
    return {
      ...counts,
      auc,
      oddsRatio: {
        value: exp(onLog.value),
        lower: exp(onLog.lower),
        upper: exp(onLog.upper),
        method: onLog.method,
      },
      pValue: 2 * normalUpper(Math.abs(slope.value) / standardError),
      reason: rarer > 1 ? null : ONE_PATIENT,
    };
  });
}

/**
 * Tests whether the odds ratio of a score differs between the levels of a variable.
 *
 * @param outcome As {@link subgroupRows}.
 * @param score As {@link subgroupRows}.
 * @param subgroups As {@link subgroupRows}; levels without an estimate are left out.
 * @throws {InputError} As {@link subgroupRows}.
 * @throws {NumericalError} Fewer than two levels have an estimate.
 * @source Likelihood ratio of y ~ score * level against y ~ score + level. Since the levels share no patient, the first
 *   is a regression a level, and Wald's test of the interaction is Cochran's Q of the slopes.
 */
export function interactionTest(
  outcome: Uint8Array,
  score: Float64Array,
  subgroups: Subgroups,
): InteractionTest {
  requireSubgroups(outcome, score, subgroups);
  const kept = subgroups.levels.flatMap((_, code) => {
    const members = membersOf(outcome, score, subgroups, code);
    const slope = slopeOf(members.outcome, members.score);
    return slope === null ? [] : [{ members, slope }];
  });
  requireTwoLevels(kept.length);
  const rows = kept.reduce((count, { members }) => count + members.outcome.length, 0);
  const columns = kept.map(() => new Float64Array(rows));
  const joined = new Uint8Array(rows);
  let row = 0;
  kept.forEach(({ members }, k) => {
    joined.set(members.outcome, row);
    // Column 0 holds the score; column k marks level k against the first.
    columns[0].set(members.score, row);
    if (k > 0) columns[k].fill(1, row, row + members.outcome.length);
    row += members.outcome.length;
  });
  const additive = logisticRegression(matrixOfColumns(rows, columns), joined);
  const separate = kept.reduce((total, { slope }) => total + slope.logLikelihood, 0);
  return {
    likelihoodRatio: chiSquaredTest(Math.max(0, 2 * (separate - additive.logLikelihood)), kept.length - 1),
    wald: cochranQ(kept.map(({ slope }) => slope)),
  };
}

/**
 * Tests whether the AUC of a score differs between the levels of a variable: Cochran's Q with DeLong's variances.
 *
 * @param outcome As {@link subgroupRows}.
 * @param score As {@link subgroupRows}.
 * @param subgroups As {@link subgroupRows}; levels with fewer than two patients of a class are left out.
 * @throws {InputError} As {@link subgroupRows}.
 * @throws {NumericalError} Fewer than two levels have an AUC with a variance above 0.
 * @source Cochran 1954, Biometrics 10:101-129.
 */
export function aucHeterogeneity(
  outcome: Uint8Array,
  score: Float64Array,
  subgroups: Subgroups,
): ChiSquaredTail {
  const rows = subgroupRows(outcome, score, subgroups);
  const estimates = rows.flatMap(({ auc }, code) => {
    const members = membersOf(outcome, score, subgroups, code);
    if (auc === null || auc.value === null || auc.lower === null) return [];
    const variance = delongVariance(members.outcome, members.score);
    return variance === 0 ? [] : [{ value: auc.value, variance }];
  });
  return cochranQ(estimates);
}

const ONE_PATIENT =
  "an interval of the AUC needs two patients of each outcome; got one of the rarer; read the value with great care";

const NO_ODDS_RATIO = "an odds ratio needs scores that differ and overlap between the outcomes; read the AUC";

const NO_WIDTH =
  "an odds ratio and DeLong's interval need scores that differ and overlap between the outcomes; got none; take Newcombe's interval of the AUC";

function areaAlone({ outcome, score }: { readonly outcome: Uint8Array; readonly score: Float64Array }) {
  return { value: areaOf(outcome, score), lower: null, upper: null, method: "DeLong" };
}

interface Slope {
  readonly value: number;
  readonly variance: number;
  readonly logLikelihood: number;
}

/** Null where one outcome is absent, all scores are equal, or the scores separate the outcomes. */
function slopeOf(outcome: Uint8Array, score: Float64Array): Slope | null {
  const events = outcome.reduce((count, event) => count + event, 0);
  if (events === 0 || events === outcome.length) return null;
  const design: Matrix = { rows: outcome.length, columns: 1, values: score };
  const fit = logisticRegression(design, outcome);
  if (!fit.converged || fit.separated || fit.aliased.length > 0) return null;
  return { value: fit.coefficients[1], variance: fit.covariance.values[3], logLikelihood: fit.logLikelihood };
}

function chiSquaredTest(chiSquared: number, degreesOfFreedom: number): ChiSquaredTail {
  return { chiSquared, degreesOfFreedom, pValue: chiSquaredUpper(chiSquared, degreesOfFreedom) };
}

function membersOf(outcome: Uint8Array, score: Float64Array, { codes }: Subgroups, code: number) {
  return {
    outcome: outcome.filter((_, i) => codes[i] === code),
    score: score.filter((_, i) => codes[i] === code),
  };
}

function requireSubgroups(outcome: Uint8Array, score: Float64Array, { codes }: Subgroups): void {
  requireScores(outcome, score);
  if (codes.length !== outcome.length)
    throw new InputError(
      `subgroups need a level for every patient; got ${codes.length} for ${outcome.length} patients; match them`,
    );
}

function requireTwoLevels(levels: number): void {
  if (levels < 2)
    throw new NumericalError(
      `a test between subgroups needs two levels with an estimate; got ${levels}; merge small levels`,
    );
}
