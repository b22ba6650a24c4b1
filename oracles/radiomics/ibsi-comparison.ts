/** A reference value of the Image Biomarker Standardisation Initiative with ours beside it. */
export interface Comparison {
  /** The digital phantom, a configuration of the CT phantom (A to E), or one of phase 2 (1.A to 9.B). */
  readonly dataset: string;
  readonly family: string;
  readonly feature: string;
  readonly code: string;
  readonly aggregation: string;
  readonly aggregationCode: string;
  readonly reference: number;
  /** Null: equal in the printed digits. */
  readonly tolerance: number | null;
  readonly digits: number;
  readonly hasConsensus: boolean;
  /** Null where we have no such feature or it has no value. */
  readonly ours: number | null;
}

/** Whether our value is within the tolerance, or equal in the digits that the reference is printed with. */
export function isWithin({
  ours,
  reference,
  tolerance,
  digits,
}: Pick<Comparison, "ours" | "reference" | "tolerance" | "digits">): boolean {
  if (ours === null) return false;
  const isEqualInPrint = Number(ours.toPrecision(digits)) === reference;
  return isEqualInPrint || (tolerance !== null && Math.abs(ours - reference) <= tolerance);
}
