import { InputError } from "../errors.ts";
import { dotProduct } from "../math/dot-product.ts";
import { log1p } from "../math/elementary.ts";
import { columnOf, type Matrix, zeroMatrix } from "../math/matrix.ts";
import { isConstant, mean, squaredDeviations } from "../math/statistics.ts";
import { oneWayAnova } from "../math/variance-analysis.ts";
import type { MrmrMeasures } from "./mrmr-measures.ts";

/** A correlation this near to 1 is that of a column with its own multiple, up to rounding. */
const ROUNDING = 1e-14;

/**
 * Relevance and redundancy from Pearson's correlation.
 *
 * @param features Shape [n, p], finite.
 * @param outcome Numbers for `gaussian`, class codes for `f-correlation`; shape [n].
 * @throws {InputError} An outcome that is the same for all.
 */
export function correlationMeasures(
  features: Matrix,
  outcome: ArrayLike<number>,
  measure: "gaussian" | "f-correlation",
): MrmrMeasures {
  if (isConstant(outcome))
    throw new InputError("mRMR needs an outcome that varies; it is the same for every row; use other rows");
  const { rows, columns } = features;
  const unit = zeroMatrix(rows, columns);
  const constant = new Uint8Array(columns);
  for (let j = 0; j < columns; j++) {
    const column = columnOf(features, j);
    if (isConstant(column)) constant[j] = 1;
    else columnOf(unit, j).set(unitVector(column));
  }
  const isGaussian = measure === "gaussian";
  const target = unitVector(outcome);
  const relevance = Float64Array.from(constant, (isSame, j) => {
    if (isSame === 1) return NaN;
    return isGaussian
      ? gaussianInformation(dotProduct(unit.values, j * rows, target, rows))
      : varianceRatio(columnOf(features, j), outcome);
  });
  return {
    relevance,
    addRedundancy: (selected, sums) => {
      const other = columnOf(unit, selected);
      for (let j = 0; j < columns; j++) {
        const correlation = dotProduct(unit.values, j * rows, other, rows);
        sums[j] += isGaussian ? gaussianInformation(correlation) : Math.min(1, Math.abs(correlation));
      }
    },
  };
}

/**
 * Mutual information of two normal variables, in nats.
 *
 * @param correlation In [-1, 1].
 * @returns At least 0; Infinity for a correlation of ±1.
 * @source Cover & Thomas 2006, Elements of Information Theory, 2nd ed., example 8.5.1.
 * @example gaussianInformation(0.6) // => 0.22314355131420976
 */
export function gaussianInformation(correlation: number): number {
  const size = Math.abs(correlation);
  return size > 1 - ROUNDING ? Infinity : -0.5 * log1p(-size * size);
}

function unitVector(values: ArrayLike<number>): Float64Array {
  const centre = mean(values);
  const length = Math.sqrt(squaredDeviations(values));
  return Float64Array.from(values, (value) => (value - centre) / length);
}

/** F of the analysis of variance by class, infinite where the classes differ and nothing varies within them. */
function varianceRatio(column: Float64Array, outcome: ArrayLike<number>): number {
  const classes = new Map<number, number[]>();
  for (let row = 0; row < column.length; row++) {
    const members = classes.get(outcome[row]);
    if (members === undefined) classes.set(outcome[row], [column[row]]);
    else members.push(column[row]);
  }
  const groups = [...classes.values()];
  return groups.every(isConstant) ? Infinity : oneWayAnova(groups).f;
}
