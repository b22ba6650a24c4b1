import { InputError } from "../errors.ts";
import { mean, sampleVariance } from "./statistics.ts";

/**
 * How far chains that should have one distribution still differ, R-hat, from the halves of each.
 *
 * @param chains At least one, of equal length from 4; an odd one's middle value is left out.
 * @returns Near 1 where the chains have converged; from 1.1 they have not. Infinity where each half stands still at a value
 *   of its own, NaN where all stand still at one.
 * @throws {InputError} No chain, unequal lengths, or fewer than 4 values.
 * @source Gelman et al. 2013, Bayesian Data Analysis, third edition, 11.4.
 * @example potentialScaleReduction([[0, 2, 0, 2], [1, 3, 1, 3]]) // => 0.816496580927726
 */
export function potentialScaleReduction(chains: readonly ArrayLike<number>[]): number {
  const length = chains[0]?.length ?? 0;
  if (length < 4 || chains.some((chain) => chain.length !== length))
    throw new InputError(
      `R-hat needs chains of one length, at least 4; got ${chains.length} of ${chains.map((chain) => chain.length).join(", ") || "none"}; run more iterations`,
    );
  const half = Math.floor(length / 2);
  const halves = chains.flatMap((chain) => {
    const values = Float64Array.from(chain);
    return [values.subarray(0, half), values.subarray(length - half)];
  });
  const within = mean(halves.map(sampleVariance));
  const between = half * sampleVariance(halves.map(mean));
  return Math.sqrt((half - 1) / half + between / half / within);
}
