import { InputError, NumericalError } from "../errors.ts";
import { choleskyFactor, choleskySolve } from "../math/cholesky.ts";
import { dotProduct } from "../math/dot-product.ts";
import { chiSquaredUpper, normalUpper, studentTTwoSided } from "../math/distributions.ts";
import { type Matrix, matrixOfColumns } from "../math/matrix.ts";
import { auc } from "./roc.ts";
import { delongCovariance, delongVariance } from "./delong.ts";
import { twoSidedNormal } from "./estimate.ts";
import { placementAuc, placementCovariance, placements, subtractPlacements } from "./placements.ts";

/** A test that two AUCs of the same patients are equal. */
export interface PairedTest {
  /** AUC of the first score minus AUC of the second. */
  readonly difference: number;
  /** Variance of the difference. */
  readonly variance: number;
  /** Null where the difference has no variance; `reason` says so. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly z: number | null;
  readonly pValue: number | null;
  readonly reason: string | null;
}

/** A test that two AUCs of different patients are equal. */
export interface UnpairedTest {
  /** AUC of the first group minus AUC of the second. */
  readonly difference: number;
  readonly t: number;
  /** Welch-Satterthwaite degrees of freedom. */
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/** A test that the AUCs of several scores of the same patients are all equal. */
export interface GlobalTest {
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/** Outcome and score of one group of patients. */
export interface ScoredPatients {
  readonly outcome: Uint8Array;
  readonly score: Float64Array;
}

/**
 * DeLong's two-sided test that two scores of the same patients have equal AUC.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least two patients of each.
 * @param first Scores, higher means more likely positive; shape [n], the order of `outcome`.
 * @param second Scores to compare with; shape [n].
 * @param level Confidence level of the interval in (0, 1).
 * @returns The difference with its interval; scores that rank alike give the difference with a reason and no p-value.
 * @throws {InputError} Unequal lengths, an outcome that is not 0 or 1, a non-finite score, a class of fewer than two.
 * @source DeLong et al. 1988, Biometrics 44:837-845; pairing the components folds the covariance into one variance.
 * @example delongTest(Uint8Array.of(0, 0, 1, 1), Float64Array.of(1, 3, 2, 4), Float64Array.of(1, 2, 3, 4)).difference // => -0.25
 */
export function delongTest(
  outcome: Uint8Array,
  first: Float64Array,
  second: Float64Array,
  level = 0.95,
): PairedTest {
  const paired = subtractPlacements(placements(outcome, first), placements(outcome, second));
  return testOfDifference(placementAuc(paired), placementCovariance(paired, paired), level);
}

/**
 * The normal test of an AUC difference whose variance is known.
 *
 * @param difference AUC of the first score minus AUC of the second.
 * @param variance Variance of the difference, at least 0.
 * @param level Confidence level of the interval in (0, 1).
 * @returns No interval and no p-value, but a reason, where the variance is 0.
 * @throws {InputError} The level lies outside (0, 1).
 */
export function testOfDifference(difference: number, variance: number, level: number): PairedTest {
  const halfWidth = twoSidedNormal(level) * Math.sqrt(variance);
  if (variance === 0) {
    const reason =
      "a test of two AUCs needs scores that rank the patients differently; got a difference without variance; read the difference alone";
    return { difference, variance, lower: null, upper: null, z: null, pValue: null, reason };
  }
  const z = difference / Math.sqrt(variance);
  return {
    difference,
    variance,
    lower: Math.max(-1, difference - halfWidth),
    upper: Math.min(1, difference + halfWidth),
    z,
    pValue: 2 * normalUpper(Math.abs(z)),
    reason: null,
  };
}

/**
 * DeLong's two-sided test that a score has equal AUC in two groups of different patients.
 *
 * @param first Outcome and score of the first group, at least two patients of each class.
 * @param second Outcome and score of the second group, the same.
 * @throws {InputError} As {@link delongTest}, for either group.
 * @throws {NumericalError} Neither AUC has any variance.
 * @source Welch's t with Satterthwaite's degrees of freedom, as pROC's roc.test(paired = FALSE).
 */
export function delongTestUnpaired(first: ScoredPatients, second: ScoredPatients): UnpairedTest {
  const [v1, v2] = [delongVariance(first.outcome, first.score), delongVariance(second.outcome, second.score)];
  const difference = auc(first.outcome, first.score) - auc(second.outcome, second.score);
  const variance = v1 + v2;
  if (variance === 0)
    throw new NumericalError(
      "a test of two AUCs needs a variance; got 0 in both groups; report the two AUCs without a test",
    );
  const [n1, n2] = [first.outcome.length, second.outcome.length];
  const degreesOfFreedom = (variance * variance) / ((v1 * v1) / (n1 - 1) + (v2 * v2) / (n2 - 1));
  const t = difference / Math.sqrt(variance);
  return { difference, t, degreesOfFreedom, pValue: studentTTwoSided(t, degreesOfFreedom) };
}

/**
 * DeLong's chi-squared test that the AUCs of several scores of the same patients are all equal.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least two patients of each.
 * @param scores Two scores or more, each of shape [n].
 * @returns Chi-squared with one degree of freedom less than there are scores.
 * @throws {InputError} Fewer than two scores, or as {@link delongTest}.
 * @throws {NumericalError} The differences have a singular covariance, e.g. two scores rank alike.
 * @source DeLong et al. 1988, Biometrics 44:837-845: (LA)' (LSL')^-1 (LA) with L the contrasts to the first score.
 */
export function delongGlobalTest(outcome: Uint8Array, scores: readonly Float64Array[]): GlobalTest {
  if (scores.length < 2)
    throw new InputError(
      `a test of several AUCs needs two scores or more; got ${scores.length}; add a model`,
    );
  const covariance = delongCovariance(outcome, scores);
  const areas = scores.map((score) => auc(outcome, score));
  const contrasts = Float64Array.from(areas.slice(1), (area) => areas[0] - area);
  const ofContrasts = scores
    .slice(1)
    .map((_, j) =>
      contrasts.map(
        (_, k) => covariance[0][0] - covariance[0][k + 1] - covariance[j + 1][0] + covariance[j + 1][k + 1],
      ),
    );
  const chiSquared = quadraticForm(matrixOfColumns(contrasts.length, ofContrasts), contrasts);
  const degreesOfFreedom = contrasts.length;
  return { chiSquared, degreesOfFreedom, pValue: chiSquaredUpper(chiSquared, degreesOfFreedom) };
}

/** x' A^-1 x. */
function quadraticForm(a: Matrix, x: Float64Array): number {
  const factor = factorOrNull(a);
  const diagonal = (matrix: Matrix, j: number) => matrix.values[j * (matrix.rows + 1)];
  // A pivot that kept none of its variance but rounding belongs to a contrast that depends on the others.
  if (
    factor === null ||
    x.some((_, j) => diagonal(factor, j) * diagonal(factor, j) <= 1e-12 * diagonal(a, j))
  )
    throw new NumericalError(
      "a test of several AUCs needs scores that rank the patients differently; got a singular covariance; leave one of two equal scores out",
    );
  return dotProduct(x, 0, choleskySolve(factor, x), x.length);
}

function factorOrNull(a: Matrix): Matrix | null {
  try {
    return choleskyFactor(a);
  } catch (error) {
    if (error instanceof NumericalError) return null;
    throw error;
  }
}
