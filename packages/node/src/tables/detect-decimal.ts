/** How a table writes numbers, and whether it is of one mind. */
export interface DecimalSign {
  readonly decimal: "." | ",";
  /** Cells that write their decimals the other way. */
  readonly otherwise: number;
}

const POINT = /^\s*[+-]?\d+\.\d+\s*$/;
const COMMA = /^\s*[+-]?\d+,\d+\s*$/;

/** 1,234 may be a number above a thousand. */
const AMBIGUOUS_COMMA = /^\s*[+-]?\d{1,3},\d{3}\s*$/;

/**
 * The decimal sign that most numbers of a table use.
 *
 * @param rows Cells of a text table.
 * @returns "," only where more cells write 1,5 than 1.5; cells like 1,234 decide nothing alone.
 * @example detectDecimal([["1,5", "20,25"], ["2,5", "7"]]) // => { "decimal": ",", "otherwise": 0 }
 * @example detectDecimal([["1,234"], ["2.5"]]) // => { "decimal": ".", "otherwise": 1 }
 */
export function detectDecimal(rows: readonly (readonly string[])[]): DecimalSign {
  let [points, commas, ambiguous] = [0, 0, 0];
  for (const row of rows) {
    for (const cell of row) {
      if (cell.length > 40) continue;
      if (POINT.test(cell)) points++;
      else if (AMBIGUOUS_COMMA.test(cell)) ambiguous++;
      else if (COMMA.test(cell)) commas++;
    }
  }
  if (commas > points) return { decimal: ",", otherwise: points };
  return { decimal: ".", otherwise: commas + ambiguous };
}
