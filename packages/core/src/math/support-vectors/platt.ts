import { InputError, NumericalError } from "../../errors.ts";
import { exp, log, log1p, logistic } from "../elementary.ts";
import { mean, sampleStandardDeviation } from "../statistics.ts";

/** A decision value becomes a probability: 1 / (1 + exp(-(intercept + slope · decision))). */
export interface PlattScaling {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Platt's calibration of decision values, with his smoothed targets in place of 0 and 1.
 *
 * @param decision Shape [n], finite; of patients that the machine did not learn from, else it is too sure.
 * @param outcome 1 = event, 0 = none; shape [n], both present.
 * @returns LIBSVM prints A = -slope and B = -intercept.
 * @throws {InputError} Unequal lengths, a decision value that is not finite, or one class.
 * @throws {NumericalError} No convergence.
 * @source Platt 1999, in Advances in Large Margin Classifiers, 61-74; Newton's method with backtracking: Lin, Lin & Weng
 *   2007, Mach Learn 68:267-276.
 */
export function fitPlattScaling(decision: Float64Array, outcome: Uint8Array): PlattScaling {
  const positives = outcome.reduce((count, event) => count + event, 0);
  const negatives = outcome.length - positives;
  if (decision.length !== outcome.length || !decision.every(Number.isFinite))
    throw new InputError(
      `Platt's calibration needs one finite decision value an outcome; got ${decision.length} for ${outcome.length}`,
    );
  if (positives === 0 || negatives === 0)
    throw new InputError(
      `Platt's calibration needs patients with and without the event; got ${positives} and ${negatives}`,
    );
  const target = Float64Array.from(outcome, (event) =>
    event === 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2),
  );
  const start: PlattScaling = { slope: 0, intercept: log((positives + 1) / (negatives + 1)) };
  if (decision.every((value) => value === decision[0])) return start;
  // Standardised, so that the curvature is round whatever the scale of the decision values.
  const [center, scale] = [mean(decision), sampleStandardDeviation(decision)];
  const standard = decision.map((value) => (value - center) / scale);
  const { slope, intercept } = minimise(start, standard, target);
  return { slope: slope / scale, intercept: intercept - (slope * center) / scale };
}

function minimise(start: PlattScaling, decision: Float64Array, target: Float64Array): PlattScaling {
  let scaling = start;
  let loss = crossEntropy(scaling, decision, target);
  for (let iteration = 0; iteration < 200; iteration++) {
    const step = newtonStep(scaling, decision, target);
    // So near the optimum Newton's steps square the error, and rounding hides what the loss would say.
    if (step.decrement <= 1e-8 * (1 + loss)) return polished(scaling, decision, target);
    const next = backtrack(scaling, step, (trial) => crossEntropy(trial, decision, target) - loss);
    if (next === null) break;
    scaling = next;
    loss = crossEntropy(scaling, decision, target);
  }
  throw new NumericalError(
    "Platt's calibration needs decision values that a logistic curve fits; got no convergence",
  );
}

/** Probabilities of decision values, shape [n], in (0, 1). */
export function plattProbabilities({ slope, intercept }: PlattScaling, decision: Float64Array): Float64Array {
  return decision.map((value) => logistic(intercept + slope * value));
}

interface NewtonStep extends PlattScaling {
  /** Gradient · step: twice the decrease that the step promises. */
  readonly decrement: number;
}

/** The longest of the halved steps that decreases the loss enough; null where none does. */
function backtrack(
  from: PlattScaling,
  step: NewtonStep,
  increase: (trial: PlattScaling) => number,
): PlattScaling | null {
  for (let size = 1; size > 1e-10; size /= 2) {
    const trial = moved(from, step, size);
    if (increase(trial) <= -1e-4 * size * step.decrement) return trial;
  }
  return null;
}

function polished(scaling: PlattScaling, decision: Float64Array, target: Float64Array): PlattScaling {
  let best = scaling;
  for (let k = 0; k < 3; k++) best = moved(best, newtonStep(best, decision, target), 1);
  return best;
}

function moved(from: PlattScaling, step: PlattScaling, size: number): PlattScaling {
  return { slope: from.slope + size * step.slope, intercept: from.intercept + size * step.intercept };
}

/** Sum of log(1 + e^f) - t·f with f the scaled decision value, without overflow. */
function crossEntropy(
  { slope, intercept }: PlattScaling,
  decision: Float64Array,
  target: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < decision.length; i++) {
    const f = intercept + slope * decision[i];
    sum += f >= 0 ? (1 - target[i]) * f + log1p(exp(-f)) : log1p(exp(f)) - target[i] * f;
  }
  return sum;
}

function newtonStep(scaling: PlattScaling, decision: Float64Array, target: Float64Array): NewtonStep {
  let [g1, g2] = [0, 0];
  // A grain on the diagonal keeps a flat loss solvable.
  let [h11, h22, h12] = [1e-12, 1e-12, 0];
  for (let i = 0; i < decision.length; i++) {
    const p = logistic(scaling.intercept + scaling.slope * decision[i]);
    const [slack, variance] = [target[i] - p, p * (1 - p)];
    g1 += decision[i] * slack;
    g2 += slack;
    h11 += decision[i] * decision[i] * variance;
    h12 += decision[i] * variance;
    h22 += variance;
  }
  const determinant = h11 * h22 - h12 * h12;
  const slope = (h22 * g1 - h12 * g2) / determinant;
  const intercept = (h11 * g2 - h12 * g1) / determinant;
  return { slope, intercept, decrement: g1 * slope + g2 * intercept };
}
