/** Problems of a table, gathered by kind in the order in which the kinds first occur. */
export interface ProblemList {
  /** Adds a problem; `kind` groups problems that are cut off together. */
  readonly add: (kind: string, problem: string) => void;
  /** All problems, at most `mostPerKind` a kind and then a line that counts the rest. */
  readonly list: () => string[];
}

/**
 * An empty list of problems.
 *
 * @param mostPerKind Problems of one kind that are spelt out.
 */
export function createProblemList(mostPerKind = 20): ProblemList {
  const kinds = new Map<string, string[]>();
  return {
    add: (kind, problem) => {
      const known = kinds.get(kind);
      if (known) known.push(problem);
      else kinds.set(kind, [problem]);
    },
    list: () => [...kinds].flatMap(([kind, problems]) => cutOff(kind, problems, mostPerKind)),
  };
}

function cutOff(kind: string, problems: readonly string[], most: number): string[] {
  if (problems.length <= most) return [...problems];
  return [...problems.slice(0, most), `and ${problems.length - most} more of this kind (${kind})`];
}
