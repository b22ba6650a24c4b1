import { exp, logistic } from "../../math/elementary.ts";
import { normalQuantile } from "../../math/distributions.ts";

/** What is drawn for one variable from its linear predictor, as plain JSON. Codes are positions of levels. */
export type ImputationEquation =
  | {
      readonly kind: "matching";
      readonly intercept: number;
      readonly coefficients: ArrayLike<number>;
      /** Least squares predictions of patients with a value, ascending, and these values. */
      readonly predicted: ArrayLike<number>;
      readonly donated: ArrayLike<number>;
      /** How many of the nearest are chosen among. */
      readonly donors: number;
    }
  | {
      readonly kind: "linear";
      readonly intercept: number;
      readonly coefficients: ArrayLike<number>;
      readonly sigma: number;
    }
  /** The first of two codes unless the event with logit `intercept + coefficients x` happens. */
  | {
      readonly kind: "logistic";
      readonly codes: readonly [number, number];
      readonly intercept: number;
      readonly coefficients: ArrayLike<number>;
    }
  /** Log odds of each later code against the first. */
  | {
      readonly kind: "multinomial";
      readonly codes: readonly number[];
      readonly intercepts: readonly number[];
      readonly coefficients: readonly ArrayLike<number>[];
    }
  /** logit P(code at most codes[c]) = thresholds[c] - coefficients x. */
  | {
      readonly kind: "proportional-odds";
      readonly codes: readonly number[];
      readonly thresholds: ArrayLike<number>;
      readonly coefficients: ArrayLike<number>;
    }
  | { readonly kind: "constant"; readonly value: number };

/**
 * One draw from an equation.
 *
 * @param x Values of the columns of the design, in the order of the coefficients.
 * @param uniform In [0, 1): the whole randomness of the draw, so that draws can be spread evenly.
 * @returns A number, or the code of a level.
 */
export function drawFromEquation(equation: ImputationEquation, x: Float64Array, uniform: number): number {
  switch (equation.kind) {
    case "constant":
      return equation.value;
    case "matching":
      return drawDonor(equation, equation.intercept + product(equation.coefficients, x), uniform);
    case "linear": {
      const centre = equation.intercept + product(equation.coefficients, x);
      // The middle of the interval of doubles that begins at `uniform` is never 0.
      return centre + equation.sigma * normalQuantile(uniform + 5.551115123125783e-17);
    }
    case "logistic": {
      const p = logistic(equation.intercept + product(equation.coefficients, x));
      return equation.codes[uniform < p ? 1 : 0];
    }
    case "multinomial":
      return drawMultinomial(equation, x, uniform);
    case "proportional-odds": {
      const linear = product(equation.coefficients, x);
      const { thresholds, codes } = equation;
      let c = 0;
      while (c < thresholds.length && uniform >= logistic(thresholds[c] - linear)) c++;
      return codes[c];
    }
  }
}

function product(coefficients: ArrayLike<number>, x: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += coefficients[j] * x[j];
  return sum;
}

type Matching = Extract<ImputationEquation, { readonly kind: "matching" }>;
type Multinomial = Extract<ImputationEquation, { readonly kind: "multinomial" }>;

/** One of the donors whose predictions are nearest; these are neighbours, since predictions ascend. */
function drawDonor({ predicted, donated, donors }: Matching, linear: number, uniform: number): number {
  const count = predicted.length;
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (predicted[middle] < linear) low = middle + 1;
    else high = middle;
  }
  const wanted = Math.min(donors, count);
  let first = low;
  let after = low;
  while (after - first < wanted) {
    const takeBelow =
      after === count || (first > 0 && linear - predicted[first - 1] < predicted[after] - linear);
    if (takeBelow) first -= 1;
    else after += 1;
  }
  return donated[first + Math.floor(uniform * wanted)];
}

function drawMultinomial(
  { codes, intercepts, coefficients }: Multinomial,
  x: Float64Array,
  uniform: number,
): number {
  const odds = intercepts.map((intercept, c) => intercept + product(coefficients[c], x));
  const largest = odds.reduce((a, b) => Math.max(a, b), 0);
  let total = exp(-largest);
  const weights = [total];
  for (const one of odds) {
    const weight = exp(one - largest);
    weights.push(weight);
    total += weight;
  }
  let rest = uniform * total;
  let c = 0;
  while (c < codes.length - 1 && rest >= weights[c]) rest -= weights[c++];
  return codes[c];
}
