import { formatFixed } from "./format.ts";

/**
 * How the ticks of one axis are printed: all with the decimals that the finest of them needs.
 *
 * @param ticks Multiples of a round step.
 * @example tickText([0, 0.25, 0.5])(0.5) // => "0.50"
 */
export function tickText(ticks: readonly number[]): (value: number) => string {
  const decimals = ticks.reduce((most, tick) => Math.max(most, String(tick).split(".")[1]?.length ?? 0), 0);
  return (value) => formatFixed(value, Math.min(decimals, 6));
}
