import { type Finding, InputError, NumericalError } from "../errors.ts";
import { choleskyOrNull, choleskySolve } from "../math/cholesky.ts";
import { type DesignTerm, designOfTerms, termPositions } from "../math/design-terms.ts";
import { log } from "../math/elementary.ts";
import { rankOf } from "../math/likelihood-ratio-test.ts";
import { type LogisticFit, logisticRegression } from "../math/logistic-regression.ts";
import { type Matrix, zeroMatrix } from "../math/matrix.ts";

/** How terms are tried: leaving out from all, adding to none, or leaving out and adding again from all. */
export type StepDirection = "backward" | "forward" | "both";

/** Settings of {@link stepwiseSelection}. */
export interface StepwiseOptions {
  readonly direction: StepDirection;
  /** What a coefficient costs: 2 is Akaike's, `bayesian` the logarithm of the number of patients; 2 without it. */
  readonly penalty?: number | "bayesian";
  /** Names of terms that never leave. */
  readonly keep?: readonly string[];
}

/** A model on the way. */
export interface SelectionStep {
  /** The term that entered or left; null for the first model. */
  readonly change: { readonly term: string; readonly kind: "added" | "removed" } | null;
  /** Deviance plus penalty per coefficient: AIC or BIC but for a constant that all models share. */
  readonly criterion: number;
  readonly terms: readonly string[];
}

/** The model that no single step betters, and the way to it. */
export interface StepwiseSelection {
  /** In the order of the coefficients: terms that entered stand last. */
  readonly terms: readonly string[];
  readonly fit: LogisticFit;
  readonly steps: readonly SelectionStep[];
  /** That what follows such a choice is too good; candidates without a maximum likelihood estimate. */
  readonly findings: readonly Finding[];
}

/** A step has to better the criterion by this much, as in MASS. */
const LEAST_GAIN = 1e-7;

/**
 * Terms of a logistic regression chosen step by step: at each step the one that leaves the lowest criterion enters or
 * leaves, all its columns together, until none lowers it. As `MASS::stepAIC`.
 *
 * For comparison with published models only: the choice is unstable, and coefficients, intervals and p-values of the model
 * chosen are too optimistic, for they take it as given in advance.
 *
 * @param candidates All terms of the largest model. A term stays out until all that it `needs` are in, and these stay in
 *   as long as it does.
 * @param outcome 1 = event, 0 = none, shape [n]; every column has that length and no missing value.
 * @returns A model without a finite estimate is never a step; where it would have been tried, a finding names its term.
 * @throws {InputError} As `logisticRegression`, or names that do not exist or occur twice.
 * @throws {NumericalError} The first model has no maximum likelihood estimate.
 * @source Venables & Ripley 2002, Modern Applied Statistics with S, 6.8; on what is wrong with it: Harrell 2015, 4.3.
 */
export function stepwiseSelection(
  candidates: readonly DesignTerm[],
  outcome: ArrayLike<number>,
  options: StepwiseOptions,
): StepwiseSelection {
  const { direction, keep = [], penalty = 2 } = options;
  checkNames(candidates, keep);
  const search = {
    candidates,
    outcome,
    direction,
    kept: new Set(keep),
    cost: penalty === "bayesian" ? log(outcome.length) : penalty,
  };
  let current = firstModel(search);
  const steps: SelectionStep[] = [stepOf(current, null)];
  const withoutEstimate = new Set<string>();
  for (;;) {
    const best = bestStep(search, current, withoutEstimate);
    if (best === null || best.next.criterion >= current.criterion - LEAST_GAIN) break;
    current = best.next;
    steps.push(stepOf(current, best.change));
  }
  return {
    terms: current.terms.map(({ name }) => name),
    fit: current.fit,
    steps,
    findings: findingsOf([...withoutEstimate]),
  };
}

interface Search {
  readonly candidates: readonly DesignTerm[];
  readonly outcome: ArrayLike<number>;
  readonly direction: StepDirection;
  readonly kept: ReadonlySet<string>;
  /** Of a coefficient. */
  readonly cost: number;
}

interface Fitted {
  readonly terms: readonly DesignTerm[];
  readonly fit: LogisticFit;
  readonly criterion: number;
}

function fitTerms({ outcome, cost }: Search, terms: readonly DesignTerm[], before: Fitted | null): Fitted {
  const start = before === null ? {} : { start: startOf(terms, before) };
  const fit = logisticRegression(designOfTerms(terms, outcome.length), outcome, start);
  return { terms, fit, criterion: fit.deviance + cost * rankOf(fit) };
}

function firstModel(search: Search): Fitted {
  const { candidates, kept, direction } = search;
  const terms = direction === "forward" ? candidates.filter(({ name }) => kept.has(name)) : candidates;
  const first = fitTerms(search, terms, null);
  if (first.fit.converged) return first;
  const got = first.fit.separated ? "that separate the outcomes" : "without convergence";
  throw new NumericalError(
    `stepwise selection needs a first model with a maximum likelihood estimate; got ${terms.length} terms ${got}; start with fewer or use penalised regression`,
  );
}

/** The step that leaves the lowest criterion; of equal ones the first. */
function bestStep(search: Search, current: Fitted, withoutEstimate: Set<string>) {
  let best: {
    readonly next: Fitted;
    readonly change: NonNullable<SelectionStep["change"]>;
  } | null = null;
  for (const { change, terms } of possibleSteps(search, current.terms)) {
    const next = fitTerms(search, terms, current);
    if (!next.fit.converged) withoutEstimate.add(change.term);
    // A term of aliased columns changes nothing.
    else if (rankOf(next.fit) !== rankOf(current.fit) && next.criterion < (best?.next.criterion ?? Infinity))
      best = { next, change };
  }
  return best;
}

function stepOf({ criterion, terms }: Fitted, change: SelectionStep["change"]): SelectionStep {
  return { change, criterion, terms: terms.map(({ name }) => name) };
}

/** Removals before additions, both in the order of the terms, as MASS tries them. */
function possibleSteps({ candidates, kept, direction }: Search, inside: readonly DesignTerm[]) {
  const names = new Set(inside.map(({ name }) => name));
  const needed = new Set(inside.flatMap(({ needs = [] }) => needs));
  const removals = inside
    .filter(({ name }) => direction !== "forward" && !kept.has(name) && !needed.has(name))
    .map((term) => ({
      change: { term: term.name, kind: "removed" as const },
      terms: inside.filter((other) => other !== term),
    }));
  const additions = candidates
    .filter(
      ({ name, needs = [] }) =>
        direction !== "backward" && !names.has(name) && needs.every((other) => names.has(other)),
    )
    .map((term) => ({ change: { term: term.name, kind: "added" as const }, terms: [...inside, term] }));
  return [...removals, ...additions];
}

/**
 * Where the search for a model starts: the coefficients of the model before, 0 for a term that enters; where one leaves, the
 * others as its quadratic likelihood has them without it, b - V_T (V_TT)^-1 b_T, which is nearly the answer.
 */
function startOf(terms: readonly DesignTerm[], { terms: before, fit }: Fitted): number[] {
  const positions = termPositions(before, 1);
  const leaving = before.flatMap((term, index) => (terms.includes(term) ? [] : positions[index]));
  const { coefficients, covariance } = fit;
  const moved = coefficients.slice();
  const factor = leaving.length === 0 ? null : choleskyOrNull(blockOf(covariance, leaving));
  if (factor !== null) {
    const share = choleskySolve(
      factor,
      Float64Array.from(leaving, (position) => coefficients[position]),
    );
    leaving.forEach((position, k) => {
      for (let j = 0; j < moved.length; j++)
        moved[j] -= share[k] * covariance.values[position * covariance.rows + j];
    });
  }
  return [
    moved[0],
    ...terms.flatMap((term) => {
      const index = before.indexOf(term);
      return index < 0 ? term.columns.map(() => 0) : positions[index].map((position) => moved[position]);
    }),
  ];
}

function blockOf({ rows, values }: Matrix, positions: readonly number[]): Matrix {
  const size = positions.length;
  const block = zeroMatrix(size, size);
  positions.forEach((a, i) =>
    positions.forEach((b, j) => (block.values[j * size + i] = values[b * rows + a])),
  );
  return block;
}

function findingsOf(withoutEstimate: readonly string[]): readonly Finding[] {
  const optimistic: Finding = {
    code: "stepwise-optimistic",
    severity: "warning",
    message:
      "terms were chosen step by step from these data; coefficients, intervals and p-values of the chosen model are too optimistic, for they take it as given in advance; prefer a model stated beforehand or a penalised one, and validate the whole choice",
  };
  if (withoutEstimate.length === 0) return [optimistic];
  return [
    optimistic,
    {
      code: "stepwise-no-estimate",
      severity: "warning",
      message: `a step needs a model with a maximum likelihood estimate; there was none with ${withoutEstimate.join(", ")}, which was not tried further at those steps; use Firth's or ridge regression to judge it`,
    },
  ];
}

function checkNames(candidates: readonly DesignTerm[], keep: readonly string[]): void {
  const names = candidates.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InputError(`stepwise selection needs terms of different names; got ${twice} twice; rename one`);
  const unknown = [...keep, ...candidates.flatMap(({ needs = [] }) => needs)].find(
    (name) => !names.includes(name),
  );
  if (unknown !== undefined)
    throw new InputError(
      `stepwise selection needs its terms among the candidates; ${unknown} is not; add it or leave it out of the list`,
    );
}
