/** The objective of a penalised regression, from the table alone. */
import { columnOf, type Matrix } from "../../packages/core/src/math/matrix.ts";

/** A penalised regression as the cases specify it. */
export interface PenalisedRegression {
  readonly design: Matrix;
  readonly outcome: Uint8Array;
  readonly alpha: number;
  readonly standardise: boolean;
  /** All 1 without them. */
  readonly penaltyFactors?: readonly number[];
}

/** Mean loss plus penalty as glmnet defines it. */
export function penalisedObjective(
  { design, outcome, alpha, standardise, penaltyFactors }: PenalisedRegression,
  at: { readonly intercept: number; readonly coefficients: ArrayLike<number> },
  lambda: number,
): number {
  const { rows, columns } = design;
  const linear = new Float64Array(rows).fill(at.intercept);
  const factors = penaltyFactors ?? new Array<number>(columns).fill(1);
  const total = factors.reduce((sum, factor) => sum + factor, 0);
  let penalty = 0;
  for (let j = 0; j < columns; j++) {
    const b = at.coefficients[j];
    if (b === 0) continue;
    const column = columnOf(design, j);
    column.forEach((x, i) => (linear[i] += b * x));
    const scaled = standardise ? b * deviationOf(column) : b;
    const share = (factors[j] * columns) / total;
    penalty += share * (alpha * Math.abs(scaled) + ((1 - alpha) / 2) * scaled * scaled);
  }
  const loss = linear.reduce(
    (sum, eta, i) => sum + Math.log1p(Math.exp(-Math.abs(eta))) + Math.max(eta, 0) - outcome[i] * eta,
    0,
  );
  return loss / rows + lambda * penalty;
}

/** Divisor n. */
function deviationOf(column: Float64Array): number {
  const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
  return Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length);
}
