/**
 * How a chart sums what it watches: an exponentially weighted mean, which forgets, or the sum of all since the start,
 * which sees a change best that was there from the start. Both start with the first case and know that the mean that they
 * compare with was estimated.
 */

/** Weight of the newest case in the weighted mean of outcomes; about the last hundred count. */
export const OUTCOME_WEIGHT = 0.02;
/** The same of inputs and images, which show a change sooner. */
export const INPUT_WEIGHT = 0.03;
/** Cases before a chart may sound: fewer are no mean. */
export const FIRST_CASE = 20;
/** Cases after which the limit of a sum asks for least, see {@link sumScale}. */
const SUM_HORIZON = 80;

/**
 * Standard deviation of a weighted mean of `cases` standardised values minus the mean of a reference.
 *
 * @param cases Values so far, at least 1.
 * @param reference Patients of the reference.
 * @param weight Of the newest value.
 * @returns In (0, 1]: of the weighted sum, and of the reference's mean as far as it has entered.
 * @source Roberts 1959, Technometrics 1:239-250, with the exact variance of the first cases.
 */
export function weightedMeanError(cases: number, reference: number, weight: number): number {
  let left = 1;
  for (let power = cases, base = 1 - weight; power > 0; power = Math.floor(power / 2), base *= base)
    if (power % 2 === 1) left *= base;
  return Math.sqrt((weight / (2 - weight)) * (1 - left * left) + ((1 - left) * (1 - left)) / reference);
}

/**
 * What a sum of `cases` standardised values is divided by, so that one limit serves all: a line in the time of the
 * Brownian motion that the sum is once the error of the reference's mean is taken into account.
 *
 * @param cases Values so far, at least 1.
 * @param reference Patients of the reference.
 * @source The boundary a + b t of a sequential probability ratio test, at its lowest multiple of the standard deviation
 *   after 80 cases; S / (1 + t / n) is Brownian in t / (1 + t / n).
 */
export function sumScale(cases: number, reference: number): number {
  const inflation = 1 + cases / reference;
  const root = Math.sqrt(SUM_HORIZON);
  return inflation * (root + cases / inflation / root);
}
