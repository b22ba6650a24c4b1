import type { RankedColumns } from "./ranked-columns.ts";

/** The best cut so far of a node: between two neighbouring ranks of a column. */
export interface BestCut {
  /** (left events · n - events · left n)² / (left n · right n); negative while there is none. */
  score: number;
  column: number;
  low: number;
  high: number;
  leftCount: number;
  leftEvents: number;
}

/** Counts per rank, all 0 between two searches, and a set of ranks as a tree of 32-way words. */
export interface SplitScratch {
  readonly best: BestCut;
  readonly count: Int32Array;
  readonly events: Int32Array;
  /** Bit r % 32 of word r / 32 is set where rank r occurs. */
  readonly words: Int32Array;
  /** Bit w % 32 of summary w / 32 is set where word w is not 0. */
  readonly summary: Int32Array;
}

/** What a search reads of the node and its patients. */
export interface GiniNode {
  readonly ranked: RankedColumns;
  readonly weight: Int32Array;
  readonly eventWeight: Int32Array;
  readonly order: Int32Array;
  readonly scratch: SplitScratch;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly count: Int32Array;
  readonly events: Int32Array;
}

/** Memory for searches among so many ranks. */
export function splitScratch(ranks: number): SplitScratch {
  const words = Math.ceil(ranks / 32);
  return {
    best: { score: -1, column: -1, low: 0, high: 0, leftCount: 0, leftEvents: 0 },
    count: new Int32Array(ranks),
    events: new Int32Array(ranks),
    words: new Int32Array(words),
    summary: new Int32Array(Math.ceil(words / 32)),
  };
}

/**
 * Updates the best cut of a node with those of a column by Gini's impurity.
 *
 * Ranks are counted and marked in a set of bits, which lists them in order: a node of m patients takes O(m) steps and
 * sorts nothing.
 */
export function searchGiniSplit(ground: GiniNode, node: number, column: number): void {
  const { scratch } = ground;
  const { best, count, events, words, summary } = scratch;
  countRanks(ground, node, column);
  const total = ground.count[node];
  const totalEvents = ground.events[node];
  let [leftCount, leftEvents, previous] = [0, 0, -1];
  let score = best.score;
  for (let s = 0; s < summary.length; s++) {
    let upper = summary[s];
    summary[s] = 0;
    while (upper !== 0) {
      const w = (s << 5) + 31 - Math.clz32(upper & -upper);
      upper &= upper - 1;
      let word = words[w];
      words[w] = 0;
      while (word !== 0) {
        const rank = (w << 5) + 31 - Math.clz32(word & -word);
        word &= word - 1;
        if (previous >= 0) {
          const difference = leftEvents * total - totalEvents * leftCount;
          const own = (difference * difference) / (leftCount * (total - leftCount));
          if (own > score) {
            score = own;
            best.column = column;
            best.low = previous;
            best.high = rank;
            best.leftCount = leftCount;
            best.leftEvents = leftEvents;
          }
        }
        leftCount += count[rank];
        leftEvents += events[rank];
        count[rank] = 0;
        events[rank] = 0;
        previous = rank;
      }
    }
  }
  best.score = score;
}

function countRanks(ground: GiniNode, node: number, column: number): void {
  const { order, weight, eventWeight } = ground;
  const { count, events, words, summary } = ground.scratch;
  const { codes, rows } = ground.ranked;
  const base = column * rows;
  const end = ground.end[node];
  for (let k = ground.start[node]; k < end; k++) {
    const row = order[k];
    const rank = codes[base + row];
    count[rank] += weight[row];
    events[rank] += eventWeight[row];
    words[rank >> 5] |= 1 << (rank & 31);
    summary[rank >> 10] |= 1 << ((rank >> 5) & 31);
  }
}
