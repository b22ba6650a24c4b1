/** One of R's tasks as we do it. */
export interface Work {
  /** The whole task on one thread; returns a number that R's answer is compared with. */
  readonly run: () => number;
  /** The same task in pieces that workers share; absent where nobody would share it. */
  readonly pieces?: SharedWork;
}

/** Independent pieces of a task, each a list of numbers, and how they are joined. */
export interface SharedWork {
  readonly count: number;
  readonly piece: (index: number) => Float64Array;
  readonly join: (pieces: readonly Float64Array[]) => number;
}
