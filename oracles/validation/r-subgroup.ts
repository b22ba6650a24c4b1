/** Odds ratios by subgroup and Wald's test of their interaction as R's `glm` prints them, held against the exact ones. */
import { expect } from "vitest";
import { logisticRegression, type LogisticFit } from "../../packages/core/src/math/logistic-regression.ts";
import { matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { normalUpper } from "../../packages/core/src/math/normal.ts";
import { type ChiSquaredTest, waldTest } from "../../packages/core/src/math/wald-test.ts";
import { type Estimate, twoSidedNormal } from "../../packages/core/src/validation/estimate.ts";
import type { SubgroupRow } from "../../packages/core/src/validation/subgroup.ts";
import { expectSameMaximum } from "../models/exact-against-r.ts";
import { EPSILON_OF_CASES, type GlmOfR, glmOfR, withIntercept } from "../models/r-glm.ts";

/** The patients of one level. */
export interface Members {
  readonly outcome: Uint8Array;
  readonly score: Float64Array;
}

/** An odds ratio as the cases print it; null without an estimate. */
export interface PrintedOddsRatio {
  readonly OR: number | null;
  readonly lo: number | null;
  readonly hi: number | null;
  readonly p: number | null;
}

/** glm(y ~ score) among the patients of a level. */
export function oddsRatioOfR({ oddsRatio, pValue }: SubgroupRow, members: Members): PrintedOddsRatio {
  if (oddsRatio === null || pValue === null) return { OR: null, lo: null, hi: null, p: null };
  const { exact, ofR } = bothFits(members.outcome, [members.score]);
  expectEstimate(oddsRatio, pValue, waldOf(exact));
  return waldOf(ofR);
}

function waldOf({ coefficients, covariance }: Pick<LogisticFit, "coefficients" | "covariance">) {
  const [value, error] = [coefficients[1], Math.sqrt(covariance.values[3])];
  const margin = twoSidedNormal(0.95) * error;
  return {
    OR: Math.exp(value),
    lo: Math.exp(value - margin),
    hi: Math.exp(value + margin),
    p: 2 * normalUpper(Math.abs(value) / error),
  };
}

function expectEstimate(
  oddsRatio: Estimate,
  pValue: number,
  { OR, lo, hi, p }: Readonly<Record<"OR" | "lo" | "hi" | "p", number>>,
): void {
  expect(oddsRatio.value / OR).toBeCloseTo(1, 10);
  expect(oddsRatio.lower / lo).toBeCloseTo(1, 10);
  expect(oddsRatio.upper / hi).toBeCloseTo(1, 10);
  expect(pValue / p).toBeCloseTo(1, 8);
}

/**
 * Wald's test of the products in glm(y ~ score * level).
 *
 * @param levels The patients of each level that has an estimate.
 * @param wald The exact test.
 */
export function interactionOfR(levels: readonly Members[], wald: ChiSquaredTest): ChiSquaredTest {
  const outcome = Uint8Array.from(levels.flatMap((members) => [...members.outcome]));
  const score = Float64Array.from(levels.flatMap((members) => [...members.score]));
  const codes = levels.flatMap((members, code) => Array.from(members.outcome, () => code));
  const marks = levels.slice(1).map((_, k) => Float64Array.from(codes, (code) => (code === k + 1 ? 1 : 0)));
  const products = marks.map((mark) => mark.map((inside, i) => inside * score[i]));
  const { exact, ofR } = bothFits(outcome, [score, ...marks, ...products]);
  const positions = products.map((_, k) => 2 + marks.length + k);
  expect(waldTest(exact, positions).chiSquared / wald.chiSquared).toBeCloseTo(1, 8);
  return waldTest(ofR, positions);
}

function bothFits(
  outcome: Uint8Array,
  columns: readonly Float64Array[],
): { readonly exact: LogisticFit; readonly ofR: GlmOfR } {
  const design = matrixOfColumns(outcome.length, columns);
  const matrix = withIntercept(design);
  const settings = { epsilon: EPSILON_OF_CASES };
  const [exact, ofR] = [logisticRegression(design, outcome), glmOfR(matrix, outcome, settings)];
  expectSameMaximum(exact, ofR, matrix, settings);
  return { exact, ofR };
}
