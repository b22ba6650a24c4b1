/** One of R's tasks as we do it. */
export interface Work {
  /** The whole task on one thread; returns a number that R's answer is compared with. */
  readonly run: () => number;
  /** The same task in pieces that workers share; absent where nobody would share it. */
  readonly pieces?: SharedWork;
}

/** Independent pieces of a task, each something that a worker can send, and how they are joined. */
export interface SharedWork {
  readonly count: number;
  readonly piece: (index: number) => unknown;
  /** Takes what `piece` gave, in order. */
  readonly join: (pieces: readonly never[]) => number;
}
