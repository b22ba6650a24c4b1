import { InputError } from "../../errors.ts";
import type { Predictor, PredictorTable } from "../../features/predictor-table.ts";
import { createRandom } from "../../math/random.ts";
import { derivedValue } from "./chained-equations.ts";
import type { FittedImputer, ImputerColumn } from "./fitted-imputer.ts";
import { drawFromEquation } from "./imputation-equation.ts";
import { filled } from "./impute-training.ts";

/**
 * The table of new patients with missing values imputed, once per imputation of the training patients.
 *
 * The draws come from the imputer's seed alone, so that equal patients get equal values, alone or among others. Over the
 * imputations they are spread evenly over their distributions: for every variable one draw falls into each m-th of them.
 * A mean over the tables is then far nearer to that of very many imputations than one of independent draws.
 *
 * @param imputer As `learnImputer` gave it, also after a round trip through JSON.
 * @param table A column that it lacks counts as missing; columns that the imputer does not know stay as they are.
 * @returns One table per imputation; no column of the imputer has a missing value in it.
 * @throws {InputError} A column of another kind, or with levels that the imputer does not know.
 * @source Stratified draws: Owen 2013, Monte Carlo theory, methods and examples, 8.4 and 10.3 (Latin hypercubes).
 */
export function completePatients(imputer: FittedImputer, table: PredictorTable): readonly PredictorTable[] {
  const given = imputer.columns.map((column) => givenValues(column, table));
  const rows = [...table.patients.keys()].filter((row) => given.some((values) => Number.isNaN(values[row])));
  const draws = evenDraws(imputer);
  // For each imputation and column the completed values of `rows`.
  const completed = imputer.imputations.map(() => given.map(() => new Float64Array(rows.length)));
  rows.forEach((row, index) => {
    const patient = Float64Array.from(given, (values) => values[row]);
    imputer.imputations.forEach((_, imputation) => {
      const values = completePatient(imputer, patient, imputation, draws);
      values.forEach((value, column) => (completed[imputation][column][index] = value));
    });
  });
  const positions = Int32Array.from(rows);
  return completed.map((values) => {
    const places = new Map(imputer.columns.map(({ name }, column) => [name, column]));
    return {
      ...table,
      columns: table.columns.map((column) => {
        const place = places.get(column.name);
        if (place === undefined) return column;
        const inCodes = withLevels(column, imputer.columns[place].levels, given[place]);
        return filled(inCodes, positions, values[place]);
      }),
    };
  });
}

/** The column in the imputer's codes: the table of a few patients may lack a level that is drawn. */
function withLevels(column: Predictor, levels: readonly string[] | null, given: Float64Array): Predictor {
  if (column.kind === "numeric" || levels === null) return column;
  const codes = Int16Array.from(given, (code) => (Number.isNaN(code) ? -1 : code));
  const reference = Math.max(0, levels.indexOf(column.levels[column.reference]));
  return { ...column, levels, reference, codes };
}

/** Values in the imputer's codes, NaN where missing. */
function givenValues({ name, levels }: ImputerColumn, table: PredictorTable): Float64Array {
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined) return new Float64Array(table.patients.length).fill(NaN);
  if ((column.kind === "numeric") !== (levels === null))
    throw new InputError(
      `imputation needs ${levels === null ? "numbers" : "levels"} of ${name}; got ${column.kind === "numeric" ? "numbers" : "levels"}; correct its type`,
    );
  if (column.kind === "numeric") return column.values;
  const codes = column.levels.map((level) => levels!.indexOf(level));
  return Float64Array.from(column.codes, (code) => {
    if (code < 0) return NaN;
    if (codes[code] < 0)
      throw new InputError(
        `imputation knows ${levels!.length} levels of ${name}; got another; correct the table or its code-book`,
      );
    return codes[code];
  });
}

/** Uniform numbers by round, visit and imputation; over the imputations one falls into each equal part of [0, 1). */
function evenDraws({ seed, iterations, visits, imputations, columns }: FittedImputer): Float64Array[][] {
  const random = createRandom(seed);
  const m = imputations.length;
  return Array.from({ length: iterations }, (_, round) =>
    visits.map((visit) => {
      const own = random.fork(`round ${round}`).fork(columns[visit].name);
      const parts = own.shuffle(Array.from({ length: m }, (_part, k) => k));
      return Float64Array.from(parts, (part) => (part + own.uniform()) / m);
    }),
  );
}

function completePatient(
  { columns, visits, iterations, imputations }: FittedImputer,
  patient: Float64Array,
  imputation: number,
  draws: readonly (readonly Float64Array[])[],
): Float64Array {
  const values = patient.map((value, column) => (Number.isNaN(value) ? columns[column].start : value));
  updateDerived(columns, patient, values);
  const missing = visits.flatMap((visit, index) => (Number.isNaN(patient[visit]) ? [index] : []));
  // A single missing variable has nothing to converge with.
  const first = missing.length > 1 ? 0 : iterations - 1;
  for (let round = first; round < iterations; round++)
    for (const index of missing) {
      const target = visits[index];
      const x = Float64Array.from(columns[target].terms, ({ column, level }) =>
        level === 0 ? values[column] : values[column] === level ? 1 : 0,
      );
      values[target] = drawFromEquation(imputations[imputation][index], x, draws[round][index][imputation]);
      updateDerived(columns, patient, values);
    }
  return values;
}

function updateDerived(columns: readonly ImputerColumn[], patient: Float64Array, values: Float64Array): void {
  columns.forEach(({ derived }, column) => {
    if (derived === null || !Number.isNaN(patient[column])) return;
    const value = derivedValue(derived.operation, values[derived.of[0]], values[derived.of[1]]);
    if (!Number.isNaN(value)) values[column] = value;
  });
}
