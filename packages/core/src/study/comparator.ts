import type { Protocol } from "./protocol.ts";

/** What kind of comparator it is, and with that how it is judged. */
export type ComparatorKind = "published" | "judgement" | "imported" | "refitted";

/** A comparator as results and report name it. Plain JSON. */
export interface Comparator {
  /** The protocol's key. */
  readonly name: string;
  readonly kind: ComparatorKind;
  /** What it is, in words. */
  readonly label: string;
  /** What a table prints behind its name. */
  readonly mark: string;
}

/** One entry of `comparators`. */
export type ProtocolComparator = Protocol["comparators"][string];

/** The comparators of a protocol, in its order. */
export function protocolComparators({ comparators }: Pick<Protocol, "comparators">): readonly Comparator[] {
  return Object.entries(comparators).map(([name, comparator]) => describeComparator(name, comparator));
}

/**
 * A comparator in words.
 *
 * @example describeComparator("MSKCC", { probability: "mskcc", scale: "percent" }) // => {"name":"MSKCC","kind":"imported","label":"MSKCC","mark":"imported risk"}
 */
export function describeComparator(name: string, comparator: ProtocolComparator): Comparator {
  if ("probability" in comparator)
    return { name, kind: "imported", label: comparator.label ?? name, mark: "imported risk" };
  if ("refit" in comparator) {
    const label = "label" in comparator ? comparator.label : "SCC-NSLN predictors, refitted";
    return { name, kind: "refitted", label, mark: "refitted" };
  }
  if ("higher" in comparator)
    return { name, kind: "judgement", label: comparator.label ?? name, mark: "judgement" };
  return { name, kind: "published", label: "Tenon score", mark: "published score, points unverified" };
}

/**
 * The columns of the cohort table that a comparator reads, each with the key that names it.
 *
 * @example comparatorColumns({ probability: "mskcc", scale: "percent" }) // => [{"key":"probability","column":"mskcc"}]
 */
export function comparatorColumns(
  comparator: ProtocolComparator,
): readonly { readonly key: string; readonly column: string }[] {
  if ("probability" in comparator) return [{ key: "probability", column: comparator.probability }];
  if ("higher" in comparator) return [{ key: "score", column: comparator.score }];
  if ("refit" in comparator && Array.isArray(comparator.refit))
    return comparator.refit.map((column) => ({ key: "refit", column }));
  return Object.entries(comparator).flatMap(([key, column]) =>
    key === "score" || key === "refit" ? [] : [{ key, column: column as string }],
  );
}

/**
 * The columns that refitted comparators learn from, each once.
 *
 * @returns Empty without a refitted comparator.
 */
export function refittedColumns({ comparators }: Pick<Protocol, "comparators">): readonly string[] {
  const refitted = Object.values(comparators).filter((comparator) => "refit" in comparator);
  return [...new Set(refitted.flatMap((own) => comparatorColumns(own).map(({ column }) => column)))];
}
