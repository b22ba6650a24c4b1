import { type Finding, InputError } from "../../errors.ts";
import { isConstant, pearson } from "../../math/statistics.ts";
import type { ChainedEquations, ImputationMethod } from "./chained-equations.ts";
import { type FrameVariable, OUTCOME } from "./imputation-frame.ts";

/** How one variable is imputed. */
export interface ImputationStep {
  /** Position in the frame. */
  readonly target: number;
  readonly method: ImputationMethod;
  /** Positions of the variables that predict it. */
  readonly predictors: readonly number[];
}

/** The steps of a round in their order, and what a reader must know. */
export interface ImputationPlan {
  readonly steps: readonly ImputationStep[];
  readonly findings: readonly Finding[];
}

/** An equation has at most this many columns, and at most one for so many patients with a value. */
const MOST_COLUMNS = 30;
const PATIENTS_PER_COLUMN = 5;

/**
 * Which variable is imputed how, from which others, and when.
 *
 * Constant variables predict nothing. A derived variable does not predict its own parts. Where the others have more
 * columns than the patients can carry, those stay that correlate most with the variable or with its being missing, as
 * R's quickpred chooses.
 *
 * @param targets Positions of the variables to be imputed.
 * @throws {InputError} A method that does not fit the variable's kind, or a predictor that does not take part.
 * @source van Buuren 2018, Flexible Imputation of Missing Data, 4.5 (order of visits), 6.3.2 (choice of predictors) and
 *   6.4 (derived variables).
 */
export function imputationPlan(
  frame: readonly FrameVariable[],
  specification: ChainedEquations,
  targets: readonly number[],
): ImputationPlan {
  const imputed = targets.filter((target) => frame[target].derived === null);
  const order =
    specification.visits === "as-given"
      ? imputed
      : imputed.toSorted((a, b) => frame[a].missing.length - frame[b].missing.length || a - b);
  const constant = frame.flatMap((variable, index) => (isConstantVariable(variable) ? [index] : []));
  let limited = 0;
  const steps = order.map((target) => {
    const wanted = candidatePredictors(frame, target, specification).filter(
      (index) => !constant.includes(index),
    );
    const predictors = limitPredictors(frame, target, wanted);
    if (predictors.length < wanted.length) limited += 1;
    return { target, method: methodOf(frame[target], specification), predictors };
  });
  return { steps, findings: planFindings(frame, constant, limited) };
}

function planFindings(
  frame: readonly FrameVariable[],
  constant: readonly number[],
  limited: number,
): Finding[] {
  const note = (code: string, message: string): Finding => ({ code, severity: "info", message });
  return [
    ...(constant.length === 0
      ? []
      : [
          note(
            "imputation-constant",
            `imputation needs variables that vary to predict others; ${constant.map((index) => frame[index].name).join(", ")} did not and were left out of its equations`,
          ),
        ]),
    ...(limited === 0
      ? []
      : [
          note(
            "imputation-predictors-limited",
            `imputation equations carry at most ${MOST_COLUMNS} columns and one for ${PATIENTS_PER_COLUMN} patients; ${limited} had more and kept those that correlate most with the variable or with its being missing`,
          ),
        ]),
  ];
}

function isConstantVariable({ values, observed }: FrameVariable): boolean {
  return isConstant(Float64Array.from(observed, (row) => values[row]));
}

function methodOf(variable: FrameVariable, { methods }: ChainedEquations): ImputationMethod {
  const { name, levels } = variable;
  const wanted = methods?.[name] ?? methodByKind(variable);
  const [needs, fits] = requirement(wanted, levels);
  if (!fits)
    throw new InputError(
      `${wanted} imputation needs ${needs}; column ${name} has ${levels === null ? "numbers" : `${levels.length} levels`}; choose another method`,
    );
  return wanted;
}

function methodByKind({ levels, ordered }: FrameVariable): ImputationMethod {
  if (levels === null) return "predictive-mean-matching";
  if (levels.length <= 2) return "logistic";
  return ordered ? "proportional-odds" : "multinomial";
}

function requirement(method: ImputationMethod, levels: readonly string[] | null): readonly [string, boolean] {
  switch (method) {
    case "predictive-mean-matching":
    case "linear":
      return ["numbers", levels === null];
    case "logistic":
      return ["two levels", levels !== null && levels.length <= 2];
    case "multinomial":
    case "proportional-odds":
      return ["levels", levels !== null];
  }
}

function candidatePredictors(
  frame: readonly FrameVariable[],
  target: number,
  { predictors }: ChainedEquations,
): readonly number[] {
  const named = predictors?.[frame[target].name];
  const unknown = named?.filter((name) => !frame.some((variable) => variable.name === name)) ?? [];
  if (unknown.length > 0)
    throw new InputError(
      `imputation of ${frame[target].name} needs predictors that take part; got ${unknown.join(", ")}; add them to the columns`,
    );
  return [...frame.keys()].filter((index) => {
    const { name, derived } = frame[index];
    if (index === target || derived?.of.includes(target) === true) return false;
    return named === undefined || named.includes(name) || name === OUTCOME;
  });
}

function limitPredictors(
  frame: readonly FrameVariable[],
  target: number,
  wanted: readonly number[],
): readonly number[] {
  const width = (index: number) => frame[index].design.length;
  const most = Math.max(
    2,
    Math.min(MOST_COLUMNS, Math.floor(frame[target].observed.length / PATIENTS_PER_COLUMN)),
  );
  const total = wanted.reduce((sum, index) => sum + width(index), 0);
  if (total <= most) return wanted;
  const strength = new Map(wanted.map((index) => [index, association(frame[target], frame[index])]));
  let left = most;
  const kept = wanted
    .toSorted((a, b) => strength.get(b)! - strength.get(a)! || a - b)
    .filter((index) => {
      if (width(index) > left) return false;
      left -= width(index);
      return true;
    });
  return kept.sort((a, b) => a - b);
}

/** The larger of two absolute correlations: with the values, and with whether there is one. */
function association(target: FrameVariable, other: FrameVariable): number {
  if (other.name === OUTCOME) return Infinity;
  const isMissing = new Uint8Array(target.values.length);
  for (const row of target.missing) isMissing[row] = 1;
  const both = other.observed.filter((row) => isMissing[row] === 0);
  return other.design.reduce((largest, column) => {
    const take = (values: ArrayLike<number>, rows: Int32Array) =>
      Float64Array.from(rows, (row) => values[row]);
    const withValues = correlation(take(target.values, both), take(column, both));
    const withMissing = correlation(take(isMissing, other.observed), take(column, other.observed));
    return Math.max(largest, withValues, withMissing);
  }, 0);
}

function correlation(first: Float64Array, second: Float64Array): number {
  return first.length < 3 || isConstant(first) || isConstant(second) ? 0 : Math.abs(pearson(first, second));
}
