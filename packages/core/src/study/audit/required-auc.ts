import { InputError } from "../../errors.ts";
import { normalCdf } from "../../math/normal.ts";
import { normalQuantile } from "../../math/normal-quantile.ts";

/** What was reached without and with something, and how much the two agree. */
export interface Improvement {
  /** AUC without it, in (0, 1). */
  readonly from: number;
  /** AUC with it, in (0, 1). */
  readonly to: number;
  /** Correlation of the two scores within patients of one outcome, in [0, 1). */
  readonly correlation: number;
}

/**
 * The AUC that an addition needs alone, so that its best combination with what was there reaches an AUC: both scores normal
 * with equal variances in either outcome.
 *
 * @returns In (0.5, 1); null where the second AUC is not the larger one, so that nothing is needed.
 * @throws {InputError} An AUC outside (0, 1), or a correlation outside [0, 1).
 * @source d' = sqrt(2) z(AUC) and D^2 = (d1^2 + d2^2 - 2 r d1 d2) / (1 - r^2), the Mahalanobis distance of two normal
 *   scores: Green & Swets 1966, Signal Detection Theory and Psychophysics; solved for d2.
 * @example requiredAuc({ from: 0.75, to: 0.75, correlation: 0 }) // => null
 */
export function requiredAuc({ from, to, correlation }: Improvement): number | null {
  if (!(from > 0 && from < 1 && to > 0 && to < 1 && correlation >= 0 && correlation < 1))
    throw new InputError(
      `a required AUC needs AUCs between 0 and 1 and a correlation from 0 to below 1; got ${from}, ${to} and ${correlation}; correct them`,
    );
  if (to <= from) return null;
  const [before, after] = [dPrime(from), dPrime(to)];
  const gain = after * after - before * before;
  if (gain <= 0) return null;
  const alone = correlation * before + Math.sqrt((1 - correlation * correlation) * gain);
  return normalCdf(alone / Math.SQRT2);
}

/** Distance of the means in standard deviations that a normal score with this AUC has. */
function dPrime(auc: number): number {
  return Math.SQRT2 * normalQuantile(auc);
}
