/** A table to be written as CSV; null is an empty cell. */
export interface OutputTable {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}
