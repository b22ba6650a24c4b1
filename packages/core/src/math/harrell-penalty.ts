import { type DesignTerm, designOfTerms } from "./design-terms.ts";
import { type Matrix, zeroMatrix } from "./matrix.ts";
import { sampleVariance } from "./statistics.ts";

/** A term to be penalised; the columns of a factor are the indicators of its levels but the reference. */
export type PenalisedTerm = DesignTerm & { readonly isFactor?: boolean };

/**
 * Harrell's penalty matrix: the variances of the columns on the diagonal, so that a penalty means the same for every unit;
 * for a factor of k indicators I - 1 / (k + 1), the spread of its levels about their mean with the reference at 0.
 *
 * @param terms In the order of the design.
 * @param rows At least 2.
 * @returns Shape [p, p], without the intercept.
 * @throws {InputError} A column of another length, or fewer than two rows.
 * @source Harrell 2015, Regression Modeling Strategies, 9.10; `Penalty.matrix` of rms.
 * @example harrellPenalty([{ name: "a", columns: [[1, 3]] }], 2).values // => [2]
 */
export function harrellPenalty(terms: readonly PenalisedTerm[], rows: number): Matrix {
  const { columns } = designOfTerms(terms, rows);
  const penalty = zeroMatrix(columns, columns);
  let first = 0;
  for (const { columns: own, isFactor = false } of terms) {
    const count = own.length;
    for (let a = 0; a < count; a++)
      for (let b = 0; b < count; b++) {
        const diagonal = a === b ? (isFactor ? 1 : sampleVariance(own[a])) : 0;
        penalty.values[(first + a) * columns + first + b] = diagonal - (isFactor ? 1 / (count + 1) : 0);
      }
    first += count;
  }
  return penalty;
}
