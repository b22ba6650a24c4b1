import { isConstant } from "../../math/statistics.ts";

/** Where a column lies and how far it spreads. */
export interface ColumnScales {
  readonly mean: number;
  /** Standard deviation; 1 for a constant column. */
  readonly deviation: number;
  /** Smallest and largest value in standard deviations from the mean. */
  readonly range: readonly [number, number];
}

/**
 * Mean, standard deviation and range of a column; of plain sums, since their rounding is far below a draw's spread.
 *
 * @param column Without missing values, shape [n].
 * @example columnScales(Float64Array.of(1, 3, 5)) // => {"mean":3,"deviation":2,"range":[-1,1]}
 */
export function columnScales(column: Float64Array): ColumnScales {
  if (isConstant(column)) return { mean: column[0] ?? 0, deviation: 1, range: [0, 0] };
  let [sum, least, most] = [0, Infinity, -Infinity];
  for (let i = 0; i < column.length; i++) {
    const value = column[i];
    sum += value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const mean = sum / column.length;
  let squares = 0;
  for (let i = 0; i < column.length; i++) squares += (column[i] - mean) * (column[i] - mean);
  const deviation = Math.sqrt(squares / (column.length - 1));
  return { mean, deviation, range: [(least - mean) / deviation, (most - mean) / deviation] };
}
