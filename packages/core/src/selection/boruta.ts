import { InputError } from "../errors.ts";
import { binomialCdf } from "../math/distributions.ts";
import { columnOf, type Matrix, zeroMatrix } from "../math/matrix.ts";
import type { Random } from "../math/random.ts";
import { permutationImportance } from "../math/trees/forest-importance.ts";
import { votingForest } from "../math/trees/random-forest.ts";

/** Settings of {@link boruta}; what is left out is as in the R package Boruta. */
export interface BorutaOptions {
  /** Most forests; 100 without it. */
  readonly runs?: number;
  /** Level of the tests after Bonferroni's correction over all candidates; 0.01 without it. */
  readonly level?: number;
  /** Trees of each forest; 500 without it. */
  readonly trees?: number;
  readonly random: Random;
}

/** What became of a candidate. */
export type BorutaDecision = "confirmed" | "tentative" | "rejected";

/** The candidates that are more important than chance allows. */
export interface BorutaSelection {
  /** One per column. */
  readonly decisions: readonly BorutaDecision[];
  /** Runs in which each column beat the best shadow. */
  readonly hits: readonly number[];
  /** Mean importance over the runs in which the column took part, shape [p]. */
  readonly importance: Float64Array;
  /** Forests that were grown. */
  readonly runs: number;
}

/** Importance of every column of a design, larger is better. */
export type ImportanceMeasure = (design: Matrix, outcome: Uint8Array, random: Random) => Float64Array;

/** So many shadows at least, however few candidates remain. */
const LEAST_SHADOWS = 5;

/**
 * All relevant candidates: those whose importance in a forest beats the best of shuffled copies (shadows) of the
 * candidates more often than a coin would.
 *
 * Redundant candidates are all kept; what is needed for a small model is another question.
 *
 * @param design Candidates, shape [n, p], finite.
 * @param outcome 1 = event, 0 = none, shape [n].
 * @param measure Without it, Breiman's permutation importance over its standard error in a forest that votes.
 * @returns Candidates that neither test decides within the runs are tentative.
 * @throws {InputError} No candidate, no run, or as the forest.
 * @source Kursa & Rudnicki 2010, J Stat Softw 36(11).
 */
export function boruta(
  design: Matrix,
  outcome: Uint8Array,
  options: BorutaOptions,
  measure: ImportanceMeasure = forestImportance(options.trees ?? 500),
): BorutaSelection {
  const { runs: most = 100, level = 0.01, random } = options;
  const candidates = design.columns;
  if (candidates === 0 || !(Number.isInteger(most) && most >= 1))
    throw new InputError(`Boruta needs a candidate and at least one run; got ${candidates} and ${most}`);
  const decisions = new Array<BorutaDecision>(candidates).fill("tentative");
  const hits = new Array<number>(candidates).fill(0);
  const sums = new Float64Array(candidates);
  const times = new Float64Array(candidates);
  let runs = 0;
  while (runs < most && decisions.includes("tentative")) {
    const own = random.fork(`run/${String(runs)}`);
    const active = decisions.flatMap((decision, column) => (decision === "rejected" ? [] : [column]));
    const extended = withShadows(design, active, own.fork("shadows"));
    const importance = measure(extended, outcome, own.fork("forest"));
    const best = importance.subarray(active.length).reduce((a, b) => Math.max(a, b), -Infinity);
    active.forEach((column, k) => {
      sums[column] += importance[k];
      times[column] += 1;
      if (importance[k] > best) hits[column] += 1;
    });
    runs += 1;
    decide(decisions, hits, { runs, level: level / candidates });
  }
  return { decisions, hits, importance: sums.map((sum, column) => sum / times[column]), runs };
}

/** Confirms or rejects tentative candidates by one-sided binomial tests. */
function decide(
  decisions: BorutaDecision[],
  hits: readonly number[],
  { runs, level }: { readonly runs: number; readonly level: number },
): void {
  decisions.forEach((decision, column) => {
    if (decision !== "tentative") return;
    // P(hits or more) of a fair coin is P(at most runs - hits).
    if (binomialCdf(runs - hits[column], runs, 0.5) < level) decisions[column] = "confirmed";
    else if (binomialCdf(hits[column], runs, 0.5) < level) decisions[column] = "rejected";
  });
}

/** The active columns and a shuffled copy of each, repeated until there are enough. */
function withShadows(design: Matrix, active: readonly number[], random: Random): Matrix {
  const copies = Math.max(1, Math.ceil(LEAST_SHADOWS / active.length));
  const shadows = Array.from({ length: copies }, () => active).flat();
  const extended = zeroMatrix(design.rows, active.length + shadows.length);
  active.forEach((column, k) => columnOf(extended, k).set(columnOf(design, column)));
  shadows.forEach((column, k) => {
    columnOf(extended, active.length + k).set(random.shuffle(Array.from(columnOf(design, column))));
  });
  return extended;
}

function forestImportance(trees: number): ImportanceMeasure {
  return (design, outcome, random) => {
    const forest = { ...votingForest(design.columns), trees };
    const { mean, standardError } = permutationImportance(design, outcome, forest, random);
    return mean.map((value, column) => (standardError[column] > 0 ? value / standardError[column] : 0));
  };
}
