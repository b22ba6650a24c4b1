/** Relevance of all features, and redundancy of all with one. */
export interface MrmrMeasures {
  /** Shape [p]; NaN for a feature that cannot be selected. */
  readonly relevance: Float64Array;
  /** Adds the redundancy of every feature with the given one to `sums`. */
  readonly addRedundancy: (selected: number, sums: Float64Array) => void;
}
