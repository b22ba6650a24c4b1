/**
 * Places of labels moved apart just as far as they need, in their order.
 *
 * @param wished Where each label would stand.
 * @param gap Least distance of two labels, at least 0.
 * @param range Lowest and highest place; labels that do not fit keep the gap and leave it at the top.
 * @returns One place a label, in the order of `wished`.
 * @example spread([0.5, 0.52, 0.9], 0.1, [0, 1]) // => [0.46,0.56,0.9]
 */
export function spread(
  wished: readonly number[],
  gap: number,
  [lowest, highest]: readonly [number, number],
): readonly number[] {
  const order = wished.map((_, i) => i).sort((a, b) => wished[a] - wished[b] || a - b);
  // Labels that touch form a cluster whose middle stays at the mean of its wishes.
  const clusters: { readonly members: number[]; start: number }[] = [];
  for (const label of order) {
    clusters.push({ members: [label], start: wished[label] });
    settle(clusters, wished, gap, [lowest, highest]);
  }
  const placed = [...wished];
  for (const { members, start } of clusters)
    members.forEach((label, i) => {
      placed[label] = start + i * gap;
    });
  return placed;
}

/** Joins the last cluster with those that it touches. */
function settle(
  clusters: { readonly members: number[]; start: number }[],
  wished: readonly number[],
  gap: number,
  [lowest, highest]: readonly [number, number],
): void {
  for (;;) {
    const last = clusters[clusters.length - 1];
    const height = (last.members.length - 1) * gap;
    const middle = last.members.reduce((sum, label) => sum + wished[label], 0) / last.members.length;
    last.start = Math.max(lowest, Math.min(highest - height, middle - height / 2));
    const before = clusters[clusters.length - 2];
    if (before === undefined || before.start + before.members.length * gap <= last.start) return;
    before.members.push(...last.members);
    clusters.pop();
  }
}
