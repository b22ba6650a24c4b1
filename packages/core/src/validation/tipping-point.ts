import { InputError } from "../errors.ts";
import {
  type VerificationMeasure,
  verificationSensitivity,
  type VerifiedPredictions,
} from "./verification-bias.ts";

/** A conclusion that unverified patients might overturn: a measure that has to reach a value. */
export interface VerificationClaim {
  readonly measure: VerificationMeasure;
  readonly atLeast: number;
  /** Patients at or above it are called positive. */
  readonly threshold: number;
}

/** How far unverified patients must depart from missing at random for a claim to fall. */
export interface TippingPoint {
  readonly claim: VerificationClaim;
  /** Value at delta 0. */
  readonly atRandom: number;
  /** Least delta of at least 0 at which the claim fails: 0 where it fails at random already, null where it holds throughout. */
  readonly delta: number | null;
}

const STEP = 0.05;
/** An odds ratio of 150: nearly every unverified patient has the event. */
export const FURTHEST_DELTA = 5;
const PRECISION = 1e-6;

/**
 * The tipping point of a claim about all patients, verified or not.
 *
 * @returns `delta` to 1e-6, searched up to 5, an odds ratio of about 150.
 * @throws {InputError} A required value outside (0, 1), or as `verificationSensitivity`.
 * @throws {NumericalError} As `verificationSensitivity`.
 */
export function tippingPoint(data: VerifiedPredictions, claim: VerificationClaim): TippingPoint {
  const { measure, atLeast, threshold } = claim;
  if (!(atLeast > 0 && atLeast < 1))
    throw new InputError(
      `a claim needs a value between 0 and 1 that the measure has to reach; got ${atLeast}`,
    );
  const deltas = Array.from({ length: FURTHEST_DELTA / STEP + 1 }, (_, k) => k * STEP);
  const valuesAt = (grid: readonly number[]) =>
    verificationSensitivity(data, { threshold, deltas: grid, resamples: [], level: 0.95 }).rows.map(
      ({ estimates }) => estimates[measure].value,
    );
  const values = valuesAt(deltas);
  const first = values.findIndex((value) => !(value >= atLeast));
  if (first <= 0) return { claim, atRandom: values[0], delta: first === 0 ? 0 : null };
  let [holds, fails] = [deltas[first - 1], deltas[first]];
  while (fails - holds > PRECISION) {
    const middle = (holds + fails) / 2;
    if (valuesAt([middle])[0] >= atLeast) holds = middle;
    else fails = middle;
  }
  return { claim, atRandom: values[0], delta: fails };
}
