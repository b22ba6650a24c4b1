import { expect } from "vitest";
import { harrellPenalty } from "../../packages/core/src/math/harrell-penalty.ts";
import { rankOf } from "../../packages/core/src/math/likelihood-ratio-test.ts";
import { logisticRegression } from "../../packages/core/src/math/logistic-regression.ts";
import { matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { quadraticPenaltyRegression } from "../../packages/core/src/math/quadratic-penalty-regression.ts";
import {
  linearVarianceInflation,
  varianceInflation,
} from "../../packages/core/src/selection/collinearity.ts";
import {
  absoluteCorrelations,
  type CorrelationMethod,
  redundantColumns,
} from "../../packages/core/src/selection/correlation-filter.ts";
import { type StepDirection, stepwiseSelection } from "../../packages/core/src/selection/stepwise.ts";
import { applyFormula, completeRows, designOf, designTermsOf, variablesOf } from "../models/formula.ts";
import { covarianceOfR } from "../models/r-glm.ts";
import { numbers, type OracleCase, readOracleTable } from "../oracle-cases.ts";
import { type Answer, testOracles } from "../oracle-tests.ts";

const answers: Readonly<Record<string, Answer>> = {
  "stepwise.aic": stepwise,
  "stepwise.bic": stepwise,
  vif: generalisedInflation,
  "vif.linear": linearInflation,
  "vif.collinear": collinear,
  "filter.correlation": correlationFilter,
  "logistic.penalised_harrell": harrellPenalised,
};

// Splines and single predictors are answered in `oracles/models`.
testOracles("06", answers, ({ procedure }) => !/^(rcs|logistic\.univariable)/.test(procedure));

interface StepwiseSpecification {
  readonly full: string;
  readonly direction?: StepDirection;
  readonly k?: number;
}

function stepwise(oracle: OracleCase<StepwiseSpecification, { readonly selected: NameList }>): unknown {
  const { full, direction = "backward", k } = oracle.spec;
  const table = completeRows(readOracleTable(oracle), variablesOf(full));
  const { terms, outcome } = applyFormula(full, table);
  const penalty = oracle.procedure === "stepwise.bic" ? "bayesian" : (k ?? 2);
  const chosen = stepwiseSelection(designTermsOf(terms), outcome, { direction, penalty });
  const { fit } = chosen;
  const inside = chosen.terms.map((name) => terms.find((term) => term.name === name)!);
  const names = ["(Intercept)", ...designOf(inside, table.rows).names];
  return {
    selected: inTheOrderOf(oracle.expected.selected, chosen.terms),
    AIC: fit.deviance + 2 * rankOf(fit),
    coef: Object.fromEntries(names.map((name, j) => [name, fit.coefficients[j]])),
    path_AIC: chosen.steps.map(({ criterion }) => criterion),
  };
}

/** R prints a single name without its list. */
type NameList = string | readonly string[];

/** A set of names in the order of another, so that equal sets are equal lists. */
function inTheOrderOf(expected: NameList, names: readonly string[]): NameList {
  const order = [expected].flat();
  const sorted = [...names].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return typeof expected === "string" && sorted.length === 1 ? sorted[0] : sorted;
}

function generalisedInflation(
  oracle: OracleCase<{ readonly model1: string; readonly model2: string }>,
): unknown {
  const whole = readOracleTable(oracle);
  const inflation = (formula: string) => {
    const table = completeRows(whole, variablesOf(formula));
    const { terms, outcome } = applyFormula(formula, table);
    const { design } = designOf(terms, table.rows);
    const fit = logisticRegression(design, outcome);
    const own = varianceInflation(fit, designTermsOf(terms));
    const ofR = varianceInflation(
      { ...fit, covariance: covarianceOfR(design, outcome) },
      designTermsOf(terms),
    );
    own.forEach(({ factor }, index) => expect(factor / ofR[index].factor).toBeCloseTo(1, 3));
    return ofR;
  };
  const byTerm = (formula: string) => {
    const factors = inflation(formula);
    // R gives a vector where every term has one coefficient.
    const isPlain = factors.every(({ degreesOfFreedom }) => degreesOfFreedom === 1);
    return Object.fromEntries(
      factors.map(({ name, factor, degreesOfFreedom, perCoefficient }) => [
        name,
        isPlain ? factor : { GVIF: factor, Df: degreesOfFreedom, "GVIF^(1/(2*Df))": perCoefficient },
      ]),
    );
  };
  return { glm_vif: byTerm(oracle.spec.model1), gvif: byTerm(oracle.spec.model2) };
}

function columnsOf(oracle: OracleCase<{ readonly x: readonly string[] }>): readonly Float64Array[] {
  const table = completeRows(readOracleTable(oracle), oracle.spec.x);
  return oracle.spec.x.map((name) => numbers(table, name));
}

function linearInflation(oracle: OracleCase<{ readonly x: readonly string[] }>): unknown {
  const columns = columnsOf(oracle);
  const factors = linearVarianceInflation(matrixOfColumns(columns[0].length, columns));
  return { vif: Object.fromEntries(oracle.spec.x.map((name, j) => [name, factors[j]])) };
}

function collinear(
  oracle: OracleCase<{ readonly x: readonly string[] }, { readonly infinite: NameList }>,
): unknown {
  const columns = columnsOf(oracle);
  const factors = linearVarianceInflation(matrixOfColumns(columns[0].length, columns));
  const infinite = oracle.spec.x.filter((_, j) => factors[j] === Infinity);
  expect(new Set(infinite)).toEqual(new Set([oracle.expected.infinite].flat()));
  return { infinite: inTheOrderOf(oracle.expected.infinite, infinite) };
}

function correlationFilter(
  oracle: OracleCase<
    { readonly x: readonly string[]; readonly cutoff: number; readonly method: CorrelationMethod },
    { readonly removed_set: NameList }
  >,
): unknown {
  const { x, cutoff, method } = oracle.spec;
  const removed = redundantColumns(absoluteCorrelations(columnsOf(oracle), method), cutoff);
  return {
    removed_set: inTheOrderOf(
      oracle.expected.removed_set,
      removed.map((j) => x[j]),
    ),
  };
}

function harrellPenalised(
  oracle: OracleCase<{ readonly formula: string; readonly penalty: number }>,
): unknown {
  const { formula, penalty } = oracle.spec;
  const table = completeRows(readOracleTable(oracle), variablesOf(formula));
  const { terms, outcome } = applyFormula(formula, table);
  const { design, names } = designOf(terms, table.rows);
  const matrix = harrellPenalty(designTermsOf(terms), table.rows);
  const scaled = { ...matrix, values: matrix.values.map((entry) => penalty * entry) };
  const fit = quadraticPenaltyRegression(design, outcome, scaled);
  const all = ["(Intercept)", ...names];
  return {
    coef: Object.fromEntries(all.map((name, j) => [name, fit.coefficients[j]])),
    effective_df: fit.effectiveDegreesOfFreedom,
  };
}
