import { expect } from "vitest";
import { brierScore } from "../../packages/core/src/validation/brier.ts";
import type { NumericPredictor } from "../../packages/core/src/features/predictor-table.ts";
import { explainedVariation } from "../../packages/core/src/math/explained-variation.ts";
import { likelihoodRatioTest } from "../../packages/core/src/math/likelihood-ratio-test.ts";
import { logisticRegression, type LogisticFit } from "../../packages/core/src/math/logistic-regression.ts";
import { matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { giniMeanDifference, giniOddsRatio } from "../../packages/core/src/math/mean-difference.ts";
import { normalQuantile, normalUpper } from "../../packages/core/src/math/normal.ts";
import { splineKnots, splineTerm } from "../../packages/core/src/math/restricted-cubic-spline.ts";
import { waldTest } from "../../packages/core/src/math/wald-test.ts";
import { univariableScreen } from "../../packages/core/src/selection/univariable.ts";
import { rankAssociation } from "../../packages/core/src/validation/rank-association.ts";
import { numbers, type OracleCase, type OracleTable, readOracleTable } from "../oracle-cases.ts";
import { type Answer, testOracles } from "../oracle-tests.ts";
import { applyFormula, designOf, outcomeOf } from "./formula.ts";
import { covarianceOfR } from "./r-glm.ts";

const answers: Readonly<Record<string, Answer>> = {
  "rcs.basis": basis,
  "rcs.logistic": splineRegression,
  "logistic.univariable": univariable,
};
/** Selection and penalties are answered in `oracles/selection`. */
testOracles("06", answers, ({ procedure }) => !/^(stepwise|vif|filter|logistic\.penalised)/.test(procedure));

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
  // `rms::lrm` sorts risks into bins of 0.0002 before it ranks them; ours are exact.
  const binned = rankAssociation(
    outcome,
    risk.map((p) => Math.floor(5000 * p)),
  );
  const { concordance, somersD, gamma, tauA } = binned;
  expect(rankAssociation(outcome, risk).concordance).toBeCloseTo(concordance, 3);
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
  const outcome = outcomeOf(table, oracle.spec.y);
  const { results } = univariableScreen(predictors, outcome);
  return {
    rows: results.map(({ name, pValue, estimates: [own] }) => {
      const ofR = waldOfR(
        predictors.find((predictor) => predictor.name === name)!,
        outcome,
        own.coefficient,
      );
      expect(own.lower / ofR.lo).toBeCloseTo(1, 3);
      expect(own.upper / ofR.hi).toBeCloseTo(1, 3);
      expect(own.pValue).toBeCloseTo(ofR.p, 3);
      return { variable: name, OR: own.oddsRatio, ...ofR, lr_p: pValue };
    }),
  };
}

/** Wald's limits and test by the standard error that R prints. */
function waldOfR({ values }: NumericPredictor, outcome: Uint8Array, coefficient: number) {
  const rows = [...values.keys()].filter((row) => !Number.isNaN(values[row]));
  const column = Float64Array.from(rows, (row) => values[row]);
  const covariance = covarianceOfR(
    matrixOfColumns(rows.length, [column]),
    rows.map((row) => outcome[row]),
  );
  const error = Math.sqrt(covariance.values[3]);
  const margin = normalQuantile(0.975) * error;
  return {
    lo: Math.exp(coefficient - margin),
    hi: Math.exp(coefficient + margin),
    p: 2 * normalUpper(Math.abs(coefficient / error)),
  };
}

function numericPredictor(table: OracleTable, name: string): NumericPredictor {
  const source = { kind: "clinical", variable: name } as const;
  return { kind: "numeric", name, label: name, source, unit: null, values: numbers(table, name) };
}
