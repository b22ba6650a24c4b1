import { patientId, type PatientId } from "../../packages/core/src/cohort/patient.ts";
import { linearPredictor } from "../../packages/core/src/math/elastic-net-cross-validation.ts";
import { elasticNetPath } from "../../packages/core/src/math/elastic-net.ts";
import { logistic } from "../../packages/core/src/math/elementary.ts";
import { logisticRegression } from "../../packages/core/src/math/logistic-regression.ts";
import { type Matrix, matrixOfColumns, takeRows } from "../../packages/core/src/math/matrix.ts";
import { createRandom } from "../../packages/core/src/math/random.ts";
import { mean, pearson, sampleStandardDeviation } from "../../packages/core/src/math/statistics.ts";
import { brierScore, logLoss } from "../../packages/core/src/validation/brier.ts";
import { crossValidationPlan, type Fold } from "../../packages/core/src/validation/cross-validation.ts";
import {
  crossValidate,
  nestedCrossValidation,
} from "../../packages/core/src/validation/nested-cross-validation.ts";
import { auc } from "../../packages/core/src/validation/roc.ts";
import { applyFormula, designOf, outcomeOf } from "../models/formula.ts";
import {
  numbers,
  type OracleCase,
  type OracleTable,
  readOracleFile,
  readOracleTable,
} from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";

type LassoCase = OracleCase<{
  readonly x: readonly string[];
  readonly y: string;
  readonly lambda: readonly number[];
}>;

type LogisticCase = OracleCase<{ readonly formula: string }>;

type LeakageCase = OracleCase<{ readonly design: string }>;

testOracles("15", {
  "nested_cv.lasso": nestedLasso,

  "cv.logistic": (oracle: LogisticCase) => {
    const table = readOracleTable(oracle);
    const { outcome, terms } = applyFormula(oracle.spec.formula, table);
    const { design } = designOf(terms, table.rows);
    const patients = patientsOf(table.rows);
    const [, column] = /column (\w+)/.exec(foldsTextOf(oracle))!;
    const plan = planBy(numbers(foldsTableOf(oracle), column), patients);
    const [oof] = crossValidate(patients, plan, (training, testing) => {
      const [from, to] = [rowsOf(training), rowsOf(testing)];
      const fit = logisticRegression(
        takeRows(design, from),
        from.map((row) => outcome[row]),
      );
      const coefficients = fit.coefficients.subarray(1);
      return linearPredictor({ intercept: fit.coefficients[0], coefficients }, takeRows(design, to)).map(
        logistic,
      );
    });
    return {
      oof_first20: oof.slice(0, oracle.expected.oof_first20.length as number),
      auc_pooled: auc(outcome, oof),
      brier: brierScore(outcome, oof),
    };
  },

  "nested_cv.leakage": ({ spec, expected }: LeakageCase) => {
    const size = (pattern: RegExp) => Number(pattern.exec(spec.design)![1]);
    const shape = {
      n: size(/n=(\d+)/),
      p: size(/p=(\d+)/),
      top: size(/top-(\d+)/),
      folds: size(/(\d+)-fold/),
    };
    const runs = Array.from({ length: expected.auc_selection_inside_cv.n as number }, (_, run) =>
      noiseRun(shape, run),
    );
    const summary = (values: readonly number[]) => ({
      mean: mean(values),
      sd: sampleStandardDeviation(values),
      n: values.length,
    });
    return {
      auc_selection_inside_cv: summary(runs.map(({ inside }) => inside)),
      auc_selection_before_cv: summary(runs.map(({ before }) => before)),
    };
  },
});

function nestedLasso(oracle: LassoCase): unknown {
  const { spec, expected } = oracle;
  const table = readOracleTable(oracle);
  const outcome = outcomeOf(table, spec.y);
  const design = matrixOfColumns(
    table.rows,
    spec.x.map((name) => numbers(table, name)),
  );
  const folds = foldsTableOf(oracle);
  const patients = patientsOf(table.rows);
  const plan = planBy(numbers(folds, "outer"), patients);
  const names = [...new Set(numbers(folds, "outer"))].sort((a, b) => a - b);
  const nonzero: number[][] = [];
  const pathOf = (training: readonly PatientId[]) => {
    const rows = rowsOf(training);
    const settings = { alpha: 1, lambdas: spec.lambda, tolerance: 1e-14 };
    return elasticNetPath(
      takeRows(design, rows),
      rows.map((row) => outcome[row]),
      settings,
    ).models;
  };
  const run = (rule: "minimum" | "one-standard-error") =>
    nestedCrossValidation({ patients, outcome }, plan, {
      rule,
      innerPlan: ({ fold }) => planBy(numbers(folds, `inner${names[fold]}`), patients),
      fitCandidates: (training, testing) => {
        const models = pathOf(training);
        nonzero.push(models.map(({ coefficients }) => coefficients.filter((value) => value !== 0).length));
        return models.map((model) => linearPredictor(model, takeRows(design, rowsOf(testing))).map(logistic));
      },
    });
  const [minimum, simplest] = [run("minimum"), run("one-standard-error")];
  const [[risk], [simplerRisk]] = [minimum.repeats, simplest.repeats];
  const areas = (values: Float64Array) =>
    plan.map(({ testing }) => {
      const rows = rowsOf(testing);
      return auc(
        Uint8Array.from(rows, (row) => outcome[row]),
        Float64Array.from(rows, (row) => values[row]),
      );
    });
  // An outer fold fits its inner folds first and all of its training patients last.
  const fitsAFold = nonzero.length / 2 / plan.length;
  return {
    per_fold: {
      fold: names,
      index_min: minimum.choices.map(({ chosen }) => chosen + 1),
      index_1se: simplest.choices.map(({ chosen }) => chosen + 1),
      nonzero_min: minimum.choices.map(({ chosen }, k) => nonzero[(k + 1) * fitsAFold - 1][chosen]),
      auc_min: areas(risk),
      auc_1se: areas(simplerRisk),
    },
    oof_min_first20: risk.slice(0, expected.oof_min_first20.length as number),
    auc_pooled_min: auc(outcome, risk),
    auc_pooled_1se: auc(outcome, simplerRisk),
    brier_min: brierScore(outcome, risk),
    mean_fold_auc_min: mean(areas(risk)),
    loglik_min: -outcome.length * logLoss(outcome, risk),
  };
}

/** A fold for every number that the column names; rows without one stand in no fold. */
function planBy(fold: Float64Array, patients: readonly PatientId[]): Fold[] {
  const numbersOfFolds = [...new Set(fold)].filter((name) => !Number.isNaN(name)).sort((a, b) => a - b);
  return numbersOfFolds.map((name, index) => ({
    repeat: 0,
    fold: index,
    training: patients.filter((_, i) => !Number.isNaN(fold[i]) && fold[i] !== name),
    testing: patients.filter((_, i) => fold[i] === name),
  }));
}

function patientsOf(rows: number): PatientId[] {
  return Array.from({ length: rows }, (_, row) => patientId(String(row)));
}

function rowsOf(patients: readonly PatientId[]): number[] {
  return patients.map(Number);
}

function foldsTextOf(oracle: OracleCase): string {
  return (oracle.data as unknown as { readonly folds: string }).folds;
}

function foldsTableOf(oracle: OracleCase): OracleTable {
  return readOracleFile(/^[\w./-]+\.csv/.exec(foldsTextOf(oracle))![0]);
}

/** AUC on pure noise with predictors selected inside the folds, and once before them. */
function noiseRun(
  { n, p, top, folds }: { n: number; p: number; top: number; folds: number },
  run: number,
): { inside: number; before: number } {
  const random = createRandom("noise").fork(String(run));
  const outcome = Uint8Array.from({ length: n }, (_, i) => i % 2);
  const columns = Array.from({ length: p }, () => Float64Array.from({ length: n }, () => random.normal()));
  const patients = patientsOf(n);
  const plan = crossValidationPlan(patients, outcome, { folds, repeats: 1 }, random);
  const select = (rows: readonly number[]) => {
    const events = rows.map((row) => outcome[row]);
    const strength = columns.map((column) =>
      Math.abs(
        pearson(
          rows.map((row) => column[row]),
          events,
        ),
      ),
    );
    return Array.from(columns.keys())
      .sort((a, b) => strength[b] - strength[a])
      .slice(0, top);
  };
  const everybody = select(rowsOf(patients));
  const areaWith = (selectionOf: (rows: readonly number[]) => readonly number[]) => {
    const [oof] = crossValidate(patients, plan, (training, testing) => {
      const rows = rowsOf(training);
      const design: Matrix = matrixOfColumns(
        n,
        selectionOf(rows).map((j) => columns[j]),
      );
      const fit = logisticRegression(
        takeRows(design, rows),
        rows.map((row) => outcome[row]),
      );
      const model = { intercept: fit.coefficients[0], coefficients: fit.coefficients.subarray(1) };
      return linearPredictor(model, takeRows(design, rowsOf(testing))).map(logistic);
    });
    return auc(outcome, oof);
  };
  return { inside: areaWith(select), before: areaWith(() => everybody) };
}
