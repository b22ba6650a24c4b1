import { exp, log, log1p } from "./elementary.ts";

/** A logistic regression on one variable. */
export interface LogisticLine {
  readonly intercept: number;
  readonly slope: number;
  /** Minus the log-likelihood. */
  readonly loss: number;
  /** Minus the log-likelihood with intercept 0 and slope 1, where the variable is the logit of a risk. */
  readonly diagonalLoss: number;
}

const STEPS = 60;
/** A decrement below this is the square of 1e-5 standard errors, which the last step squares. */
const SMALL = 1e-10;

/** Values, outcomes and weights of at least 0, each of shape [n]. */
export interface WeightedPoints {
  readonly x: Float64Array;
  readonly outcome: Uint8Array;
  readonly counts: Float64Array;
}

/**
 * The logistic regression of an outcome on one variable by maximum likelihood, lean enough for thousands of samples.
 *
 * @param points `x` finite, `outcome` 1 = event, 0 = none; both classes need weight.
 * @returns Null where the maximum does not exist: all values equal, or the variable separates the outcomes.
 * @source Newton's method from intercept 0 and slope 1, where a calibrated linear predictor lies. A step after which the
 *   gain still to come has grown is halved.
 * @example fitLogisticLine({ x: Float64Array.of(0, 0, 1, 1), outcome: Uint8Array.of(0, 1, 0, 1), counts: Float64Array.of(1, 1, 1, 1) }) === null // => false
 */
export function fitLogisticLine(points: WeightedPoints): LogisticLine | null {
  if (!overlaps(points)) return null;
  const { loss: diagonalLoss } = newtonStep(points, 0, 1);
  // Far from calibrated, the first step from the diagonal may end where the curvature is lost; from slope 0 none does.
  const line = search(points, [0, 1], false) ?? search(points, [logOdds(points), 0], true);
  return line === null ? null : { ...line, diagonalLoss };
}

/** Newton's method from an intercept and a slope; null where it loses the curvature or does not settle. */
function search(
  points: WeightedPoints,
  [intercept, slope]: readonly [intercept: number, slope: number],
  isCareful: boolean,
): Omit<LogisticLine, "diagonalLoss"> | null {
  let before = Infinity;
  for (let iteration = 0; iteration < STEPS; iteration++) {
    const step = newtonStep(points, intercept, slope);
    if (Number.isNaN(step.decrement)) return null;
    // The step still to come squares the error, and lowers the loss by half the decrement.
    if (step.decrement < SMALL) {
      const loss = step.loss - step.decrement / 2;
      return { intercept: intercept + step.intercept, slope: slope + step.slope, loss };
    }
    isCareful ||= !(step.decrement < before);
    before = step.decrement;
    let share = 1;
    const lossAfter = () =>
      newtonStep(points, intercept + share * step.intercept, slope + share * step.slope).loss;
    if (isCareful) while (!(lossAfter() <= step.loss * (1 + 1e-13)) && share > 1e-9) share /= 2;
    intercept += share * step.intercept;
    slope += share * step.slope;
  }
  return null;
}

function logOdds({ outcome, counts }: WeightedPoints): number {
  let [events, total] = [0, 0];
  for (let i = 0; i < counts.length; i++) {
    events += counts[i] * outcome[i];
    total += counts[i];
  }
  return log(events / (total - events));
}

/** Whether the values of the two classes overlap by more than a point, in whichever direction. */
function overlaps({ x, outcome, counts }: WeightedPoints): boolean {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    if (counts[i] === 0) continue;
    const event = outcome[i];
    if (x[i] < low[event]) low[event] = x[i];
    if (x[i] > high[event]) high[event] = x[i];
  }
  return high[0] > low[1] && high[1] > low[0];
}

/** The loss, the Newton step and its decrement, twice the gain that it promises; NaN where the curvature is singular. */
function newtonStep({ x, outcome, counts }: WeightedPoints, intercept: number, slope: number) {
  let [score0, score1, h00, h01, h11] = [0, 0, 0, 0, 0];
  let [loss, product] = [0, 1];
  for (let i = 0; i < x.length; i++) {
    const count = counts[i];
    if (count === 0) continue;
    const value = x[i];
    const eta = intercept + slope * value;
    const small = exp(-Math.abs(eta));
    const rare = small / (1 + small);
    const isEvent = outcome[i] === 1;
    // The chance of the outcome that did not happen, without cancellation where it is small.
    const other = eta > 0 === isEvent ? rare : 1 - rare;
    const residual = count * (isEvent ? other : -other);
    const curvature = count * rare * (1 - rare);
    score0 += residual;
    score1 += residual * value;
    h00 += curvature;
    h01 += curvature * value;
    h11 += curvature * value * value;
    if (eta > 0 !== isEvent) loss += count * Math.abs(eta);
    // A sum of logarithms is the logarithm of a product, taken before it could overflow.
    if (count === 1) product *= 1 + small;
    else loss += count * log1p(small);
    if (product > 1e300) {
      loss += log(product);
      product = 1;
    }
  }
  loss += log(product);
  const determinant = h00 * h11 - h01 * h01;
  if (!(determinant > 1e-14 * h00 * h11)) return { loss, intercept: NaN, slope: NaN, decrement: NaN };
  const change0 = (h11 * score0 - h01 * score1) / determinant;
  const change1 = (h00 * score1 - h01 * score0) / determinant;
  return { loss, intercept: change0, slope: change1, decrement: change0 * score0 + change1 * score1 };
}
