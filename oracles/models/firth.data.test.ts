import {
  firthAddedCovariate,
  firthInterceptCorrected,
} from "../../packages/core/src/math/firth-corrections.ts";
import { firthInference } from "../../packages/core/src/math/firth-inference.ts";
import { firthRegression } from "../../packages/core/src/math/firth-regression.ts";
import type { Matrix } from "../../packages/core/src/math/matrix.ts";
import { type OracleCase, readOracleTable } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { applyFormula, completeRows, designOf, variablesOf } from "./formula.ts";

testOracles("04", { "logistic.firth": firth });

function firth(oracle: OracleCase<{ readonly formula: string }, Expected>): unknown {
  const { formula } = oracle.spec;
  const table = completeRows(readOracleTable(oracle), variablesOf(formula));
  const { terms, outcome } = applyFormula(formula, table);
  const { design, names } = designOf(terms, table.rows);
  const all = ["(Intercept)", ...names];
  const named = (values: ArrayLike<number | null>) =>
    Object.fromEntries(all.map((name, j) => [name, values[j]]));
  const fit = firthRegression(design, outcome);
  const inference = firthInference(design, outcome);
  const intercepted = firthInterceptCorrected(design, outcome);
  const errors = (covariance: Matrix) =>
    named(all.map((_, j) => Math.sqrt(covariance.values[j * (all.length + 1)])));
  const intervals = {
    lo: named(inference.map(({ lower }) => lower)),
    hi: named(inference.map(({ upper }) => upper)),
  };
  const pValues = named(inference.map(({ pValue }) => pValue));
  return {
    coef: named(fit.coefficients),
    se: errors(fit.covariance),
    pl_ci: intervals,
    plr_p: pValues,
    penalized_loglik_full: fit.penalisedLogLikelihood,
    logistf: {
      coef: named(fit.coefficients),
      se: errors(fit.augmentedCovariance),
      pl_ci: intervals,
      plr_p: pValues,
    },
    brglm2_coef: named(fit.coefficients),
    fitted_first8: fittedOf(oracle.expected.fitted_first8, design, fit.coefficients),
    flic_coef: named(intercepted.coefficients),
    flic_mean_fitted: intercepted.fitted.reduce((sum, risk) => sum + risk, 0) / table.rows,
    flac_coef: named(firthAddedCovariate(design, outcome).coefficients),
  };
}

interface Expected {
  /** By R's names of the first rows used, their numbers in the file. */
  readonly fitted_first8: Readonly<Record<string, number>>;
}

function fittedOf(expected: Expected["fitted_first8"], design: Matrix, coefficients: Float64Array) {
  const risk = (row: number) => {
    let linear = coefficients[0];
    for (let j = 0; j < design.columns; j++)
      linear += coefficients[j + 1] * design.values[j * design.rows + row];
    return 1 / (1 + Math.exp(-linear));
  };
  return Object.fromEntries(Object.keys(expected).map((name, row) => [name, risk(row)]));
}
