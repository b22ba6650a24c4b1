import { InputError } from "../errors.ts";
import { choleskyFactor } from "../math/cholesky.ts";
import { type DesignTerm, termPositions } from "../math/design-terms.ts";
import { dotProduct } from "../math/dot-product.ts";
import { exp, log } from "../math/elementary.ts";
import { projections } from "../math/logistic-information.ts";
import { columnOf, type Matrix, matrixOfColumns, zeroMatrix } from "../math/matrix.ts";
import { invertTriangle, orthonormalise, solveTriangle } from "../math/qr.ts";
import { mean } from "../math/statistics.ts";

/** How much the other terms of a model inflate the variance of a term's coefficients. */
export interface VarianceInflation {
  readonly name: string;
  /** The generalised factor, at least 1; Infinity where the term depends exactly on others. */
  readonly factor: number;
  readonly degreesOfFreedom: number;
  /** The factor's root by twice the degrees of freedom: comparable between terms, a factor of the standard error. */
  readonly perCoefficient: number;
}

/** R's lm calls a column dependent when less than this share of it is new. */
const DEPENDENT = 1e-7;
/** A column takes part in a dependence with at least this share of it. */
const SHARE = 1e-6;

/**
 * The columns that are exact linear combinations of others and the intercept, all that take part in one included.
 *
 * @param design Predictors, shape [n, p], without a column of ones.
 * @returns Positions, ascending; a constant column is among them.
 * @example dependentColumns({ rows: 3, columns: 3, values: Float64Array.of(1, 2, 4, 2, 4, 8, 1, 0, 0) }) // => [0,1]
 */
export function dependentColumns(design: Matrix): readonly number[] {
  const ones = new Float64Array(design.rows).fill(1);
  const whole = matrixOfColumns(design.rows, [
    ones,
    ...Array.from({ length: design.columns }, (_, j) => columnOf(design, j)),
  ]);
  const { basis, triangle, kept, aliased } = orthonormalise(whole, DEPENDENT);
  const involved = new Set<number>(aliased);
  for (const position of aliased) {
    const column = columnOf(whole, position);
    const shares = solveTriangle(triangle, projections(basis, column));
    kept.forEach((other, k) => {
      if (Math.abs(shares[k]) * lengthOf(columnOf(whole, other)) > SHARE * lengthOf(column))
        involved.add(other);
    });
  }
  return [...involved]
    .filter((position) => position > 0)
    .map((position) => position - 1)
    .sort((a, b) => a - b);
}

/**
 * Variance inflation factors of the columns of a design in a linear model: 1 / (1 - R squared) on the other columns, the
 * diagonal of the inverse of their correlations.
 *
 * @param design Predictors, shape [n, p], without a column of ones, more rows than columns.
 * @returns One per column, at least 1; Infinity where the column depends exactly on others.
 * @source Fox & Monette 1992, JASA 87:178-183; `car::vif` of a linear model.
 * @example linearVarianceInflation({ rows: 4, columns: 2, values: Float64Array.of(1, -1, 1, -1, 1, 1, -1, -1) }) // => [1,1]
 */
export function linearVarianceInflation(design: Matrix): Float64Array {
  const dependent = new Set(dependentColumns(design));
  const centred = Array.from({ length: design.columns }, (_, j) => {
    const center = mean(columnOf(design, j));
    return columnOf(design, j).map((value) => value - center);
  });
  const { triangle, kept } = orthonormalise(matrixOfColumns(design.rows, centred), DEPENDENT);
  const inverse = invertTriangle(triangle);
  const factors = new Float64Array(design.columns).fill(Infinity);
  kept.forEach((column, k) => {
    if (dependent.has(column)) return;
    let squares = 0;
    for (let j = k; j < kept.length; j++)
      squares += inverse.values[j * kept.length + k] * inverse.values[j * kept.length + k];
    factors[column] = squares * dotProduct(centred[column], 0, centred[column], design.rows);
  });
  return factors;
}

/**
 * Generalised variance inflation factors of the terms of a regression, from the correlations of its coefficients:
 * det(R of the term) det(R of the others) / det(R of all).
 *
 * @param fit Coefficients, intercept first, NaN where aliased, with their covariance.
 * @param terms In the order of the coefficients.
 * @returns One per term.
 * @throws {InputError} Fewer than two terms, or coefficients of another number.
 * @source Fox & Monette 1992, JASA 87:178-183, equation 10; `car::vif` of a generalised linear model.
 */
export function varianceInflation(
  fit: { readonly coefficients: Float64Array; readonly covariance: Matrix },
  terms: readonly DesignTerm[],
): readonly VarianceInflation[] {
  const positions = termPositions(terms, 1);
  const count = positions.reduce((sum, { length }) => sum + length, 1);
  if (terms.length < 2 || count !== fit.coefficients.length)
    throw new InputError(
      `variance inflation needs two terms or more and an intercept before their coefficients; got ${terms.length} terms of ${count - 1} columns and ${fit.coefficients.length} coefficients`,
    );
  const rows = terms[0].columns[0].length;
  const dependent = new Set(
    dependentColumns(
      matrixOfColumns(
        rows,
        terms.flatMap(({ columns }) => columns),
      ),
    ).map((j) => j + 1),
  );
  const estimated = positions.flat().filter((position) => !Number.isNaN(fit.coefficients[position]));
  const whole = logDeterminant(fit.covariance, estimated);
  return terms.map(({ name }, index) => {
    const own = positions[index].filter((position) => estimated.includes(position));
    const others = estimated.filter((position) => !own.includes(position));
    const degreesOfFreedom = positions[index].length;
    if (positions[index].some((position) => dependent.has(position)))
      return { name, factor: Infinity, degreesOfFreedom, perCoefficient: Infinity };
    const logFactor = logDeterminant(fit.covariance, own) + logDeterminant(fit.covariance, others) - whole;
    return {
      name,
      factor: exp(logFactor),
      degreesOfFreedom,
      perCoefficient: exp(logFactor / (2 * degreesOfFreedom)),
    };
  });
}

/** The log determinant of the correlations of some coefficients. */
function logDeterminant(covariance: Matrix, positions: readonly number[]): number {
  const size = positions.length;
  const correlations = zeroMatrix(size, size);
  const entry = (a: number, b: number) => covariance.values[b * covariance.rows + a];
  positions.forEach((a, i) =>
    positions.forEach(
      (b, j) => (correlations.values[j * size + i] = entry(a, b) / Math.sqrt(entry(a, a) * entry(b, b))),
    ),
  );
  const { values } = choleskyFactor(correlations);
  let sum = 0;
  for (let k = 0; k < size; k++) sum += 2 * log(values[k * (size + 1)]);
  return sum;
}

function lengthOf(column: Float64Array): number {
  return Math.sqrt(dotProduct(column, 0, column, column.length));
}
