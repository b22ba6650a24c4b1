/** Reads model formulas of R as far as the cases use them: `y ~ a + factor(b) + c * d + e:f + rcs(g, 4)`. */
import { type Matrix, matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import type { PenalisedTerm } from "../../packages/core/src/math/harrell-penalty.ts";
import { splineKnots, splineTerm } from "../../packages/core/src/math/restricted-cubic-spline.ts";
import { levelsOf } from "../levels-of.ts";
import { numbers, type OracleTable, texts } from "../oracle-cases.ts";

/** A term with the columns that it becomes. */
export interface Term {
  /** As R prints it, e.g. `factor(grade)` or `a:b`. */
  readonly name: string;
  readonly variables: readonly string[];
  readonly columns: readonly { readonly name: string; readonly values: Float64Array }[];
  readonly knots: readonly number[] | null;
}

/** The outcome and the terms of a formula for the rows of a table. */
export interface Formula {
  readonly outcome: Uint8Array;
  readonly terms: readonly Term[];
}

/** The variables that a formula names, the outcome first. */
export function variablesOf(formula: string): readonly string[] {
  const [left, right] = formula.split("~");
  const inside = right
    .split(/[+*:]/)
    .map((term) => /^\s*(?:factor|rcs)\(\s*([\w.]+)/.exec(term)?.[1] ?? term.trim());
  return [left.trim(), ...new Set(inside)];
}

/** The rows without a missing value in these columns. */
export function completeRows(table: OracleTable, variables: readonly string[]): OracleTable {
  const kept = Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
    variables.every((name) => table.columns[name][row] !== null),
  );
  const columns = Object.entries(table.columns).map(([name, cells]) => [name, kept.map((row) => cells[row])]);
  return { rows: kept.length, columns: Object.fromEntries(columns) as OracleTable["columns"] };
}

/**
 * A formula applied to a table; an interaction stands after the main effects, as in R.
 *
 * @param reference Table that gives levels and knots, e.g. the training rows when `table` holds new ones.
 */
export function applyFormula(formula: string, table: OracleTable, reference: OracleTable = table): Formula {
  const [left, right] = formula.split("~").map((side) => side.trim());
  const mains = new Map<string, Term>();
  const interactions = new Map<string, Term>();
  for (const part of right.split("+")) {
    const factors = part.split(/[*:]/).map((text) => simpleTerm(text.trim(), table, reference));
    if (!part.includes(":")) factors.forEach((factor) => mains.set(factor.name, factor));
    const products = part.includes("*") ? subsetsOfSeveral(factors) : factors.length > 1 ? [factors] : [];
    for (const product of products.map(interaction)) interactions.set(product.name, product);
  }
  const byDegree = [...interactions.values()].sort((a, b) => a.variables.length - b.variables.length);
  return { outcome: outcomeOf(table, left), terms: [...mains.values(), ...byDegree] };
}

/** The subsets of two or more. */
function subsetsOfSeveral<T>(items: readonly T[]): T[][] {
  const subsets = items.reduce<T[][]>((all, item) => [...all, ...all.map((some) => [...some, item])], [[]]);
  return subsets.filter((subset) => subset.length > 1);
}

/** The design of some terms. */
export function designOf(terms: readonly Term[], rows: number): { design: Matrix; names: readonly string[] } {
  const columns = terms.flatMap((term) => term.columns);
  return {
    design: matrixOfColumns(
      rows,
      columns.map(({ values }) => values),
    ),
    names: columns.map(({ name }) => name),
  };
}

/** The terms as selection and penalties take them: an interaction needs its parts, a factor is marked. */
export function designTermsOf(terms: readonly Term[]): readonly PenalisedTerm[] {
  return terms.map(({ name, variables, columns, knots }) => ({
    name,
    columns: columns.map(({ values }) => values),
    isFactor: knots === null && variables.length === 1 && columns.some((column) => column.name !== name),
    needs: terms
      .filter(
        (other) =>
          other.variables.length < variables.length &&
          other.variables.every((variable) => variables.includes(variable)),
      )
      .map((other) => other.name),
  }));
}

/** 1 for the second of two values in their order, as R's factor or a number. */
export function outcomeOf(table: OracleTable, name: string): Uint8Array {
  const cells = texts(table, name);
  const levels = levelsOf(cells);
  const positive = levels.length === 1 ? "1" : levels[1];
  return Uint8Array.from(cells, (cell) => (cell === positive ? 1 : 0));
}

function simpleTerm(name: string, table: OracleTable, reference: OracleTable): Term {
  const wrapped = /^(factor|rcs)\(\s*([\w.]+)\s*(?:,\s*(\d))?\s*\)$/.exec(name);
  const variable = wrapped?.[2] ?? name;
  const base = { name, variables: [variable], knots: null };
  if (wrapped?.[1] === "rcs") return splineTerms(variable, Number(wrapped[3]), table, reference);
  const isText = reference.columns[variable].some((cell) => typeof cell === "string");
  if (wrapped === null && !isText) return { ...base, columns: [{ name, values: numbers(table, variable) }] };
  const levels = levelsOf(texts(reference, variable)).slice(1);
  const cells = texts(table, variable);
  const columns = levels.map((level) => ({
    // R prints factor(grade)2, the cases print histology=ILC for a column of text.
    name: wrapped === null ? `${name}=${level}` : `${name}${level}`,
    values: Float64Array.from(cells, (cell) => (cell === level ? 1 : 0)),
  }));
  return { ...base, columns };
}

function splineTerms(variable: string, count: number, table: OracleTable, reference: OracleTable): Term {
  const knots = splineKnots(numbers(reference, variable), count);
  const columns = Array.from({ length: knots.length - 1 }, (_, basis) => ({
    name: variable + "'".repeat(basis),
    values: numbers(table, variable).map((x) => splineTerm(x, knots, basis)),
  }));
  return { name: variable, variables: [variable], columns, knots };
}

function interaction(factors: readonly Term[]): Term {
  const columns = factors.slice(1).reduce(
    (product, factor) =>
      factor.columns.flatMap((b) =>
        product.map((a) => ({
          name: `${a.name}:${b.name}`,
          values: a.values.map((x, i) => x * b.values[i]),
        })),
      ),
    factors[0].columns,
  );
  return {
    name: factors.map(({ name }) => name).join(":"),
    variables: factors.flatMap(({ variables }) => variables),
    columns,
    knots: null,
  };
}
