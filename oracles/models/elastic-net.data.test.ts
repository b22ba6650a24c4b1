import { expect } from "vitest";
import { crossValidateElasticNet } from "../../packages/core/src/math/elastic-net-cross-validation.ts";
import {
  penaltyCurve,
  type PenaltyCurve,
  type PenaltyMeasure,
  penaltyPerformance,
} from "../../packages/core/src/math/elastic-net-curve.ts";
import { elasticNetPath, type PenalisedModel } from "../../packages/core/src/math/elastic-net.ts";
import { matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import {
  compareToExpected,
  numbers,
  type OracleCase,
  type OracleTable,
  readOracleTable,
} from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { outcomeOf } from "./formula.ts";
import { penalisedObjective, type PenalisedRegression } from "./penalised-objective.ts";
import { glmnetOfR, glmnetOutOfFold } from "./r-glmnet.ts";

/** Coefficients of the reference by name; `a+b` is the sum of two equal columns, of which only the sum is identified. */
type Coefficients = Readonly<Record<string, number>>;

interface Specification {
  readonly y: string;
  readonly x: readonly string[] | string;
  readonly alpha: number;
  readonly standardize: boolean;
  readonly penalty_factor: readonly number[] | null;
  /** Lambdas, or words such as `nlambda=60, lambda.min.ratio=0.01`. */
  readonly lambda: string | readonly number[];
  readonly foldid: string;
}

interface Curve {
  readonly cvm: readonly number[];
  readonly cvsd: readonly number[];
  readonly coef_min: Coefficients;
  readonly coef_1se: Coefficients;
}

interface Expected {
  readonly lambda: readonly number[];
  readonly coef_at: readonly {
    readonly index: number;
    readonly lambda: number;
    readonly nonzero: Coefficients;
  }[];
  readonly cv: Readonly<Record<string, Curve>>;
}

/** A coefficient of the reference below this is rounding at the largest lambda. */
const ROUNDING = 1e-12;
/** An objective may lie this far above that of the reference: converged ones agree to 1e-12. */
const ROOM = 1e-11;
const tolerance = 1e-14;

testOracles("05", { "glmnet.logistic": penalisedRegression });

/** What a case asks for, as the project takes it. */
interface Task extends PenalisedRegression {
  readonly names: readonly string[];
  readonly folds: Int32Array;
  readonly oracle: OracleCase<Specification, Expected>;
}

/** The models of a path with glmnet's own lambdas, and those of its cross-validation. */
interface Paths {
  readonly models: readonly PenalisedModel[];
  readonly crossed: readonly PenalisedModel[];
  readonly outOfFold: readonly Float64Array[];
  readonly nullDeviance: number;
}

/** The exact answer, or where it differs, because descent stopped short of the minimum, that of glmnet's own descent. */
function penalisedRegression(oracle: OracleCase<Specification, Expected>): unknown {
  const { expected, tol, kind } = oracle;
  const task = taskOf(oracle);
  const exact = exactPaths(task);
  const answer = answerOf(task, exact);
  expectNotAbove(task, exact.models, expected);
  if (compareToExpected(expected, answer, tol, kind).length === 0) return answer;
  const ofR = pathsOfR(task, exact);
  exact.models.forEach((model, k) => {
    const [own, given] = [model, ofR.models[k]].map((at) => penalisedObjective(task, at, model.lambda));
    expect(own - given).toBeLessThan(ROOM);
  });
  return answerOf(task, ofR);
}

function taskOf(oracle: OracleCase<Specification, Expected>): Task {
  const { spec } = oracle;
  const table = readOracleTable(oracle);
  const names = typeof spec.x === "string" ? numberedLike(spec.x, table) : spec.x;
  const outcome = outcomeOf(table, spec.y);
  const columns = names.map((name) => numbers(table, name));
  return {
    oracle,
    names,
    outcome,
    design: matrixOfColumns(table.rows, columns),
    folds: foldsOf(spec.foldid, table, outcome),
    alpha: spec.alpha,
    standardise: spec.standardize,
    ...(spec.penalty_factor === null ? {} : { penaltyFactors: spec.penalty_factor }),
  };
}

/** The columns numbered like the first one that a text such as `x001..x300 (all of them)` names. */
function numberedLike(text: string, table: OracleTable): string[] {
  const stem = (name: string) => name.replace(/\d+$/, "#");
  const first = /^[\w.]*?\d+(?!\w)/.exec(text)?.[0] ?? "x1";
  return Object.keys(table.columns).filter((name) => stem(name) === stem(first));
}

/** The sequence of lambdas that a case asks for: its own, or from the smallest that leaves nothing down to a share of it. */
function sequenceOf({ design, outcome, oracle, ...task }: Task) {
  const { lambda } = oracle.spec;
  if (typeof lambda !== "string") return { lambdas: lambda };
  const lambdaCount = Number(/nlambda=(\d+)/.exec(lambda)?.[1] ?? 100);
  const ratio = Number(/lambda\.min\.ratio=([\d.e-]+)/.exec(lambda)?.[1]);
  if (Number.isNaN(ratio)) return { lambdaCount };
  const [{ lambda: largest }] = elasticNetPath(design, outcome, { ...task, tolerance, lambdaCount }).models;
  return {
    lambdas: Array.from({ length: lambdaCount }, (_, k) => largest * ratio ** (k / (lambdaCount - 1))),
  };
}

function exactPaths(task: Task): Paths {
  const { design, outcome, folds, oracle } = task;
  const sequence = sequenceOf(task);
  const { models, nullDeviance } = elasticNetPath(design, outcome, { ...task, tolerance, ...sequence });
  const lambdas = oracle.expected.lambda;
  const crossed = crossValidateElasticNet(design, outcome, folds, { ...task, tolerance, lambdas });
  return { models, crossed: crossed.models, outOfFold: crossed.outOfFold, nullDeviance };
}

/** The same by glmnet's descent; only the model of its infinite first lambda is taken from the exact path. */
function pathsOfR(task: Task, exact: Paths): Paths {
  const { design, outcome, folds, oracle } = task;
  const settings = { ...task, tolerance, lambdas: oracle.expected.lambda };
  const crossed = glmnetOfR(design, outcome, settings);
  const outOfFold = glmnetOutOfFold(design, outcome, folds, settings);
  const models = exact.models.map((model, k) => (k === 0 ? model : { ...crossed[k], lambda: model.lambda }));
  return { ...exact, models, crossed, outOfFold };
}

/** A joined key has no coefficient of its own, so such a set has no objective. */
function expectNotAbove(task: Task, models: readonly PenalisedModel[], { coef_at }: Expected): void {
  for (const { index, nonzero } of coef_at) {
    if (index === 1 || Object.keys(nonzero).some((name) => name.includes("+"))) continue;
    const model = models[index - 1];
    const coefficients = task.names.map((name) => nonzero[name] ?? 0);
    const given = { intercept: nonzero["(Intercept)"], coefficients };
    const [own, reference] = [model, given].map((at) => penalisedObjective(task, at, model.lambda));
    expect(own - reference).toBeLessThan(ROOM);
  }
}

function answerOf(
  { oracle, names, outcome, folds, alpha }: Task,
  { models, crossed, outOfFold, nullDeviance }: Paths,
) {
  const { expected } = oracle;
  const cv = Object.entries(expected.cv).map(([key, reference]) => {
    const curve = curveOfR(outOfFold, outcome, folds, measureOf(key, folds));
    return [key, curveAnswer({ models: crossed, curve }, names, reference)] as const;
  });
  return {
    lambda: models.map(({ lambda }) => lambda),
    // Glmnet's infinite lambda is 9.9e35, where it counts ridge coefficients of 1e-38.
    df: models.map((model, k) => nonzeroCount(alpha === 0 && k === 0 ? models[1] : model)),
    dev_ratio: models.map(({ devianceRatio }) => devianceRatio),
    nulldev: nullDeviance,
    coef_at: expected.coef_at.map(({ index, nonzero }) => {
      const model = models[index - 1];
      return { index, lambda: model.lambda, nonzero: namedCoefficients(model, names, nonzero) };
    }),
    cv: Object.fromEntries(cv),
  };
}

function nonzeroCount({ coefficients }: PenalisedModel): number {
  return coefficients.reduce((count, coefficient) => count + (coefficient === 0 ? 0 : 1), 0);
}

function namedCoefficients(
  model: PenalisedModel,
  names: readonly string[],
  reference: Coefficients,
): Coefficients {
  const own = Object.fromEntries(names.map((name, j) => [name, model.coefficients[j]]));
  const joined = Object.keys(reference)
    .filter((name) => name.includes("+"))
    .map((name) => [name, name.split("+").reduce((sum, part) => sum + own[part], 0)] as const);
  return { ...own, ...Object.fromEntries(joined), "(Intercept)": model.intercept };
}

/** With fewer than ten rows per fold glmnet counts the deviance in place of the area under the curve. */
function measureOf(key: string, folds: Int32Array): PenaltyMeasure {
  if (key === "auc" && folds.length / new Set(folds).size < 10) return "deviance";
  return key === "class" ? "error" : (key as "deviance" | "auc");
}

/** Glmnet ranks probabilities, of which all above a linear predictor of 37 are 1 and therefore tied. */
function curveOfR(
  outOfFold: readonly Float64Array[],
  outcome: Uint8Array,
  folds: Int32Array,
  measure: PenaltyMeasure,
): PenaltyCurve {
  const members = [...new Set(folds)].map((fold) => [...folds.keys()].filter((row) => folds[row] === fold));
  const score = (eta: number) => (measure === "auc" ? 1 / (1 + Math.exp(-eta)) : eta);
  // Glmnet leaves folds of one class out of the mean of areas, but counts them in its error.
  const withArea = members.filter((rows) => new Set(rows.map((row) => outcome[row])).size === 2).length;
  const shrinkage = measure === "auc" ? Math.sqrt((withArea - 1) / (members.length - 1)) : 1;
  const performances = outOfFold.map((linear) => {
    const { mean, standardError } = penaltyPerformance(linear.map(score), outcome, members, measure);
    return { mean, standardError: standardError * shrinkage };
  });
  return penaltyCurve(performances, measure);
}

function curveAnswer(
  { models, curve }: { readonly models: readonly PenalisedModel[]; readonly curve: PenaltyCurve },
  names: readonly string[],
  reference: Curve,
) {
  const [minimum, oneStandardError] = [models[curve.minimum], models[curve.oneStandardError]];
  // At the largest lambda rounding alone decides what is zero, in glmnet and here: those count as the reference has them.
  const count = (model: PenalisedModel, given: Coefficients) =>
    names.filter((name, j) => {
      const own = Math.abs(model.coefficients[j]);
      return own < ROUNDING && Math.abs(given[name] ?? 0) < ROUNDING ? name in given : own > 0;
    }).length;
  return {
    cvm: curve.means,
    cvsd: curve.standardErrors,
    lambda_min: minimum.lambda,
    lambda_1se: oneStandardError.lambda,
    index_min: curve.minimum + 1,
    index_1se: curve.oneStandardError + 1,
    nzero_min: count(minimum, reference.coef_min),
    nzero_1se: count(oneStandardError, reference.coef_1se),
    coef_min: namedCoefficients(minimum, names, reference.coef_min),
    coef_1se: namedCoefficients(oneStandardError, names, reference.coef_1se),
  };
}

/** The folds that a case describes in words, from 0. */
function foldsOf(description: string, table: OracleTable, outcome: Uint8Array): Int32Array {
  const column = /^column (\w+)/.exec(description);
  if (column !== null) return Int32Array.from(numbers(table, column[1]), (fold) => fold - 1);
  const count = Number(/mod (\d+)/.exec(description)![1]);
  if (!/within each class/.test(description)) return Int32Array.from(outcome, (_, row) => row % count);
  const seen = [0, 0];
  return Int32Array.from(outcome, (y) => ++seen[y] % count);
}
