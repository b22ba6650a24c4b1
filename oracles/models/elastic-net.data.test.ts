import { afterAll, expect } from "vitest";
import { crossValidateElasticNet } from "../../packages/core/src/math/elastic-net-cross-validation.ts";
import type { PenaltyMeasure } from "../../packages/core/src/math/elastic-net-curve.ts";
import { elasticNetPath, type PenalisedModel } from "../../packages/core/src/math/elastic-net.ts";
import { type Matrix, matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { numbers, type OracleCase, type OracleTable, readOracleTable } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { outcomeOf } from "./formula.ts";

/** Coefficients of the reference by name; `a+b` is the sum of two equal columns, of which only the sum is identified. */
type Coefficients = Readonly<Record<string, number>>;

interface Specification {
  readonly y: string;
  readonly x: readonly string[] | string;
  readonly alpha: number;
  readonly standardize: boolean;
  readonly penalty_factor: readonly number[] | null;
  readonly lambda: string;
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
/** An objective of the reference this far above ours is not at its minimum; converged ones agree to 1e-12. */
const ABOVE_MINIMUM = 1e-11;
const tolerance = 1e-14;
const notCompared = { sets: 0, entries: 0 };

afterAll(() => {
  if (notCompared.sets > 0)
    console.log(
      `glmnet stopped short of its own minimum: ${String(notCompared.sets)} sets of coefficients with a higher objective than ours and ${String(notCompared.entries)} entries of step curves beyond them are not compared`,
    );
});

testOracles("05", { "glmnet.logistic": penalisedRegression });

function penalisedRegression(oracle: OracleCase<Specification, Expected>): unknown {
  const { spec, expected } = oracle;
  const table = readOracleTable(oracle);
  const names =
    typeof spec.x === "string" ? Object.keys(table.columns).filter((name) => /^x\d+$/.test(name)) : spec.x;
  const outcome = outcomeOf(table, spec.y);
  const design = matrixOfColumns(
    table.rows,
    names.map((name) => numbers(table, name)),
  );
  const settings = {
    alpha: spec.alpha,
    standardise: spec.standardize,
    tolerance,
    ...(spec.penalty_factor === null ? {} : { penaltyFactors: spec.penalty_factor }),
  };
  const lambdaCount = Number(/nlambda=(\d+)/.exec(spec.lambda)![1]);
  const path = elasticNetPath(design, outcome, { ...settings, lambdaCount });
  const objective = (intercept: number, coefficient: (name: string) => number, lambda: number) =>
    penalisedObjective({ design, outcome, names, spec }, { intercept, coefficient, lambda });
  let verified = 0;
  const coefAt = expected.coef_at.map(({ index, nonzero }) => {
    const model = path.models[index - 1];
    const ours = namedCoefficients(model, names, nonzero);
    // A joined key has no coefficient of its own, so such a set is compared as it is.
    const isJoined = Object.keys(nonzero).some((name) => name.includes("+"));
    if (!isJoined && index > 1) {
      const reference = objective(nonzero["(Intercept)"], (name) => nonzero[name] ?? 0, model.lambda);
      const own = objective(model.intercept, (name) => ours[name], model.lambda);
      expect(own - reference).toBeLessThan(ABOVE_MINIMUM);
      if (reference - own > ABOVE_MINIMUM) {
        notCompared.sets += 1;
        return { index, lambda: model.lambda, nonzero };
      }
    }
    verified = Math.max(verified, index);
    return { index, lambda: model.lambda, nonzero: ours };
  });
  const unverified = expected.coef_at.some(({ index }) => index > verified) ? verified : Infinity;
  const folds = foldsOf(spec.foldid, table, outcome);
  const cv = Object.entries(expected.cv).map(([key, curve]) => {
    const measure: PenaltyMeasure = key === "class" ? "error" : (key as "deviance" | "auc");
    const crossed = crossValidateElasticNet(design, outcome, folds, {
      ...settings,
      lambdas: expected.lambda,
      measure,
    });
    return [key, curveAnswer(crossed, names, { key, curve, unverified })] as const;
  });
  return {
    lambda: path.models.map(({ lambda }) => lambda),
    // Glmnet's infinite lambda is 9.9e35, where it counts ridge coefficients of 1e-38.
    df: path.models.map((model, k) => nonzeroCount(spec.alpha === 0 && k === 0 ? path.models[1] : model)),
    dev_ratio: path.models.map(({ devianceRatio }) => devianceRatio),
    nulldev: path.nullDeviance,
    coef_at: coefAt,
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

function curveAnswer(
  { models, curve }: ReturnType<typeof crossValidateElasticNet>,
  names: readonly string[],
  reference: { readonly key: string; readonly curve: Curve; readonly unverified: number },
) {
  const isStep = reference.key !== "deviance";
  const compared = (own: Float64Array, given: readonly number[]) =>
    Array.from(own, (value, k) => {
      if (!isStep || k < reference.unverified) return value;
      notCompared.entries += 1;
      return given[k];
    });
  const [minimum, oneStandardError] = [models[curve.minimum], models[curve.oneStandardError]];
  // Glmnet counts coefficients of 1e-17 at the largest lambda, where rounding alone decides what is zero.
  const count = (model: PenalisedModel, given: Coefficients) =>
    nonzeroCount(model) +
    names.filter(
      (name, j) => model.coefficients[j] === 0 && name in given && Math.abs(given[name]) < ROUNDING,
    ).length;
  return {
    cvm: compared(curve.means, reference.curve.cvm),
    cvsd: compared(curve.standardErrors, reference.curve.cvsd),
    lambda_min: minimum.lambda,
    lambda_1se: oneStandardError.lambda,
    index_min: curve.minimum + 1,
    index_1se: curve.oneStandardError + 1,
    nzero_min: count(minimum, reference.curve.coef_min),
    nzero_1se: count(oneStandardError, reference.curve.coef_1se),
    coef_min: namedCoefficients(minimum, names, reference.curve.coef_min),
    coef_1se: namedCoefficients(oneStandardError, names, reference.curve.coef_1se),
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

/** Mean loss plus penalty as glmnet defines it, computed here from the table alone. */
function penalisedObjective(
  data: {
    readonly design: Matrix;
    readonly outcome: Uint8Array;
    readonly names: readonly string[];
    readonly spec: Specification;
  },
  at: { readonly intercept: number; readonly coefficient: (name: string) => number; readonly lambda: number },
): number {
  const { rows, columns, values } = data.design;
  const linear = new Float64Array(rows).fill(at.intercept);
  const factors = data.spec.penalty_factor ?? data.names.map(() => 1);
  const total = factors.reduce((sum, factor) => sum + factor, 0);
  let penalty = 0;
  for (let j = 0; j < columns; j++) {
    const b = at.coefficient(data.names[j]);
    if (b === 0) continue;
    let [sum, squares] = [0, 0];
    for (let i = 0; i < rows; i++) {
      const x = values[j * rows + i];
      linear[i] += b * x;
      sum += x;
    }
    for (let i = 0; i < rows; i++) squares += (values[j * rows + i] - sum / rows) ** 2;
    const scaled = data.spec.standardize ? b * Math.sqrt(squares / rows) : b;
    const { alpha } = data.spec;
    penalty +=
      ((factors[j] * columns) / total) * (alpha * Math.abs(scaled) + ((1 - alpha) / 2) * scaled * scaled);
  }
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const eta = linear[i];
    loss += Math.log1p(Math.exp(-Math.abs(eta))) + Math.max(eta, 0) - data.outcome[i] * eta;
  }
  return loss / rows + at.lambda * penalty;
}
