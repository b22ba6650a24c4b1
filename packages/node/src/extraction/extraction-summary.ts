import type { Finding } from "@sentinode/core";
import type { ImageFeatures } from "@sentinode/core";

/** How often something was found, over all cases. */
export interface FoundCount {
  readonly code: string;
  readonly severity: Finding["severity"];
  readonly cases: number;
}

/** Why a column has empty cells, and how often. */
export interface EmptyCount {
  readonly column: string;
  readonly reason: string;
  readonly cases: number;
}

/** What a reader of a table of features should know of its cases. */
export interface ExtractionSummary {
  readonly findings: readonly FoundCount[];
  readonly undefined: readonly EmptyCount[];
}

/** Counts what is found case by case. */
export interface SummaryCounter {
  add(features: ImageFeatures): void;
  summary(): ExtractionSummary;
}

/**
 * A counter of findings and of features that do not exist.
 *
 * @param columns Names of the features, in the order of their values.
 */
export function createSummaryCounter(columns: readonly string[]): SummaryCounter {
  const found = new Map<string, FoundCount>();
  const empty = columns.map(() => new Map<string, number>());
  return {
    add: ({ findings, undefinedBecause }) => {
      const ofCase = new Map(
        findings.map(({ code, severity }) => [`${severity} ${code}`, { code, severity }]),
      );
      for (const [key, finding] of ofCase)
        found.set(key, { ...finding, cases: (found.get(key)?.cases ?? 0) + 1 });
      for (const [position, reason] of undefinedBecause)
        empty[position].set(reason, (empty[position].get(reason) ?? 0) + 1);
    },
    summary: () => ({
      findings: sortedBy([...found.values()], ({ severity, code }) => `${severity} ${code}`),
      undefined: columns.flatMap((column, at) =>
        sortedBy(
          [...empty[at]].map(([reason, cases]) => ({ column, reason, cases })),
          ({ reason }) => reason,
        ),
      ),
    }),
  };
}

/**
 * The summary of all cases from those of parts.
 *
 * @param columns Names of the features, which order what is undefined.
 */
export function joinSummaries(
  summaries: readonly ExtractionSummary[],
  columns: readonly string[],
): ExtractionSummary {
  const order = new Map(columns.map((column, at) => [column, String(at).padStart(8, "0")]));
  const joined = <Count extends { readonly cases: number }>(
    counts: readonly Count[],
    key: (count: Count) => string,
  ) => {
    const sums = new Map<string, Count>();
    for (const count of counts) {
      const sum = sums.get(key(count))?.cases ?? 0;
      sums.set(key(count), { ...count, cases: sum + count.cases });
    }
    return sortedBy([...sums.values()], key);
  };
  return {
    findings: joined(
      summaries.flatMap(({ findings }) => findings),
      ({ severity, code }) => `${severity} ${code}`,
    ),
    undefined: joined(
      summaries.flatMap((summary) => summary.undefined),
      ({ column, reason }) => `${order.get(column) ?? ""} ${reason}`,
    ),
  };
}

function sortedBy<Value>(values: Value[], key: (value: Value) => string): Value[] {
  return values.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
