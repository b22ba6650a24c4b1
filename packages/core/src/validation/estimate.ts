/** An estimate with its confidence interval; `method` says how the interval was made. */
export interface Estimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly method: string;
}
