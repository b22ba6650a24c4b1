import { nomogramPoints, totalPointsAt } from "../../packages/core/src/calculator/nomogram-points.ts";
import { logit } from "../../packages/core/src/math/elementary.ts";
import { logisticRegression } from "../../packages/core/src/math/logistic-regression.ts";
import { type OracleCase, type OracleTable, readOracleTable } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { applyFormula, completeRows, designOf, type Term, variablesOf } from "./formula.ts";

interface Specification {
  readonly formula: string;
  readonly axes: Readonly<Record<string, readonly (number | string)[]>>;
  readonly max_points?: number;
}

interface Expected {
  readonly total_points_at_probability: { readonly prob: readonly number[] };
}

testOracles("20", { "nomogram.points": nomogram });

function nomogram(oracle: OracleCase<Specification, Expected>): unknown {
  const { formula, axes, max_points: maximum = 100 } = oracle.spec;
  const table = completeRows(readOracleTable(oracle), variablesOf(formula));
  const { outcome, terms } = applyFormula(formula, table);
  const { design, names } = designOf(terms, table.rows);
  const { coefficients } = logisticRegression(design, outcome);
  const coefficient = new Map(names.map((name, j) => [name, coefficients[j + 1]]));
  const entries = Object.entries(axes);
  const effects = entries.map(([name, values]) => ({
    name,
    effects: effectsOf(termAlong(formula, name, values, table), coefficient, values.length),
  }));
  const scale = nomogramPoints(effects, coefficients[0], maximum);
  const risks = oracle.expected.total_points_at_probability.prob;
  return {
    ...Object.fromEntries(entries.map(([name, values], k) => [name, { values, points: scale.points[k] }])),
    points_per_lp_unit: scale.pointsPerUnit,
    total_points_at_probability: {
      prob: risks,
      points: risks.map((risk) => totalPointsAt(scale, logit(risk))),
    },
    coef: { Intercept: coefficients[0], ...Object.fromEntries(coefficient) },
  };
}

/** The term of a formula that holds a variable, for values of it. */
function termAlong(
  formula: string,
  name: string,
  values: readonly (number | string)[],
  reference: OracleTable,
): Term {
  const [left, right] = formula.split("~");
  const part = right.split("+").find((term) => new RegExp(`\\b${name}\\b`).test(term))!;
  const along = { rows: values.length, columns: { [name]: values, [left.trim()]: values.map(() => 0) } };
  return applyFormula(`${left} ~ ${part}`, along, reference).terms[0];
}

function effectsOf(term: Term, coefficient: ReadonlyMap<string, number>, count: number): Float64Array {
  const effects = new Float64Array(count);
  for (const { name, values } of term.columns)
    values.forEach((value, k) => (effects[k] += coefficient.get(name)! * value));
  return effects;
}
