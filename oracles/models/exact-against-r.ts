/** Holds the exact answers of the project against those of R's `glm`, within bounds that follow from where R stopped. */
import { expect } from "vitest";
import type { LogisticFit } from "../../packages/core/src/math/logistic-regression.ts";
import type { Matrix } from "../../packages/core/src/math/matrix.ts";
import type { ProfileInterval } from "../../packages/core/src/math/profile-likelihood.ts";
import { DEFAULT_EPSILON, type GlmOfR, type GlmSettings } from "./r-glm.ts";
import { LRM_CHANGE, type LrmOfR } from "./r-lrm.ts";
import { CRITICAL, type LimitsOfR } from "./r-profile-limits.ts";

/** Room for rounding, relative. */
const ROUNDING = 1e-8;

/**
 * Expects the exact likelihood not to lie below R's, nor above it by more than R's rule of stopping leaves; and variances
 * as near as the weights are: a weight p (1 - p) changes by a factor of at most exp(d) where its linear predictor moves
 * by d, and so does the information.
 *
 * @param matrix With the column of ones, as given to `glmOfR`.
 */
export function expectSameMaximum(
  exact: LogisticFit,
  ofR: GlmOfR,
  matrix: Matrix,
  { epsilon = DEFAULT_EPSILON, offset }: GlmSettings = {},
): void {
  const room = ROUNDING * (exact.deviance + 1);
  expect(exact.deviance).toBeLessThanOrEqual(ofR.deviance + room);
  expect(ofR.deviance).toBeLessThanOrEqual(exact.deviance + epsilon * (ofR.deviance + 0.1) + room);
  const size = matrix.columns;
  let farthest = 0;
  for (let i = 0; i < matrix.rows; i++) {
    let linear = offset?.[i] ?? 0;
    exact.coefficients.forEach(
      (b, j) => (linear += Number.isNaN(b) ? 0 : b * matrix.values[j * matrix.rows + i]),
    );
    farthest = Math.max(farthest, Math.abs(linear - ofR.previousLinear[i]));
  }
  for (let j = 0; j < size; j++) {
    const [own, given] = [exact, ofR].map(({ covariance }) => covariance.values[j * (size + 1)]);
    expect(Number.isNaN(own)).toBe(Number.isNaN(given));
    if (!Number.isNaN(own)) expect(Math.abs(Math.log(own / given))).toBeLessThanOrEqual(farthest + ROUNDING);
  }
}

/** Expects the exact likelihood not to lie below that of `lrm`, nor above it by more than its rule of stopping leaves. */
export function expectWithinLrmChange(exact: LogisticFit, ofR: LrmOfR): void {
  const gain = 2 * (exact.logLikelihood - ofR.logLikelihood);
  expect(gain).toBeGreaterThan(-ROUNDING * (exact.deviance + 1));
  expect(gain).toBeLessThan(LRM_CHANGE);
}

/** Expects an exact profile limit in that step of R's grid in which the root passes the quantile. */
export function expectSameCrossing(exact: ProfileInterval, ofR: LimitsOfR): void {
  const { grid } = ofR;
  if (grid.length === 0) {
    expect([exact.lower, exact.upper]).toEqual([null, null]);
    return;
  }
  const room = ROUNDING * (grid[grid.length - 1].value - grid[0].value);
  const values = [-Infinity, ...grid.map(({ value }) => value), Infinity];
  const roots = [-Infinity, ...grid.map(({ root }) => root), Infinity];
  for (const [limit, height] of [
    [exact.lower ?? -Infinity, -CRITICAL],
    [exact.upper ?? Infinity, CRITICAL],
  ]) {
    const next = roots.findIndex((root) => root >= height);
    expect(limit).toBeGreaterThanOrEqual(values[next - 1] - room);
    expect(limit).toBeLessThanOrEqual(values[next] + room);
  }
}
