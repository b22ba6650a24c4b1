/**
 * Multiples of a round step that lie in a range.
 *
 * @param about Number of ticks wished for.
 * @example roundTicks(0, 0.4, 5) // => [0,0.1,0.2,0.3,0.4]
 */
export function roundTicks(from: number, to: number, about: number): readonly number[] {
  const rough = (to - from) / about;
  let power = 1;
  while (power > rough) power /= 10;
  while (power * 10 <= rough) power *= 10;
  // The step of 1, 2, 5 or 10 nearest on a logarithmic scale: the bounds are the square roots of 50, 10 and 2.
  const ratio = rough / power;
  const step = power * (ratio >= 7.07 ? 10 : ratio >= 3.16 ? 5 : ratio >= 1.41 ? 2 : 1);
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  // Dividing by the inverse keeps 3 * 0.1 at 0.3.
  const inverse = Math.round(1 / step);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    step < 1 ? (first + i) / inverse : (first + i) * step,
  );
}
