import type { ValueCounts } from "./value-counts.ts";

/** Bins that values are dropped into to find those around a rank; few values share one. */
const bins = 4096;

/**
 * The values below which shares of the pixels lie, by linear interpolation between order statistics (type 7).
 *
 * @param region Finite values.
 * @param shares Each in [0, 1], ascending.
 * @example percentiles({ values: Float64Array.of(1, 2), counts: Float64Array.of(3, 1), total: 4 }, [0.5, 0.9]) // => [1, 1.7]
 * @example percentiles({ values: Float64Array.of(4, 1, 3), counts: null, total: 3 }, [0.25]) // => [2]
 */
export function percentiles(region: ValueCounts, shares: readonly number[]): number[] {
  const ranks = shares.map((share) => share * (region.total - 1));
  const wanted = [...new Set(ranks.flatMap((rank) => [Math.floor(rank), Math.ceil(rank)]))];
  const atRank = region.counts === null ? selected(region.values, wanted) : counted(region, wanted);
  return ranks.map((rank) => {
    const [below, above] = [atRank.get(Math.floor(rank))!, atRank.get(Math.ceil(rank))!];
    const between = rank - Math.floor(rank);
    return between === 0 || below === above ? below : below * (1 - between) + above * between;
  });
}

/** Values at ranks from 0, of values that are counted. */
function counted({ values, counts }: ValueCounts, ranks: readonly number[]): Map<number, number> {
  let [bin, seen] = [0, counts![0]];
  return new Map(
    ranks
      .toSorted((a, b) => a - b)
      .map((rank) => {
        while (seen <= rank) seen += counts![++bin];
        return [rank, values[bin]];
      }),
  );
}

/** Values at ranks from 0: only the values of the bins that hold a rank are sorted. */
function selected(values: Float64Array, ranks: readonly number[]): Map<number, number> {
  const { bin, starts } = binned(values);
  const holding = new Map<number, number>();
  let current = 0;
  for (const rank of ranks.toSorted((a, b) => a - b)) {
    while (starts[current + 1] <= rank) current++;
    holding.set(rank, current);
  }
  const members = new Map(
    [...new Set(holding.values())].map((held) => [
      held,
      { values: new Float64Array(starts[held + 1] - starts[held]), filled: 0 },
    ]),
  );
  const isHeld = new Uint8Array(bins);
  for (const held of members.keys()) isHeld[held] = 1;
  for (let k = 0; k < values.length; k++) {
    if (isHeld[bin[k]] === 0) continue;
    const member = members.get(bin[k])!;
    member.values[member.filled++] = values[k];
  }
  for (const member of members.values()) sortNumbers(member.values);
  return new Map([...holding].map(([rank, held]) => [rank, members.get(held)!.values[rank - starts[held]]]));
}

/** The bin of each value, and the number of values in the bins before each. */
function binned(values: Float64Array): { readonly bin: Uint16Array; readonly starts: Uint32Array } {
  let [least, largest] = [Infinity, -Infinity];
  for (let k = 0; k < values.length; k++) {
    if (values[k] < least) least = values[k];
    if (values[k] > largest) largest = values[k];
  }
  const perUnit = largest > least ? bins / (largest - least) : 0;
  const scale = Number.isFinite(perUnit) ? perUnit : 0;
  const bin = new Uint16Array(values.length);
  const starts = new Uint32Array(bins + 1);
  for (let k = 0; k < values.length; k++) {
    const at = Math.min(bins - 1, Math.floor((values[k] - least) * scale));
    bin[k] = at;
    starts[at + 1]++;
  }
  for (let at = 0; at < bins; at++) starts[at + 1] += starts[at];
  return { bin, starts };
}

/** Native order of a typed array, which is numeric. */
function sortNumbers(values: Float64Array): void {
  // eslint-disable-next-line no-restricted-syntax -- typed arrays sort as numbers; a comparator is ten times slower.
  values.sort();
}
