import type { PatientId } from "../../packages/core/src/cohort/patient.ts";
import type { Predictor, PredictorTable } from "../../packages/core/src/features/predictor-table.ts";
import { logisticRegression } from "../../packages/core/src/math/logistic-regression.ts";
import { createRandom } from "../../packages/core/src/math/random.ts";
import { poolEstimates } from "../../packages/core/src/math/rubin.ts";
import { mean, sampleStandardDeviation } from "../../packages/core/src/math/statistics.ts";
import type { ImputationMethod } from "../../packages/core/src/models/imputation/chained-equations.ts";
import {
  completedTable,
  imputeTraining,
  type TrainingImputations,
} from "../../packages/core/src/models/imputation/impute-training.ts";
import { numbers, type OracleCase, type OracleTable, readOracleTable, texts } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { levelsOf } from "../levels-of.ts";
import { applyFormula, designOf, variablesOf } from "../models/formula.ts";

/** The procedure is random: our own runs, of which mean and spread are compared. */
const RUNS = 10;

interface Specification {
  readonly columns: readonly string[];
  readonly methods: Readonly<Record<string, string>>;
  readonly m: number;
  readonly maxit: number;
  readonly model: string;
  readonly pmm_donors?: number;
}

const methodNames: Readonly<Record<string, ImputationMethod>> = {
  pmm: "predictive-mean-matching",
  norm: "linear",
  logreg: "logistic",
  polyreg: "multinomial",
  polr: "proportional-odds",
};

testOracles("21", { "mi.mice": chainedEquations }, ({ procedure }) => procedure === "mi.mice");

function chainedEquations(oracle: OracleCase<Specification>): unknown {
  const { spec } = oracle;
  const given = readOracleTable(oracle);
  const [outcomeName] = variablesOf(spec.model);
  const predictors = spec.columns.filter((name) => name !== outcomeName);
  const table = predictorTable(given, predictors, spec.methods);
  const outcome = Uint8Array.from(numbers(given, outcomeName));
  const methods = Object.fromEntries(
    Object.entries(spec.methods).flatMap(([name, method]) =>
      method === "" ? [] : [[name, methodNames[method]]],
    ),
  );
  const runs = Array.from({ length: RUNS }, (_, run) => {
    const imputations = imputeTraining(
      {
        columns: predictors,
        imputations: spec.m,
        iterations: spec.maxit,
        methods,
        ...(spec.pmm_donors === undefined ? {} : { donors: spec.pmm_donors }),
      },
      { table, outcome },
      createRandom(`run ${String(run)}`),
    );
    return { ...pooledModel(spec, given, table, imputations), imputations };
  });
  const [{ terms }] = runs;
  const expected = oracle.expected as Readonly<Record<string, unknown>>;
  return {
    pooled_estimate: Object.fromEntries(
      terms.map((term, j) => [term, summary(runs.map(({ estimates }) => estimates[j]))]),
    ),
    pooled_se: Object.fromEntries(
      terms.map((term, j) => [term, summary(runs.map(({ errors }) => errors[j]))]),
    ),
    ...Object.fromEntries(
      Object.keys(expected).flatMap((key) => {
        const statistic = imputedStatistic(key, table);
        return statistic === null ? [] : [[key, summary(runs.map((run) => statistic(run.imputations)))]];
      }),
    ),
  };
}

function summary(values: readonly number[]): unknown {
  return { mean: mean(values), sd: sampleStandardDeviation(values), n: values.length };
}

/** Columns with a method for classes, and columns of text, are factors; their levels ascend. */
function predictorTable(
  given: OracleTable,
  names: readonly string[],
  methods: Readonly<Record<string, string>>,
): PredictorTable {
  return {
    patients: Array.from({ length: given.rows }, (_, row) => String(row) as PatientId),
    columns: names.map((name): Predictor => {
      const base = { name, label: name, source: { kind: "clinical", variable: name } as const };
      const isText = given.columns[name].some((cell) => typeof cell === "string");
      if (!isText && !["logreg", "polyreg", "polr"].includes(methods[name]))
        return { ...base, kind: "numeric", unit: null, values: numbers(given, name) };
      const cells = texts(given, name);
      const levels = levelsOf(cells);
      const codes = Int16Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(cell)));
      return { ...base, kind: "categorical", levels, ordered: methods[name] === "polr", reference: 0, codes };
    }),
  };
}

/** The model of the case on every completed table, pooled by Rubin's rules. */
function pooledModel(
  spec: Specification,
  given: OracleTable,
  table: PredictorTable,
  imputations: TrainingImputations,
) {
  const fits = Array.from({ length: spec.m }, (_, imputation) => {
    const completed = completedTable(table, imputations, imputation);
    const cells = completed.columns.map((column) => [
      column.name,
      column.kind === "numeric"
        ? Array.from(column.values)
        : Array.from(column.codes, (code) => column.levels[code]),
    ]);
    const columns = { ...given.columns, ...(Object.fromEntries(cells) as OracleTable["columns"]) };
    const { terms, outcome } = applyFormula(spec.model, { rows: given.rows, columns });
    const { design, names } = designOf(terms, given.rows);
    const all = ["(Intercept)", ...names.map((name) => name.replace(/^factor\((\w+)\)(.*)$/, "$1=$2"))];
    return { fit: logisticRegression(design, outcome), names: all, rows: given.rows };
  });
  const [{ names, rows }] = fits;
  const pooled = names.map((_, j) =>
    poolEstimates(
      {
        estimates: fits.map(({ fit }) => fit.coefficients[j]),
        variances: fits.map(({ fit }) => fit.covariance.values[j * (names.length + 1)]),
      },
      { completeDegreesOfFreedom: rows - names.length },
    ),
  );
  return {
    terms: names,
    estimates: pooled.map(({ estimate }) => estimate),
    errors: pooled.map(({ standardError }) => standardError),
  };
}

/** What a key such as `mean_imputed_x` or `share_imputed_y1` asks of the imputed values; null for another key. */
function imputedStatistic(
  key: string,
  { columns }: PredictorTable,
): ((imputations: TrainingImputations) => number) | null {
  const match = /^(mean|share)_imputed_(.+)$/.exec(key);
  if (match === null) return null;
  const column = columns.find(
    ({ name }) => name === match[2] || match[2].startsWith(name) || name.startsWith(match[2]),
  )!;
  const level = match[2].slice(column.name.length).replace(/^[_=]/, "");
  const code = column.kind === "categorical" ? column.levels.indexOf(level) : -1;
  return (imputations) => {
    const { values } = imputations.columns.find(({ name }) => name === column.name)!;
    return mean(
      values.flatMap((drawn) => Array.from(drawn, (value) => (code < 0 ? value : value === code ? 1 : 0))),
    );
  };
}
