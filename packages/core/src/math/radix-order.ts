/** From here on three digits of 11 bits sort a word faster than four of 8, whose counts are fewer. */
const MANY = 4000;
/** Up to here insertion is faster than counting digits. */
const FEW = 80;
/** Longest run of equal high words that insertion finishes; longer ones are sorted by their low words too. */
const RUN = 24;

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * The order that sorts numbers upward, found by counting their digits instead of comparing them.
 *
 * @param values Shape [n], none NaN; 0 and -0 are equal.
 * @returns Indices into `values`; equal values keep their order.
 * @source Knuth 1998, The Art of Computer Programming 3, section 5.2.5; the bits of an IEEE double, with the sign
 *   turned over, order as the numbers do.
 * @example radixOrder(Float64Array.of(3, 1, 2)) // => [1,2,0]
 */
export function radixOrder(values: Float64Array): Uint32Array {
  const n = values.length;
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  if (n <= FEW) {
    insert(values, order, 0, n);
    return order;
  }
  const { high, low } = orderedWords(values);
  const byHigh = sortByWord(high, order);
  if (finishRuns(values, high, byHigh)) return byHigh;
  return sortByWord(high, sortByWord(low, order));
}

/** The 64 bits of every value as two words whose unsigned order is that of the numbers. */
function orderedWords(values: Float64Array): { high: Uint32Array; low: Uint32Array } {
  const n = values.length;
  const [high, low] = [new Uint32Array(n), new Uint32Array(n)];
  // Adding 0 turns -0 into 0.
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) sums[i] = values[i] + 0;
  const words = new Uint32Array(sums.buffer);
  const [atHigh, atLow] = littleEndian ? [1, 0] : [0, 1];
  for (let i = 0; i < n; i++) {
    const word = words[2 * i + atHigh];
    // All bits of a negative number turn over, of another only the sign.
    const flip = word >>> 31 === 1 ? 0xffffffff : 0;
    high[i] = word ^ (flip | 0x80000000);
    low[i] = words[2 * i + atLow] ^ flip;
  }
  return { high, low };
}

/** Stable sort of an order by one word of its elements, lowest digit first; the order given is not changed. */
function sortByWord(words: Uint32Array, order: Uint32Array): Uint32Array {
  const n = order.length;
  const bits = n < MANY ? 8 : 11;
  const size = 1 << bits;
  const counts = new Uint32Array(size);
  let from = order;
  let [to, spare] = [new Uint32Array(n), new Uint32Array(n)];
  for (let shift = 0; shift < 32; shift += bits) {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[(words[i] >>> shift) & (size - 1)] += 1;
    // A digit that all share sorts nothing.
    if (counts[(words[0] >>> shift) & (size - 1)] === n) continue;
    let total = 0;
    for (let k = 0; k < size; k++) {
      const count = counts[k];
      counts[k] = total;
      total += count;
    }
    for (let i = 0; i < n; i++) {
      const index = from[i];
      to[counts[(words[index] >>> shift) & (size - 1)]++] = index;
    }
    [from, to, spare] = [to, spare, to];
  }
  return from;
}

/** Sorts runs of equal high words by insertion; false, with the rest undone, where a long run is out of order. */
function finishRuns(values: Float64Array, high: Uint32Array, order: Uint32Array): boolean {
  const n = order.length;
  for (let start = 0; start < n;) {
    let end = start + 1;
    let isOrdered = true;
    while (end < n && high[order[end]] === high[order[start]]) {
      isOrdered &&= values[order[end - 1]] <= values[order[end]];
      end += 1;
    }
    if (!isOrdered) {
      if (end - start > RUN) return false;
      insert(values, order, start, end);
    }
    start = end;
  }
  return true;
}

/** Stable insertion sort of part of an order. */
function insert(values: Float64Array, order: Uint32Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const index = order[i];
    const value = values[index];
    let k = i - 1;
    while (k >= start && values[order[k]] > value) {
      order[k + 1] = order[k];
      k -= 1;
    }
    order[k + 1] = index;
  }
}
