/** Stops of the viridis colour ramp, evenly spaced from dark to light. */
const stops = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [109, 205, 89],
  [180, 222, 44],
  [253, 231, 37],
] as const;

/**
 * A colour of the viridis ramp, in which equal steps look equal, to the colour-blind and in grey too.
 *
 * @param share In [0, 1].
 * @source Smith, van der Walt & Firing 2015, matplotlib's default colour map (CC0), at ten stops.
 * @example viridis(0) // => [68, 1, 84]
 */
export function viridis(share: number): [red: number, green: number, blue: number] {
  const at = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(at));
  const [first, second] = [stops[below], stops[below + 1]];
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(first[channel] + (at - below) * (second[channel] - first[channel]));
  return [mix(0), mix(1), mix(2)];
}
