import { InputError } from "../errors.ts";
import { log } from "../math/elementary.ts";
import { columnOf, type Matrix } from "../math/matrix.ts";
import type { MrmrMeasures } from "./mrmr-measures.ts";

/** Codes of a variable counted from 0, and how often each occurs. */
interface Coded {
  readonly codes: Uint16Array;
  readonly levels: number;
  /** Sum of c log c over the counts c. */
  readonly countSum: number;
}

/** More levels than this are no classes but measurements. */
const MOST_LEVELS = 256;

/**
 * Relevance and redundancy as the plug-in mutual information of integer codes, in nats.
 *
 * @param features Shape [n, p], integers.
 * @param outcome Integers, shape [n].
 * @throws {InputError} A value that is no integer, or a variable of more than 256 levels.
 */
export function discreteMeasures(features: Matrix, outcome: ArrayLike<number>): MrmrMeasures {
  const { rows, columns } = features;
  const logs = Float64Array.from({ length: rows + 1 }, (_, count) => (count === 0 ? 0 : count * log(count)));
  const coded = Array.from({ length: columns }, (_, j) =>
    code(columnOf(features, j), logs, `feature ${j + 1}`),
  );
  const counts = new Int32Array(MOST_LEVELS * MOST_LEVELS);
  const information = (first: Coded, second: Coded) => {
    const joint = jointSum(first, second, counts, logs);
    // (joint - second) + (n log n - first) is exactly 0 where the first is constant, and exactly the entropy where both are equal.
    return Math.max(0, (joint - second.countSum + (logs[rows] - first.countSum)) / rows);
  };
  const target = code(outcome, logs, "the outcome");
  return {
    relevance: Float64Array.from(coded, (feature) => information(feature, target)),
    addRedundancy: (selected, sums) => {
      for (let j = 0; j < columns; j++) sums[j] += information(coded[j], coded[selected]);
    },
  };
}

/** Sum of c log c over the cells of the cross table; `counts` is scratch that starts and ends as zeros. */
function jointSum(first: Coded, second: Coded, counts: Int32Array, logs: Float64Array): number {
  const { codes } = first;
  const other = second.codes;
  const width = second.levels;
  for (let row = 0; row < codes.length; row++) counts[codes[row] * width + other[row]] += 1;
  let sum = 0;
  const cells = first.levels * width;
  for (let cell = 0; cell < cells; cell++) {
    sum += logs[counts[cell]];
    counts[cell] = 0;
  }
  return sum;
}

function code(values: ArrayLike<number>, logs: Float64Array, name: string): Coded {
  const position = new Map<number, number>();
  const codes = new Uint16Array(values.length);
  const counts: number[] = [];
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    let level = position.get(value);
    if (level === undefined) {
      level = counts.length;
      position.set(value, level);
      counts.push(0);
      if (!Number.isInteger(value) || level >= MOST_LEVELS)
        throw new InputError(
          `discrete mRMR needs integer codes of at most ${MOST_LEVELS} levels; ${name} has other values or more; bin it first`,
        );
    }
    codes[row] = level;
    counts[level] += 1;
  }
  return { codes, levels: counts.length, countSum: counts.reduce((sum, count) => sum + logs[count], 0) };
}
