import { InputError, NumericalError } from "../errors.ts";
import { type ContingencyTable, margins } from "./contingency-table.ts";

/** Agreement of two readers beyond chance. */
export interface Kappa {
  /** At most 1; 0 for agreement by chance. */
  readonly value: number;
  /** Large-sample variance. */
  readonly variance: number;
}

/** What a disagreement counts: all the same, or by the distance of ordered levels or its square. */
export type KappaWeights = "none" | "linear" | "quadratic";

/**
 * Cohen's kappa of two readers who sort the same cases into the same levels.
 *
 * @param table Cases by level of the first (rows) and second reader (columns), as many levels in each.
 * @param weights With weights the levels must stand in order.
 * @throws {InputError} As many rows as columns and at least two are needed.
 * @throws {NumericalError} No case, or both readers put every case into the same one level.
 * @source Cohen 1960, Educ Psychol Meas 20:37-46; Fleiss, Cohen & Everitt 1969, Psychol Bull 72:323-327 (variance).
 */
export function cohenKappa(table: ContingencyTable, weights: KappaWeights = "none"): Kappa {
  const k = table.rows;
  if (k !== table.columns || k < 2)
    throw new InputError(
      `kappa needs the same levels, at least two, of both readers; got ${k} and ${table.columns}`,
    );
  const sums = margins(table);
  const total = sums.total;
  const agreement = agreementWeights(k, weights);
  const [row, column] = [sums.rows.map((size) => size / total), sums.columns.map((size) => size / total)];
  const rowMean = row.map((_, i) =>
    column.reduce((mean, share, j) => mean + share * agreement[j * k + i], 0),
  );
  const columnMean = column.map((_, j) =>
    row.reduce((mean, share, i) => mean + share * agreement[j * k + i], 0),
  );
  let [observed, expected] = [0, 0];
  for (let cell = 0; cell < k * k; cell++) {
    observed += (agreement[cell] * table.counts[cell]) / total;
    expected += agreement[cell] * row[cell % k] * column[Math.floor(cell / k)];
  }
  if (total === 0 || expected === 1)
    throw new NumericalError("kappa is undefined: the readers need cases in more than one level");
  let spread = 0;
  for (let cell = 0; cell < k * k; cell++) {
    const mean = rowMean[cell % k] + columnMean[Math.floor(cell / k)];
    const influence = agreement[cell] * (1 - expected) - mean * (1 - observed);
    spread += (table.counts[cell] / total) * influence * influence;
  }
  const centre = observed * expected - 2 * expected + observed;
  const scale = (1 - expected) * (1 - expected);
  return {
    value: (observed - expected) / (1 - expected),
    variance: (spread - centre * centre) / (total * scale * scale),
  };
}

function agreementWeights(k: number, weights: KappaWeights): Float64Array {
  return Float64Array.from({ length: k * k }, (_, cell) => {
    const distance = Math.abs((cell % k) - Math.floor(cell / k)) / (k - 1);
    if (weights === "none") return distance === 0 ? 1 : 0;
    return 1 - (weights === "linear" ? distance : distance * distance);
  });
}
