import { logisticRegression, type LogisticFit } from "../../packages/core/src/math/logistic-regression.ts";
import { columnOf, matrixOfColumns, type Matrix, zeroMatrix } from "../../packages/core/src/math/matrix.ts";
import {
  pooledLikelihoodRatioTest,
  pooledStatisticsTest,
  pooledWaldTest,
} from "../../packages/core/src/math/rubin-tests.ts";
import { poolEstimates } from "../../packages/core/src/math/rubin.ts";
import { choleskyFactor, choleskySolve } from "../../packages/core/src/math/cholesky.ts";
import { mean } from "../../packages/core/src/math/statistics.ts";
import { pooledAuc } from "../../packages/core/src/validation/pooled-auc.ts";
import { type OracleCase, oracleCases, type OracleTable, readOracleFile } from "../oracle-cases.ts";
import { rowsWhere } from "../oracle-table.ts";
import { testOracles } from "../oracle-tests.ts";
import { expectSameMaximum } from "../models/exact-against-r.ts";
import { applyFormula, designOf } from "../models/formula.ts";
import { EPSILON_OF_CASES, glmOfR, withIntercept } from "../models/r-glm.ts";

testOracles(
  "21",
  {
    "mi.rubin_pool": pooledRegression,
    "mi.rubin_pool.degenerate": degenerate,
    "mi.pool_auc": pooledArea,
    "mi.multi_parameter_test": multiParameter,
  },
  ({ procedure }) => procedure !== "mi.mice",
);

/** A logistic regression on one completed data set. */
interface CompletedFit {
  readonly design: Matrix;
  readonly outcome: Uint8Array;
  /** Intercept first, as the cases name terms. */
  readonly names: readonly string[];
  readonly fit: LogisticFit;
}

/** The completed data sets that a case names, in the order of their numbers. */
function completedTables(file: string): OracleTable[] {
  const table = readOracleFile(/^[^\s(]+/.exec(file)![0]);
  const numbers = [...new Set(table.columns["imp"] as number[])].sort((a, b) => a - b);
  return numbers.map((imputation) => rowsWhere(table, `imp == ${String(imputation)}`));
}

function fitCompleted(formula: string, tables: readonly OracleTable[]): CompletedFit[] {
  return tables.map((table) => {
    const { terms, outcome } = applyFormula(formula, table);
    const { design, names } = designOf(terms, table.rows);
    const matrix = withIntercept(design);
    const settings = { epsilon: EPSILON_OF_CASES };
    const [exact, ofR] = [logisticRegression(design, outcome), glmOfR(matrix, outcome, settings)];
    expectSameMaximum(exact, ofR, matrix, settings);
    return {
      design,
      outcome,
      names: ["(Intercept)", ...names.map((name) => name.replace(/^factor\((\w+)\)(.*)$/, "$1=$2"))],
      fit: { ...exact, covariance: ofR.covariance },
    };
  });
}

/** The formula of a case, or of the case of the same folder that it refers to by name. */
function formulaOf(oracle: OracleCase, text: string): string {
  if (text.includes("~")) return text;
  const name = /as ([\w-]+)/.exec(text)![1];
  const [set] = oracle.id.split("/");
  const other = oracleCases("21").find(({ id }) => id.startsWith(`${set}/`) && id.endsWith(`/${name}`));
  return (other!.spec as { formula: string }).formula;
}

function pooledRegression(oracle: OracleCase<{ readonly formula: string }>): unknown {
  const fits = fitCompleted(formulaOf(oracle, oracle.spec.formula), completedTables(oracle.data!.file));
  const size = fits[0].names.length;
  const complete = fits[0].design.rows - size;
  return {
    terms: fits[0].names.map((term, j) => {
      const pooled = poolEstimates(
        {
          estimates: fits.map(({ fit }) => fit.coefficients[j]),
          variances: fits.map(({ fit }) => fit.covariance.values[j * (size + 1)]),
        },
        { completeDegreesOfFreedom: complete },
      );
      return {
        term,
        estimate: pooled.estimate,
        within: pooled.within,
        between: pooled.between,
        total: pooled.total,
        se: pooled.standardError,
        dfcom: complete,
        df: pooled.degreesOfFreedom,
        riv: pooled.relativeIncrease,
        lambda: pooled.missingShare,
        fmi: pooled.missingInformation,
        t: pooled.t,
        p: pooled.pValue,
        lo: pooled.lower,
        hi: pooled.upper,
      };
    }),
  };
}

function degenerate(
  oracle: OracleCase<{ readonly estimate: readonly number[]; readonly se: readonly number[] }>,
): unknown {
  const { estimate, se } = oracle.spec;
  const pooled = poolEstimates({ estimates: estimate, variances: se.map((error) => error * error) });
  return {
    estimate: pooled.estimate,
    se: pooled.standardError,
    lambda: pooled.missingShare,
    df: pooled.degreesOfFreedom,
  };
}

function pooledArea(oracle: OracleCase<{ readonly model: string }>): unknown {
  const fits = fitCompleted(formulaOf(oracle, oracle.spec.model), completedTables(oracle.data!.file));
  const scores = fits.map(({ design, fit }) => linearOf(design, fit.coefficients));
  const { auc, onLogit, perImputation } = pooledAuc(fits[0].outcome, scores);
  return {
    auc_per_imputation: perImputation,
    auc: auc.value,
    se_logit: onLogit.standardError,
    df: onLogit.degreesOfFreedom,
    lo: auc.lower,
    hi: auc.upper,
    auc_mean_plain: mean(perImputation),
  };
}

function linearOf(design: Matrix, coefficients: ArrayLike<number>): Float64Array {
  const linear = new Float64Array(design.rows).fill(coefficients[0]);
  for (let j = 0; j < design.columns; j++)
    columnOf(design, j).forEach((value, i) => (linear[i] += coefficients[j + 1] * value));
  return linear;
}

function multiParameter(oracle: OracleCase<{ readonly full: string; readonly null: string }>): unknown {
  const tables = completedTables(oracle.data!.file);
  const formula = formulaOf(oracle, oracle.spec.full);
  const removed = /^without (.*)$/.exec(oracle.spec.null)?.[1].split(/\s*(?:,|and)\s*/);
  const reduced =
    removed === undefined ? formulaOf(oracle, oracle.spec.null) : withoutTerms(formula, removed);
  const full = fitCompleted(formula, tables);
  const empty = fitCompleted(reduced, tables);
  const tested = full[0].names.flatMap((name, j) => (empty[0].names.includes(name) ? [] : [j]));
  const parts = full.map(({ fit }) => testedPart(fit, tested));
  const size = full[0].names.length;
  const wald = pooledWaldTest(parts, full[0].design.rows - size);
  const statistics = pooledStatisticsTest(
    parts.map(({ estimates, covariance }) =>
      choleskySolve(choleskyFactor(covariance), estimates).reduce((sum, x, j) => sum + x * estimates[j], 0),
    ),
    tested.length,
  );
  const [fullAtMean, emptyAtMean] = [logLikelihoodsAtMean(full), logLikelihoodsAtMean(empty)];
  const ratio = pooledLikelihoodRatioTest(
    full.map(({ fit }, i) => ({
      full: fit.logLikelihood,
      reduced: empty[i].fit.logLikelihood,
      fullAtMean: fullAtMean[i],
      reducedAtMean: emptyAtMean[i],
    })),
    tested.length,
  );
  const print = ({ f, df1, df2, pValue }: typeof wald) => ({ F: f, df1, df2, p: pValue });
  return { D1_wald: print(wald), D2_stat: print(statistics), D3_lr: print(ratio) };
}

function withoutTerms(formula: string, removed: readonly string[]): string {
  const [left, right] = formula.split("~");
  const kept = right.split("+").filter((term) => !removed.includes(term.trim()));
  return `${left}~${kept.length === 0 ? " 1" : kept.join("+")}`;
}

function testedPart({ coefficients, covariance }: LogisticFit, tested: readonly number[]) {
  const part = zeroMatrix(tested.length, tested.length);
  tested.forEach((a, i) =>
    tested.forEach(
      (b, j) => (part.values[j * tested.length + i] = covariance.values[b * coefficients.length + a]),
    ),
  );
  return { estimates: Float64Array.from(tested, (j) => coefficients[j]), covariance: part };
}

/** As mice's D3 has it: slopes fixed at their means over the imputations, the intercept fitted anew. */
function logLikelihoodsAtMean(fits: readonly CompletedFit[]): number[] {
  const centre = fits[0].names.map((_, j) => mean(fits.map(({ fit }) => fit.coefficients[j])));
  return fits.map(
    ({ design, outcome }) =>
      logisticRegression(matrixOfColumns(design.rows, []), outcome, { offset: linearOf(design, centre) })
        .logLikelihood,
  );
}
