import { columnOf, type Matrix, matrixOfColumns } from "./matrix.ts";

/** A term of a model: the columns that enter and leave together, e.g. the indicators of a factor. */
export interface DesignTerm {
  readonly name: string;
  /** Shape [n] each. */
  readonly columns: readonly ArrayLike<number>[];
  /** Names of terms that must stay as long as this one is there, e.g. the parts of an interaction. */
  readonly needs?: readonly string[];
}

/**
 * The design of some terms, side by side.
 *
 * @param rows Length of every column.
 * @throws {InputError} A column of another length.
 * @example designOfTerms([{ name: "a", columns: [[1, 2]] }], 2).values // => [1,2]
 */
export function designOfTerms(terms: readonly DesignTerm[], rows: number): Matrix {
  return matrixOfColumns(
    rows,
    terms.flatMap(({ columns }) => columns),
  );
}

/**
 * Positions of each term's columns in the design of the terms.
 *
 * @param first Position of the first column, e.g. 1 for coefficients after an intercept.
 * @example termPositions([{ name: "a", columns: [[1], [2]] }, { name: "b", columns: [[3]] }], 1) // => [[1,2],[3]]
 */
export function termPositions(terms: readonly DesignTerm[], first: number): readonly (readonly number[])[] {
  let next = first;
  return terms.map(({ columns }) => columns.map(() => next++));
}

/**
 * Terms of one column each, from a matrix.
 *
 * @param names One per column.
 * @example termsOfMatrix({ rows: 1, columns: 1, values: Float64Array.of(5) }, ["a"])[0].name // => "a"
 */
export function termsOfMatrix(matrix: Matrix, names: readonly string[]): readonly DesignTerm[] {
  return names.map((name, j) => ({ name, columns: [columnOf(matrix, j)] }));
}
