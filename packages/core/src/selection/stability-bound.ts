import { InputError } from "../errors.ts";

/** What a bound of stability selection depends on. */
export interface StabilityDesign {
  /** Number of candidates p. */
  readonly candidates: number;
  /** Most candidates that a half of the patients may select, q. */
  readonly perHalf: number;
  /** Least share of halves that must select a candidate, above 1/2. */
  readonly threshold: number;
  /** Number of complementary pairs of halves B. */
  readonly pairs: number;
}

/** Bounds on the expected number of selected candidates that a random half selects less often than at random. */
export interface FalseSelections {
  /** Needs exchangeable noise; q² / ((2τ - 1) p). */
  readonly meinshausenBuehlmann: number;
  /** Needs frequencies of noise to be unimodal; null where the threshold is too low for it. */
  readonly unimodal: number | null;
}

/**
 * How many candidates without signal are expected to be selected at most.
 *
 * @throws {InputError} A threshold outside (1/2, 1], or counts that are no whole numbers with 1 ≤ q ≤ p and B ≥ 1.
 * @source Meinshausen & Bühlmann 2010, J R Stat Soc B 72:417-473, theorem 1; Shah & Samworth 2013, J R Stat Soc B 75:55-80,
 *   theorem 2 (unimodal).
 * @example expectedFalseSelections({ candidates: 1000, perHalf: 20, threshold: 0.9, pairs: 50 }).meinshausenBuehlmann // => 0.5
 */
export function expectedFalseSelections(design: StabilityDesign): FalseSelections {
  checkDesign(design);
  const { candidates, perHalf, threshold, pairs } = design;
  const random = (perHalf * perHalf) / candidates;
  const share = perHalf / candidates;
  const factor = unimodalFactor(threshold, pairs, share);
  return {
    meinshausenBuehlmann: random / (2 * threshold - 1),
    unimodal: factor === null ? null : factor * random,
  };
}

/**
 * The largest number of candidates that a half may select so that the unimodal bound stays within a limit.
 *
 * @param falseSelections The limit, above 0.
 * @returns At least 0; 0 where even one candidate a half may bring more.
 * @throws {InputError} As {@link expectedFalseSelections}.
 * @example largestPerHalf({ candidates: 1000, threshold: 0.75, pairs: 50 }, 1) // => 31
 */
export function largestPerHalf(design: Omit<StabilityDesign, "perHalf">, falseSelections: number): number {
  let perHalf = 0;
  while (perHalf < design.candidates) {
    const { unimodal } = expectedFalseSelections({ ...design, perHalf: perHalf + 1 });
    if (unimodal === null || unimodal > falseSelections) break;
    perHalf += 1;
  }
  return perHalf;
}

/** C(τ, B) of theorem 2. */
function unimodalFactor(threshold: number, pairs: number, share: number): number | null {
  const half = 1 / (2 * pairs);
  if (threshold > 0.75) return (4 * (1 - threshold + half)) / (1 + 1 / pairs);
  const least = 0.5 + Math.min(share * share, half + 0.75 * share * share);
  const divisor = 2 * (2 * threshold - 1 - half);
  return threshold > least && divisor > 0 ? 1 / divisor : null;
}

function checkDesign({ candidates, perHalf, threshold, pairs }: StabilityDesign): void {
  if (!(threshold > 0.5 && threshold <= 1))
    throw new InputError(
      `stability selection needs a threshold above 0.5 and at most 1; got ${threshold}; use 0.75`,
    );
  if (
    ![candidates, perHalf, pairs].every((count) => Number.isInteger(count) && count >= 1) ||
    perHalf > candidates
  )
    throw new InputError(
      `stability selection needs whole numbers of candidates, of pairs and of selections a half, these at most as many as candidates; got ${candidates}, ${pairs} and ${perHalf}`,
    );
}
