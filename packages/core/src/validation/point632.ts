import { InputError } from "../errors.ts";
import { logistic } from "../math/elementary.ts";
import { brierScore } from "./brier.ts";
import type { FitAndScore } from "./optimism.ts";
import { auc } from "./roc.ts";

/** Share of the patients that a resample holds, 1 - 1/e to the digits in use. */
const INSIDE = 0.632;

/** Efron's estimates that weigh performance on the patients of the fit and on those left out. */
export interface Point632Estimate {
  /** On the patients of the fit. */
  readonly apparent: number;
  /** On patients left out of the resample. */
  readonly leftOut: number;
  /** Of predictions that know nothing about the outcome. */
  readonly noInformation: number;
  /** Relative overfitting rate, from 0 (none) to 1 (all that seemed learned is lost). */
  readonly overfitting: number;
  /** The .632 estimate. */
  readonly point632: number;
  /** The .632+ estimate, which trusts the apparent performance less where the model overfits. */
  readonly point632Plus: number;
}

/** The estimates of two measures, and on how many resamples they rest. */
export interface Point632 {
  readonly auc: Point632Estimate;
  readonly brier: Point632Estimate;
  /** Resamples that could be fitted. */
  readonly resamples: number;
  /** How many could not, by reason. */
  readonly failures: Readonly<Record<string, number>>;
}

/**
 * AUC and Brier score by the .632 and .632+ bootstrap, for any way to fit a model.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param resamples From `bootstrapResamples`; together they must leave every patient out at least once.
 * @param fitAndScore The whole way from data to scores; called once with every row for the apparent performance.
 * @returns The Brier score averages over patients the mean over the resamples that leave the patient out; the AUC over
 *   resamples that leave out patients of both classes.
 * @throws {InputError} The model cannot be fitted on all patients, or a patient is never left out.
 * @source Efron & Tibshirani 1997, JASA 92:548-560, equations 17 to 32; AUC: Adler & Lausen 2009, Comput Stat Data Anal
 *   53:718-729.
 */
export function bootstrap632(
  outcome: Uint8Array,
  resamples: readonly Int32Array[],
  fitAndScore: FitAndScore,
): Point632 {
  const whole = fitAndScore(Int32Array.from(outcome.keys()));
  if (whole.linear === null)
    throw new InputError(
      `a .632 estimate needs a model of all patients; got none: ${whole.failure}; use fewer predictors or a penalty`,
    );
  const apparentRisk = whole.linear.map(logistic);
  const tally = leftOutPerformance(outcome, resamples, fitAndScore);
  return {
    auc: asScore(weighed(1 - auc(outcome, whole.linear), 1 - tally.auc, 0.5)),
    brier: weighed(brierScore(outcome, apparentRisk), tally.brier, uninformedBrier(outcome, apparentRisk)),
    resamples: tally.fitted,
    failures: tally.failures,
  };
}

/** Efron and Tibshirani's weights for a loss. */
function weighed(apparent: number, leftOut: number, noInformation: number): Point632Estimate {
  const bounded = Math.min(leftOut, noInformation);
  const overfitting =
    leftOut > apparent && noInformation > apparent ? (bounded - apparent) / (noInformation - apparent) : 0;
  const point632 = (1 - INSIDE) * apparent + INSIDE * leftOut;
  const outside = 1 - INSIDE;
  return {
    apparent,
    leftOut,
    noInformation,
    overfitting,
    point632,
    point632Plus:
      point632 + ((bounded - apparent) * outside * INSIDE * overfitting) / (1 - outside * overfitting),
  };
}

/** The estimates of 1 - x from those of x. */
function asScore(loss: Point632Estimate): Point632Estimate {
  return {
    apparent: 1 - loss.apparent,
    leftOut: 1 - loss.leftOut,
    noInformation: 1 - loss.noInformation,
    overfitting: loss.overfitting,
    point632: 1 - loss.point632,
    point632Plus: 1 - loss.point632Plus,
  };
}

/** The Brier score over all pairs of an outcome and a prediction. */
function uninformedBrier(outcome: Uint8Array, risk: Float64Array): number {
  let [events, sum, squares] = [0, 0, 0];
  for (let i = 0; i < risk.length; i++) {
    events += outcome[i];
    sum += risk[i];
    squares += risk[i] * risk[i];
  }
  const n = risk.length;
  // The mean of (y - p)² over pairs, y² being y.
  return events / n - (2 * events * sum) / (n * n) + squares / n;
}

function leftOutPerformance(outcome: Uint8Array, resamples: readonly Int32Array[], fitAndScore: FitAndScore) {
  const n = outcome.length;
  const [losses, times] = [new Float64Array(n), new Float64Array(n)];
  const failures: Record<string, number> = {};
  let [fitted, areas, withArea] = [0, 0, 0];
  for (const rows of resamples) {
    const { linear, failure } = fitAndScore(rows);
    if (linear === null) {
      failures[failure] = (failures[failure] ?? 0) + 1;
      continue;
    }
    fitted += 1;
    const inside = new Uint8Array(n);
    for (const row of rows) inside[row] = 1;
    for (let i = 0; i < n; i++) {
      if (inside[i] === 1) continue;
      const residual = outcome[i] - logistic(linear[i]);
      losses[i] += residual * residual;
      times[i] += 1;
    }
    const events = outcome.filter((_, i) => inside[i] === 0);
    if (!events.includes(0) || !events.includes(1)) continue;
    areas += auc(
      events,
      linear.filter((_, i) => inside[i] === 0),
    );
    withArea += 1;
  }
  const never = times.filter((count) => count === 0).length;
  if (never > 0 || withArea === 0)
    throw new InputError(
      `a .632 estimate needs every patient left out of a fitted resample; got ${never} of ${n} who never are; draw 200 resamples or more`,
    );
  let brier = 0;
  for (let i = 0; i < n; i++) brier += losses[i] / times[i] / n;
  return { brier, auc: areas / withArea, fitted, failures };
}
