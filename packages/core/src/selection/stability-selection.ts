import { InputError } from "../errors.ts";
import { advance, sequenceOf, startPath } from "../math/elastic-net.ts";
import { type Matrix, takeRows } from "../math/matrix.ts";
import type { Random } from "../math/random.ts";
import { expectedFalseSelections, type FalseSelections } from "./stability-bound.ts";

/** Settings of {@link stabilitySelection}. */
export interface StabilityOptions {
  /** Most candidates that a half of the patients may select. */
  readonly perHalf: number;
  /** Least share of halves that must select a candidate, in (1/2, 1]. */
  readonly threshold: number;
  /** Complementary pairs of halves; 50 are usual. */
  readonly pairs: number;
  readonly random: Random;
}

/** Candidates that halves of the patients agree on. */
export interface StabilitySelection {
  /** Positions of the columns in descending order of frequency, the earlier first among equals. */
  readonly selected: readonly number[];
  /** Share of the halves that selected each column, shape [p]. */
  readonly frequencies: Float64Array;
  readonly falseSelections: FalseSelections;
}

/** Columns that a learner selects from a half of the patients. */
export type Selector = (design: Matrix, outcome: Uint8Array) => readonly number[];

/**
 * Candidates that a selector finds again and again in random halves of the patients, which come in complementary pairs and
 * hold their share of both outcomes.
 *
 * @param design Candidates, shape [n, p].
 * @param outcome 1 = event, 0 = none, shape [n].
 * @param select Without it, the candidates that enter a LASSO path first.
 * @throws {InputError} Fewer than two patients of a class, a selector that returns more than `perHalf`, or as `expectedFalseSelections`.
 * @source Meinshausen & Bühlmann 2010, J R Stat Soc B 72:417-473; complementary pairs: Shah & Samworth 2013, ibid. 75:55-80.
 */
export function stabilitySelection(
  design: Matrix,
  outcome: Uint8Array,
  options: StabilityOptions,
  select: Selector = (half, events) => firstToEnter(half, events, options.perHalf),
): StabilitySelection {
  const { perHalf, threshold, pairs, random } = options;
  const falseSelections = expectedFalseSelections({ candidates: design.columns, perHalf, threshold, pairs });
  const counts = new Float64Array(design.columns);
  for (let pair = 0; pair < pairs; pair++)
    for (const rows of complementaryHalves(outcome, random.fork(`pair/${String(pair)}`))) {
      const chosen = new Set(
        select(
          takeRows(design, rows),
          Uint8Array.from(rows, (row) => outcome[row]),
        ),
      );
      if (chosen.size > perHalf)
        throw new InputError(
          `stability selection allows ${perHalf} candidates a half; the selector returned ${chosen.size}; its bound would not hold`,
        );
      for (const column of chosen) counts[column] += 1;
    }
  const frequencies = counts.map((count) => count / (2 * pairs));
  const selected = Array.from(frequencies.keys())
    .filter((column) => counts[column] >= threshold * 2 * pairs - 1e-9)
    .sort((a, b) => counts[b] - counts[a] || a - b);
  return { selected, frequencies, falseSelections };
}

/**
 * The candidates that enter a LASSO path first.
 *
 * @param most How many at most.
 * @returns Those of the last model of glmnet's sequence that has no more, ascending.
 * @throws {InputError} As `elasticNetPath`.
 */
export function firstToEnter(design: Matrix, outcome: Uint8Array, most: number): readonly number[] {
  const follower = startPath(design, outcome, { alpha: 1 });
  let chosen: number[] = [];
  for (const lambda of sequenceOf(follower, { alpha: 1 }).lambdas) {
    const { coefficients, devianceRatio } = advance(follower, lambda);
    const active: number[] = [];
    for (let column = 0; column < coefficients.length; column++)
      if (coefficients[column] !== 0) active.push(column);
    if (active.length > most) break;
    chosen = active;
    if (devianceRatio > 0.999) break;
  }
  return chosen;
}

/** Two disjoint sets of half the patients; each class is halved, and leftovers of odd classes are left out. */
function complementaryHalves(
  outcome: Uint8Array,
  random: Random,
): readonly [readonly number[], readonly number[]] {
  const halves: [number[], number[]] = [[], []];
  for (const event of [0, 1]) {
    const rows = random.shuffle(Array.from(outcome.keys()).filter((row) => outcome[row] === event));
    const size = Math.floor(rows.length / 2);
    if (size < 1)
      throw new InputError(
        `stability selection halves the patients of each outcome and needs two of each; got ${rows.length} ${event === 1 ? "with" : "without"} the event`,
      );
    halves[0].push(...rows.slice(0, size));
    halves[1].push(...rows.slice(size, 2 * size));
  }
  return halves;
}
