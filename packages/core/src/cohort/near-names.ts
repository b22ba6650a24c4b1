/**
 * The names that a misspelt name may mean, nearest first.
 *
 * @param name The name that was not found.
 * @param known Names that exist.
 * @returns At most three of `known`, empty if none is near. Case, spaces, dots, hyphens and underscores count nothing.
 * @example nearNames("tumor size", ["age", "tumour_size", "er"]) // => ["tumour_size"]
 */
export function nearNames(name: string, known: readonly string[]): string[] {
  const wanted = skeleton(name);
  const most = Math.max(1, Math.floor(wanted.length / 3));
  return known
    .filter((candidate) => Math.abs(skeleton(candidate).length - wanted.length) <= most)
    .map((candidate) => ({ candidate, distance: editDistance(wanted, skeleton(candidate)) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/**
 * What a message adds about near names.
 *
 * @returns A clause that starts with "; ", or an empty text.
 * @example didYouMean("agee", ["age"]) // => "; did you mean age?"
 */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearNames(name, known);
  return near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`;
}

function skeleton(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_.-]+/g, "");
}

/** Levenshtein's distance by one row of the dynamic programme. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++)
      current.push(
        Math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    previous = current;
  }
  return previous[b.length];
}
