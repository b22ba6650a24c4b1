import { NumericalError } from "../errors.ts";
import { type DesignTerm, designOfTerms } from "./design-terms.ts";
import { chiSquaredUpper } from "./distributions.ts";
import {
  logisticRegression,
  type LogisticFit,
  type LogisticRegressionOptions,
} from "./logistic-regression.ts";
import type { ChiSquaredTest } from "./wald-test.ts";

/** The likelihood ratio test of one term. */
export interface TermTest extends ChiSquaredTest {
  readonly name: string;
}

/**
 * The likelihood ratio test of a model against one nested in it.
 *
 * @param full The larger model.
 * @param reduced The same rows with fewer columns.
 * @returns At least 0; no p-value where the models have the same rank.
 * @throws {NumericalError} One of them has no maximum likelihood estimate.
 * @example likelihoodRatioTest({ deviance: 5, converged: true, coefficients: [1, 1], aliased: [] }, { deviance: 8, converged: true, coefficients: [1], aliased: [] }).chiSquared // => 3
 */
export function likelihoodRatioTest(full: RatedFit, reduced: RatedFit): ChiSquaredTest {
  if (!full.converged || !reduced.converged)
    throw new NumericalError(
      "a likelihood ratio test needs two maximum likelihood estimates; one model has none; use penalised regression",
    );
  const degreesOfFreedom = rankOf(full) - rankOf(reduced);
  const chiSquared = Math.max(0, reduced.deviance - full.deviance);
  return {
    chiSquared,
    degreesOfFreedom,
    pValue: degreesOfFreedom === 0 ? null : chiSquaredUpper(chiSquared, degreesOfFreedom),
  };
}

type RatedFit = Pick<LogisticFit, "deviance" | "converged" | "aliased"> & {
  readonly coefficients: ArrayLike<number>;
};

/**
 * The number of coefficients that a fit estimates.
 *
 * @example rankOf({ coefficients: [1, 2, 3], aliased: [2] }) // => 2
 */
export function rankOf(fit: Pick<RatedFit, "coefficients" | "aliased">): number {
  return fit.coefficients.length - fit.aliased.length;
}

/**
 * Likelihood ratio tests of the terms of a logistic regression, each left out of the full model: R's `drop1`.
 *
 * @param terms Terms that another one needs are not tested.
 * @param outcome As for `logisticRegression`, shape [n].
 * @returns In the order of the terms.
 * @throws {InputError} As `logisticRegression`.
 * @throws {NumericalError} There is no maximum likelihood estimate.
 */
export function termTests(
  terms: readonly DesignTerm[],
  outcome: ArrayLike<number>,
  options: LogisticRegressionOptions = {},
): readonly TermTest[] {
  const rows = outcome.length;
  const full = logisticRegression(designOfTerms(terms, rows), outcome, options);
  const needed = new Set(terms.flatMap(({ needs = [] }) => needs));
  return terms
    .filter(({ name }) => !needed.has(name))
    .map((term) => {
      const others = terms.filter((other) => other !== term);
      const reduced = logisticRegression(designOfTerms(others, rows), outcome, options);
      return { name: term.name, ...likelihoodRatioTest(full, reduced) };
    });
}
