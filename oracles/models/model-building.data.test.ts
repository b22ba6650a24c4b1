import { describe, expect, it } from "vitest";
import { brierScore } from "../../packages/core/src/validation/brier.ts";
import type { NumericPredictor } from "../../packages/core/src/features/predictor-table.ts";
import { explainedVariation } from "../../packages/core/src/math/explained-variation.ts";
import { likelihoodRatioTest } from "../../packages/core/src/math/likelihood-ratio-test.ts";
import { logisticRegression, type LogisticFit } from "../../packages/core/src/math/logistic-regression.ts";
import { matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { giniMeanDifference, giniOddsRatio } from "../../packages/core/src/math/mean-difference.ts";
import { normalQuantile } from "../../packages/core/src/math/normal.ts";
import { splineKnots, splineTerm } from "../../packages/core/src/math/restricted-cubic-spline.ts";
import { waldTest } from "../../packages/core/src/math/wald-test.ts";
import { univariableScreen } from "../../packages/core/src/selection/univariable.ts";
import { rankAssociation } from "../../packages/core/src/validation/rank-association.ts";
import {
  compareToExpected,
  numbers,
  type OracleCase,
  oracleCases,
  oracleFolder,
  type OracleTable,
  readOracleTable,
  type Tolerance,
} from "../oracle-cases.ts";
import type { Answer } from "../oracle-tests.ts";
import { applyFormula, designOf, outcomeOf } from "./formula.ts";

const answers: Readonly<Record<string, Answer>> = {
  "rcs.basis": basis,
  "rcs.logistic": splineRegression,
  "logistic.univariable": univariable,
};
// R takes standard errors one step before its last estimate; ours belong to the estimate.
const inexactInR = { abs: 1e-7, rel: 2e-6 };
// lrm sorts risks into bins before it ranks them; ours are exact.
const binnedInR = { abs: 1e-3, rel: 0 };
const tolerances: Readonly<Record<string, Readonly<Record<string, Tolerance>>>> = {
  "logistic.univariable": { lo: inexactInR, hi: inexactInR, p: inexactInR },
  "rcs.logistic": { C: binnedInR, Dxy: binnedInR, Gamma: binnedInR, "Tau-a": binnedInR },
};

/** Selection and penalties are answered in `oracles/selection`. */
const isElsewhere = /^(stepwise|vif|filter|logistic\.penalised)/;

describe("oracles of group 06", () => {
  const cases = oracleCases("06").filter(({ procedure }) => !isElsewhere.test(procedure));
  if (cases.length === 0)
    it("finds its cases", (context) => {
      context.skip(
        oracleFolder() === null ? "no folder of oracles: set SENTINODE_ORACLES" : "the folder holds none",
      );
    });
  for (const oracle of cases)
    it(oracle.id, () => {
      const answer = answers[oracle.procedure];
      if (answer === undefined) expect.fail(`nothing here answers the procedure ${oracle.procedure}`);
      const allowed = { ...oracle.tol, ...tolerances[oracle.procedure] };
      expect(compareToExpected(oracle.expected, answer(oracle), allowed, oracle.kind)).toEqual([]);
    });
});

function basis(
  oracle: OracleCase<{ readonly x: string; readonly nk: number; readonly at: readonly number[] }>,
): unknown {
  const { x, nk, at } = oracle.spec;
  const knots = splineKnots(numbers(readOracleTable(oracle), x), nk);
  return {
    knots,
    basis: at.map((value) => knots.slice(0, -1).map((_, index) => splineTerm(value, knots, index))),
  };
}

function splineRegression(
  oracle: OracleCase<{
    readonly formula: string;
    readonly reference: number;
    readonly at: readonly number[];
  }>,
): unknown {
  const { formula, reference, at } = oracle.spec;
  const table = readOracleTable(oracle);
  const { terms, outcome } = applyFormula(formula, table);
  const { design, names } = designOf(terms, table.rows);
  const fit = logisticRegression(design, outcome);
  const all = ["(Intercept)", ...names];
  const spline = terms.find((term) => term.knots !== null)!;
  const knots = spline.knots!;
  const positions = spline.columns.map(({ name }) => all.indexOf(name));
  const contrasts = at.map((x) => {
    const weights = positions.map(
      (_, index) => splineTerm(x, knots, index) - splineTerm(reference, knots, index),
    );
    const difference = weights.reduce((sum, weight, k) => sum + weight * fit.coefficients[positions[k]], 0);
    return { difference, error: Math.sqrt(quadraticForm(fit, positions, weights)) };
  });
  const critical = normalQuantile(0.975);
  return {
    coef: Object.fromEntries(all.map((name, j) => [name, fit.coefficients[j]])),
    se: Object.fromEntries(
      all.map((name, j) => [name, Math.sqrt(fit.covariance.values[j * (all.length + 1)])]),
    ),
    wald_overall: wald(fit, positions),
    wald_nonlinear: wald(fit, positions.slice(1)),
    OR_vs_ref: {
      OR: contrasts.map(({ difference }) => Math.exp(difference)),
      lo: contrasts.map(({ difference, error }) => Math.exp(difference - critical * error)),
      hi: contrasts.map(({ difference, error }) => Math.exp(difference + critical * error)),
    },
    knots,
    stats: modelStatistics(fit, outcome, Float64Array.from(linearOf(fit, design.values, table.rows))),
  };
}

function quadraticForm(fit: LogisticFit, positions: readonly number[], weights: readonly number[]): number {
  const size = fit.coefficients.length;
  let sum = 0;
  positions.forEach((a, i) =>
    positions.forEach((b, j) => (sum += weights[i] * weights[j] * fit.covariance.values[b * size + a])),
  );
  return sum;
}

function wald(fit: LogisticFit, positions: readonly number[]) {
  const { chiSquared, degreesOfFreedom, pValue } = waldTest(fit, positions);
  return { chi2: chiSquared, df: degreesOfFreedom, p: pValue };
}

function linearOf(fit: LogisticFit, values: Float64Array, rows: number): number[] {
  return Array.from({ length: rows }, (_, row) =>
    fit.coefficients.reduce((sum, b, j) => sum + b * (j === 0 ? 1 : values[(j - 1) * rows + row]), 0),
  );
}

function modelStatistics(fit: LogisticFit, outcome: Uint8Array, linear: Float64Array) {
  const rows = outcome.length;
  const empty = logisticRegression(matrixOfColumns(rows, []), outcome);
  const test = likelihoodRatioTest(fit, empty);
  const risk = linear.map((eta) => 1 / (1 + Math.exp(-eta)));
  const { concordance, somersD, gamma, tauA } = rankAssociation(outcome, risk);
  return {
    "Model L.R.": test.chiSquared,
    "d.f.": test.degreesOfFreedom,
    P: test.pValue,
    R2: explainedVariation(fit.logLikelihood, empty.logLikelihood, rows).nagelkerke,
    Brier: brierScore(outcome, risk),
    C: concordance,
    Dxy: somersD,
    Gamma: gamma,
    "Tau-a": tauA,
    g: giniMeanDifference(linear),
    gr: giniOddsRatio(linear),
    gp: giniMeanDifference(risk),
  };
}

function univariable(oracle: OracleCase<{ readonly y: string }>): unknown {
  const table = readOracleTable(oracle);
  const { rows } = oracle.expected as { readonly rows: readonly { readonly variable: string }[] };
  const predictors = rows.map(({ variable }) => numericPredictor(table, variable));
  const { results } = univariableScreen(predictors, outcomeOf(table, oracle.spec.y));
  return {
    rows: results.map(({ name, pValue, estimates: [own] }) => ({
      variable: name,
      OR: own.oddsRatio,
      lo: own.lower,
      hi: own.upper,
      p: own.pValue,
      lr_p: pValue,
    })),
  };
}

function numericPredictor(table: OracleTable, name: string): NumericPredictor {
  const source = { kind: "clinical", variable: name } as const;
  return { kind: "numeric", name, label: name, source, unit: null, values: numbers(table, name) };
}
