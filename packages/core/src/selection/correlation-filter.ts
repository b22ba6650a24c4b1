import { InputError } from "../errors.ts";
import { dotProduct } from "../math/dot-product.ts";
import { midranks } from "../math/statistics.ts";

/** A column left out because an earlier one says nearly the same. */
export interface RedundantColumn {
  /** Position of the column that is left out. */
  readonly column: number;
  /** Position of the kept column that it resembles. */
  readonly resembles: number;
}

/**
 * The columns whose absolute Spearman correlation with a kept column before them exceeds a limit.
 *
 * Columns are looked at in their order, so that of two alike the later is left out; no outcome is involved.
 *
 * @param columns Values without NaN, all of one length.
 * @param limit In (0, 1]; with 1 nothing is left out.
 * @returns Ascending by column. A constant column correlates with none.
 * @throws {InputError} Columns of unequal length or a limit outside (0, 1].
 * @example redundantColumns([[1, 2, 3, 4], [1, 4, 9, 16], [2, 1, 4, 3]], 0.9) // => [{"column":1,"resembles":0}]
 */
export function redundantColumns(columns: readonly ArrayLike<number>[], limit: number): readonly RedundantColumn[] {
  if (!(limit > 0 && limit <= 1))
    throw new InputError(`a limit of correlation must be in (0, 1]; got ${limit}`);
  if (columns.some((column) => column.length !== columns[0].length))
    throw new InputError("a correlation filter needs columns of one length; got unequal lengths");
  const kept: { readonly column: number; readonly ranks: Float64Array }[] = [];
  const redundant: RedundantColumn[] = [];
  columns.forEach((values, column) => {
    const ranks = unitRanks(values);
    const like = kept.find((other) => Math.abs(dotProduct(ranks, 0, other.ranks, ranks.length)) > limit);
    if (like === undefined) kept.push({ column, ranks });
    else redundant.push({ column, resembles: like.column });
  });
  return redundant;
}

/** Midranks, centred and of length 1, so that Spearman's correlation is a product; zeros for a constant column. */
function unitRanks(values: ArrayLike<number>): Float64Array {
  const ranks = midranks(values);
  const middle = (ranks.length + 1) / 2;
  let squares = 0;
  for (let i = 0; i < ranks.length; i++) {
    ranks[i] -= middle;
    squares += ranks[i] * ranks[i];
  }
  const length = Math.sqrt(squares);
  if (length > 0) for (let i = 0; i < ranks.length; i++) ranks[i] /= length;
  return ranks;
}
